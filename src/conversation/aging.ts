// What time does to a conversation: questions that grow old, and a number that may be somebody else's by now.

import { readTickets } from '../complaints/ticket.ts'
import { DAY_MS, findCase, HOUR_MS } from './moment.ts'
import { initialState, type State } from './state.ts'
import type { Context } from './turn.ts'

/** A question nobody answered for this long is no longer open; sooner where another complaint waits for words. */
const QUESTION_LIFE_MS = { alone: 7 * DAY_MS, besideOthers: HOUR_MS } as const
/** After this long without a word the number may be somebody else's. */
const UNHEARD_MS = 90 * DAY_MS

export function withoutOldQuestion(state: State, { now, mine }: Context): State {
  const { question, questionMs } = state
  if (question === null || questionMs === null) return state
  const asked = 'ticket' in question ? question.ticket : null
  const others = mine.some(
    ({ complaint }) =>
      complaint.ticket !== asked && (complaint.state === 'held' || complaint.state === 'answered'),
  )
  const lifeMs = others ? QUESTION_LIFE_MS.besideOthers : QUESTION_LIFE_MS.alone
  const old = now.getTime() - questionMs > lifeMs
  return old ? { ...state, question: null, questionMs: null, later: [] } : state
}

/** Notes since when the question is open. */
export function dated(before: State, after: State, { now }: Context): State {
  if (after.question === null) return { ...after, questionMs: null }
  const same = JSON.stringify(after.question) === JSON.stringify(before.question)
  return { ...after, questionMs: same ? before.questionMs : now.getTime() }
}

const SURE = { unproven: false, unprovenMs: null, doubtedMs: null, broughtInDoubt: [] }

/** Looked at whatever is said, and whether or not it is answered: only the first message tells of the silence before it. */
export function aged(state: State, context: Context): State {
  const { lastHeardAt } = context.person
  const longAgo = lastHeardAt !== null && context.now.getTime() - lastHeardAt.getTime() > UNHEARD_MS
  return longAgo ? withoutDialogue(state, context) : state
}

/** After 90 days without a word, one ticket number shows that the phone is still the same person's. */
export function proven(state: State, text: string, context: Context): State {
  if (!state.unproven) return state
  const since = state.unprovenMs ?? context.now.getTime()
  const shown = readTickets(text).tickets.some((one) => {
    const found = state.broughtInDoubt.includes(one) ? null : findCase(context, one)
    return found !== null && found.complaint.filedAt.getTime() <= since
  })
  if (!shown) return state
  const asked = state.question
  const question = asked?.type === 'prove' && asked.for === undefined ? null : asked
  return { ...state, ...SURE, question }
}

/** What was asked and begun was another's, perhaps: it names their complaints, or holds their words. */
function withoutDialogue(state: State, { now, mine, person }: Context): State {
  const { step, told, wrongCodesMs, codesAskedMs, invitedMs, broughtInDoubt } = state
  const unproven = state.unproven || mine.length > 0
  const unprovenMs = unproven ? now.getTime() : null
  const doubtedMs = person.doubted ? now.getTime() : state.doubtedMs
  const kept = { step, told, wrongCodesMs, codesAskedMs, invitedMs, broughtInDoubt }
  return { ...initialState, ...kept, unproven, unprovenMs, doubtedMs }
}
