// Decides what a message or a timeout does: pure, and the same turn twice is the same turn.
// Steps answer; only this file asks the next question, so no state can be silent.

import { readTickets } from '../complaints/ticket.ts'
import { questionLines } from './ask.ts'
import { aboutAttachment } from './citizen/attachments.ts'
import { isAboutOwnData } from './citizen/my-data.ts'
import { dispatch } from './dispatch.ts'
import { isWorthFiling } from './draft.ts'
import { filed } from './filing.ts'
import { composed, type Line, line } from './lines.ts'
import { loopOf } from './loops.ts'
import { DAY_MS, findCase, HOUR_MS, type Moment, type Outcome } from './moment.ts'
import { lookedAround } from './nearby.ts'
import type { State } from './state.ts'
import type { Attachment, Context, Effect, Event, SilenceReason, Turn } from './turn.ts'
import { understand } from './understand/understand.ts'

/** A draft left alone this long is filed as it stands. */
const DRAFT_LIFE_MS = 2 * HOUR_MS
/** A question nobody answered for this long is no longer open; sooner where another complaint waits for words. */
const QUESTION_LIFE_MS = { alone: 7 * DAY_MS, besideOthers: HOUR_MS } as const
/** After this long without a word the number may be somebody else's. */
const UNHEARD_MS = 90 * DAY_MS

export function reduce(state: State, event: Event, context: Context): Turn {
  if (event.type === 'timeout') return onTimeout(state, context)
  if (event.type === 'attachment') return onAttachment(state, event.attachment, context)
  const { message } = event
  if (!message.answerable) return quiet(state, 'no-person')
  if (message.consent !== null) return consented(state, message.consent)
  const reading = understand(message.text, context.city)
  if (context.person.blocked && !isAboutOwnData({ message, reading }))
    return quiet(state, 'blocked')
  const known = proven(state, event.message.text, context)
  const before = { ...withoutOldQuestion(known, context), stopSaid: false }
  const mine = before.unproven ? [] : context.mine
  const moment: Moment = { state: before, context, message, reading, mine, settled: null }
  const stops = reading.command?.name === 'stop'
  if (stops && state.stopSaid) return quiet(state, 'second-stop')
  if (!stops && !reading.urgent && isOverHourly(context)) return overHourly(before, context)
  return turnOf(before, dispatch(moment), moment)
}

function withoutOldQuestion(state: State, { now, mine }: Context): State {
  const { question, questionMs } = state
  if (question === null || questionMs === null) return state
  const asked = 'ticket' in question ? question.ticket : null
  const others = mine.some(
    ({ complaint }) =>
      complaint.ticket !== asked && (complaint.state === 'held' || complaint.state === 'answered'),
  )
  const lifeMs = others ? QUESTION_LIFE_MS.besideOthers : QUESTION_LIFE_MS.alone
  const old = now.getTime() - questionMs > lifeMs
  return old ? { ...state, question: null, questionMs: null } : state
}

/** Notes since when the question is open. */
function dated(before: State, after: State, { now }: Context): State {
  if (after.question === null) return { ...after, questionMs: null }
  const same = JSON.stringify(after.question) === JSON.stringify(before.question)
  return { ...after, questionMs: same ? before.questionMs : now.getTime() }
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

/** After 90 days without a word, one ticket number shows that the phone is still the same person's. */
function proven(state: State, text: string, context: Context): State {
  const { lastHeardAt } = context.person
  const longAgo = lastHeardAt !== null && context.now.getTime() - lastHeardAt.getTime() > UNHEARD_MS
  const unproven = state.unproven || (longAgo && context.mine.length > 0)
  if (!unproven) return state
  const shown = readTickets(text).tickets.some((one) => findCase(context, one) !== null)
  if (!shown) return { ...state, unproven }
  const asked = state.question
  const question = asked?.type === 'prove' && asked.for === undefined ? null : asked
  return { ...state, unproven: false, question }
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

function onTimeout(state: State, context: Context): Turn {
  const { draft } = state
  if (draft === null || context.now.getTime() < draft.touchedMs + DRAFT_LIFE_MS)
    return { state, wakeAt: wakeAtOf(state), effects: [] }
  const outcome = alone({ ...state, draft: null, languageAskedMs: null }, draft, context)
  const after = dated(state, outcome.state, context)
  const lines = [...outcome.lines, ...questionLines({ state: after, context })]
  return {
    state: after,
    wakeAt: wakeAtOf(after),
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
  const state = dated(before, outcome.state, context)
  const lines = spoken(before, { ...outcome, state }, context)
  const effects = [...(outcome.effects ?? []), ...sayEffects(composed(context, lines))]
  return { state, wakeAt: wakeAtOf(state), effects }
}

/** A draft left alone is filed as it stands if it says what is wrong; its questions stay open. */
function alone(state: State, draft: NonNullable<State['draft']>, context: Context): Outcome {
  if (isWorthFiling(draft))
    return filed({ state, context }, draft, [line(context, 'draft_filed_alone', {})])
  // It was said to be beyond the city: nothing more to say.
  if (draft.open.includes('outside')) return { state, lines: [] }
  return { state, lines: [line(context, 'draft_expired', {})] }
}

function turnOf(before: State, outcome: Outcome, moment: Moment): Turn {
  const context = speaking(moment.context, outcome.effects)
  const loop = loopOf(outcome, moment)
  const around = lookedAround(outcome.state, context)
  const state = dated(before, { ...around, ...loop.marks }, context)
  const silence = loop.silent ? 'loop' : (outcome.silent ?? null)
  const effects = outcome.effects ?? []
  if (silence !== null)
    return {
      state,
      wakeAt: wakeAtOf(state),
      effects: [...effects, { type: 'silent', reason: silence }],
    }
  const lines = spoken(before, { ...outcome, state }, context)
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
  const isNew =
    JSON.stringify([state.draft?.open, state.question]) !==
    JSON.stringify([before.draft?.open, before.question])
  const inDraft = state.draft !== null && context.person.style === 'chat'
  const asks = lines.length === 0 || (outcome.ask ?? (isNew || inDraft))
  const all = asks ? [...lines, ...questionLines({ state, context })] : lines
  return all.length > 0 ? all : [line(context, 'not_understood', {})]
}

function sayEffects(say: ReturnType<typeof composed>): readonly Effect[] {
  return say === null ? [] : [{ type: 'say', say }]
}

function wakeAtOf({ draft }: State): Date | null {
  return draft === null ? null : new Date(draft.touchedMs + DRAFT_LIFE_MS)
}
