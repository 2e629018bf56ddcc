// HUBUNGKAN: brings a case filed on another channel here, by a code sent to where it was filed.
// Nothing but success tells a case that exists from one that does not, or a right code from a wrong one. A case that
// has lost its reporter is nobody's: a code sent before opens it no more.

import { line } from '../lines.ts'
import { findCase, HOUR_MS, type Moment, type Outcome } from '../moment.ts'
import type { State } from '../state.ts'
import type { Context } from '../turn.ts'

const LIFE_MS = 10 * 60_000
const TRIES = 3
const PER_HOUR = 5

export function linkRequest(moment: Moment): Outcome {
  const { state, context, reading } = moment
  const { command } = reading
  const nowMs = context.now.getTime()
  if (command?.mistyped != null)
    return { state, lines: [line(context, 'ticket_mistyped', { id: command.mistyped })] }
  const ticket = command?.ticket ?? null
  if (ticket === null) return { state, lines: [line(context, 'link_usage', {})] }
  if (findCase(context, ticket) !== null) return already(state, context, ticket)
  const codesAskedMs = lastHour(state.codesAskedMs, nowMs)
  if (mustWait(moment) || codesAskedMs.length >= PER_HOUR)
    return { state, lines: [line(context, 'link_wait', {})] }
  const exists = context.foreign.includes(ticket)
  const phrase = line(context, 'link_code', { id: ticket, link_code: context.newCode }).phrase
  return {
    state: {
      ...state,
      linking: {
        ticket,
        code: exists ? context.newCode : null,
        untilMs: nowMs + LIFE_MS,
        tries: 0,
      },
      codesAskedMs: [...codesAskedMs, nowMs],
    },
    lines: [line(context, 'link_sent', { id: ticket })],
    effects: exists ? [{ type: 'tell-reporter', ticket, phrase }] : [],
  }
}

/** Six digits and nothing else, while a code is awaited or was a short while ago. */
export function codeIn({ state, message, context }: Moment): string | null {
  if (state.linking === null) return null
  if (context.now.getTime() >= state.linking.untilMs + HOUR_MS) return null
  return sixDigits(message.text)
}

/** Six digits and nothing else; a space in their middle is none. */
export function sixDigits(text: string): string | null {
  return /^\s*(\d{3})\s?(\d{3})\s*$/.exec(text)?.slice(1).join('') ?? null
}

export function linkCode(moment: Moment, code: string): Outcome {
  const { state, context } = moment
  const { linking } = state
  const nowMs = context.now.getTime()
  if (linking === null || mustWait(moment))
    return { state, lines: [line(context, 'link_wait', {})] }
  if (nowMs < linking.untilMs && linking.tries < TRIES && linking.code === code) {
    const { ticket } = linking
    if (context.foreign.includes(ticket)) return linked(moment, ticket)
    if (findCase(context, ticket) !== null)
      return already({ ...state, linking: null }, context, ticket)
  }
  const wrongCodesMs = [...lastHour(state.wrongCodesMs, nowMs), nowMs]
  return {
    state: { ...state, wrongCodesMs, linking: { ...linking, tries: linking.tries + 1 } },
    lines: [line(context, 'link_wrong', {})],
  }
}

function already(state: State, context: Context, ticket: string): Outcome {
  return { state, lines: [line(context, 'link_already', { id: ticket }, { ticket })] }
}

function linked({ state, context }: Moment, ticket: string): Outcome {
  const { unproven, broughtInDoubt } = state
  const brought = unproven ? [...broughtInDoubt, ticket] : broughtInDoubt
  return {
    state: { ...state, linking: null, broughtInDoubt: brought },
    lines: [line(context, 'link_done', { id: ticket }, { ticket })],
    effects: [
      { type: 'link', ticket },
      { type: 'tell-reporter', ticket, phrase: line(context, 'link_used', { id: ticket }).phrase },
    ],
  }
}

function mustWait({ state, context }: Moment): boolean {
  return lastHour(state.wrongCodesMs, context.now.getTime()).length >= PER_HOUR
}

function lastHour(times: readonly number[], nowMs: number): number[] {
  return times.filter((at) => nowMs - at < HOUR_MS)
}
