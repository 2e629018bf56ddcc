// Decides what a message or a timeout does: pure, and the same turn twice is the same turn.
// Steps answer; only this file asks the next question, so no state can be silent.

import type { InboundMessage } from '../message.ts'
import { aged, dated, proven, withoutOldQuestion } from './aging.ts'
import { questionLines } from './ask.ts'
import type { Attachment } from './attachment.ts'
import { isFurtherPicture, withAlbum } from './citizen/albums.ts'
import { aboutAttachment } from './citizen/attachments.ts'
import { isAboutOwnData } from './citizen/my-data.ts'
import { dispatch } from './dispatch.ts'
import type { Effect, SilenceReason, Turn } from './effect.ts'
import { askingLater } from './later.ts'
import { DRAFT_LIFE_MS, leftAlone } from './left-alone.ts'
import { composed, type Line, line } from './lines.ts'
import { loopOf } from './loops.ts'
import { HOUR_MS, type Moment, type Outcome } from './moment.ts'
import { lookedAround } from './nearby.ts'
import { deskTurn } from './officer/dispatch.ts'
import { pressed, stepped } from './press.ts'
import { asTyped } from './slash.ts'
import type { State } from './state.ts'
import type { Context, Event } from './turn.ts'
import { understand } from './understand/understand.ts'

export function reduce(state: State, event: Event, context: Context): Turn {
  switch (event.type) {
    case 'timeout':
      return onTimeout(state, context)
    case 'attachment':
      return onAttachment(state, event.attachment, context)
    case 'message':
      return onMessage(state, event.message, context)
  }
}

function onMessage(state: State, sent: InboundMessage, context: Context): Turn {
  const sure = aged(state, context)
  if (!sent.answerable) return quiet(sure, 'no-person')
  if (sent.consent !== null) return consented(sure, sent.consent)
  const message = asTyped(pressed(sent, state), context)
  const reading = understand(message.text, context.city)
  if (context.person.blocked && !isAboutOwnData({ message, reading })) return quiet(sure, 'blocked')
  const known = proven(sure, message.text, context)
  const before = { ...withoutOldQuestion(known, context), stopSaid: false }
  const mine = before.unproven ? [] : context.mine
  const moment: Moment = { state: before, context, message, reading, mine, settled: null }
  if (message.group === true || context.desk?.group === true) return inGroup(moment)
  const stops = reading.command?.name === 'stop'
  if (stops && state.stopSaid) return quiet(state, 'second-stop')
  const enrolled = context.desk?.staff != null
  const unlimited = enrolled || stops || reading.urgent || isFurtherPicture(message, state)
  if (!unlimited && isOverHourly(context)) return overHourly(before, context)
  return turnOf(before, deskTurn(moment) ?? dispatch(moment), moment)
}

/** Groups are written to, and answered only when they enrol. */
function inGroup(moment: Moment): Turn {
  const outcome = deskTurn(moment)
  return outcome === null ? quiet(moment.state, 'group') : turnOf(moment.state, outcome, moment)
}

function quiet(state: State, reason: SilenceReason): Turn {
  return { state, wakeAt: wakeAtOf(state), effects: [{ type: 'silent', reason }] }
}

/** The provider answered this consent word itself. */
function consented(state: State, consent: 'stop' | 'start' | 'help'): Turn {
  const effects: Effect[] = [{ type: 'silent', reason: 'answered-by-provider' }]
  if (consent === 'stop') effects.push({ type: 'stop-notices' })
  if (consent === 'start') effects.push({ type: 'resume-notices' })
  const after = { ...state, stopSaid: consent === 'stop' }
  return { state: after, wakeAt: wakeAtOf(after), effects }
}

function isOverHourly({ person, city }: Context): boolean {
  return person.messagesThisHour >= city.limits.messagesPerHour
}

function overHourly(state: State, context: Context): Turn {
  const nowMs = context.now.getTime()
  const { hourMs } = state.told
  if (hourMs !== null && nowMs - hourMs < HOUR_MS) return quiet(state, 'over-limit')
  const told = { ...state, told: { ...state.told, hourMs: nowMs } }
  const say = composed(context, [line(context, 'too_many_messages', {})])
  return { state: told, wakeAt: wakeAtOf(told), effects: sayEffects(say) }
}

function onTimeout(before: State, context: Context): Turn {
  const { draft } = before
  if (draft === null || context.now.getTime() < draft.touchedMs + DRAFT_LIFE_MS)
    return { state: before, wakeAt: wakeAtOf(before), effects: [] }
  const outcome = leftAlone({ state: before, context }, draft)
  const state = asking(before, outcome.state, context)
  const lines = [...outcome.lines, ...questionLines({ state, context })]
  return {
    state,
    wakeAt: wakeAtOf(state),
    effects: [
      ...(outcome.effects ?? []),
      ...sayEffects(composed(context, lines)),
      ...sayEffects(outcome.further === undefined ? null : composed(context, [outcome.further])),
    ],
  }
}

/** Its sender is told, whatever they are asked just now; that is asked again behind it. */
function onAttachment(before: State, attachment: Attachment, context: Context): Turn {
  if (context.person.blocked) return quiet(before, 'blocked')
  const outcome = aboutAttachment({ state: before, context }, attachment)
  if (outcome.silent !== undefined) return quiet(outcome.state, outcome.silent)
  const state = asking(before, outcome.state, context)
  const lines = spoken(before, { ...outcome, state }, context)
  const effects = [...(outcome.effects ?? []), ...sayEffects(composed(context, lines))]
  return { state, wakeAt: wakeAtOf(state), effects }
}

function turnOf(before: State, outcome: Outcome, moment: Moment): Turn {
  const context = speaking(moment.context, outcome.effects)
  const loop = loopOf(outcome, moment)
  const around = withAlbum(lookedAround(outcome.state, context), moment.message, outcome)
  const state = asking(before, { ...around, ...loop.marks }, context)
  const silence = loop.silent ? 'loop' : (outcome.silent ?? null)
  const effects = outcome.effects ?? []
  if (silence !== null)
    return {
      state,
      wakeAt: wakeAtOf(state),
      effects: [...effects, { type: 'silent', reason: silence }],
    }
  const nextOne = around.question === null && state.question !== null
  const lines = spoken(before, { ...outcome, state, ...(nextOne ? { ask: true } : {}) }, context)
  return {
    state,
    wakeAt: wakeAtOf(state),
    effects: [
      ...effects,
      ...sayEffects(composed(context, lines)),
      ...sayEffects(outcome.further === undefined ? null : composed(context, [outcome.further])),
    ],
  }
}

/** From the turn on in which another language was chosen, everything is said in it. */
function speaking(context: Context, effects: readonly Effect[] = []): Context {
  const chosen = effects.find((effect) => effect.type === 'language')
  if (chosen === undefined) return context
  return { ...context, person: { ...context.person, language: chosen.language } }
}

/** What the step said, and the open question where it is new, was asked for, or there is nothing else to say. */
function spoken(before: State, outcome: Outcome, context: Context): readonly Line[] {
  const { state, lines } = outcome
  const isNew = openKey(state) !== openKey(before)
  const inDraft = state.draft !== null && context.person.style === 'chat'
  const asks = lines.length === 0 || (outcome.ask ?? (isNew || inDraft))
  const all = asks ? [...lines, ...questionLines({ state, context })] : lines
  return all.length > 0 ? all : [line(context, 'not_understood', {})]
}

function openKey({ draft, question }: State): string {
  return JSON.stringify([draft?.open, question])
}

/** What is asked next is on the table, since when, and at which step. */
function asking(before: State, after: State, context: Context): State {
  const asked = askingLater({ state: after, context })
  return stepped(before, dated(before, asked, context), context.now)
}

function sayEffects(say: ReturnType<typeof composed>): readonly Effect[] {
  return say === null ? [] : [{ type: 'say', say }]
}

function wakeAtOf({ draft }: State): Date | null {
  return draft === null ? null : new Date(draft.touchedMs + DRAFT_LIFE_MS)
}
