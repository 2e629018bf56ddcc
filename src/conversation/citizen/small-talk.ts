// What files nothing and moves nothing: greetings, thanks, stickers, empty and unreadable messages.
// Each still gets an answer that shows how to write a complaint; machines that answer machines get none for long.

import { cannot } from '../case-words.ts'
import { keptMedia } from '../draft.ts'
import { line } from '../lines.ts'
import { findCase, isOpen, type Moment, type Outcome } from '../moment.ts'

export function greeting(moment: Moment): Outcome {
  const { state, context, reading } = moment
  const key = reading.salam ? 'greeting_salam' : 'greeting'
  return { state, lines: [line(context, key, {})], heard: 'chatter' }
}

/** Thanks for an answer is not yet a verdict on it: that is asked. */
export function thanks({ state, context, mine }: Moment): Outcome {
  const answered = mine.filter(({ complaint }) => complaint.state === 'answered')
  const [only, ...others] = answered
  const question =
    only !== undefined && others.length === 0
      ? ({ type: 'solved', ticket: only.complaint.ticket } as const)
      : state.question
  const asks = question?.type === 'solved'
  return {
    state: { ...state, question },
    lines: asks ? [] : [line(context, 'thanks', {})],
    heard: 'chatter',
    ask: asks,
  }
}

/** A reaction to what we said of a complaint, or thanks in reply to its answer: no word on it, so it moves nothing. */
export function signAlone({ state, context, message, reading }: Moment): Outcome | null {
  const found = context.quoted === null ? null : findCase(context, context.quoted)
  if (found === null || keptMedia(message).length > 0 || message.position !== null) return null
  const { complaint } = found
  const answered = complaint.state === 'answered'
  const isSign = message.text !== '' && !/[\p{L}\p{N}]/u.test(message.text)
  if (!isSign && !(answered && reading.intent === 'thanks')) return null
  if (!answered) return { state, lines: [cannot(context, complaint)], heard: 'chatter' }
  const question = { type: 'solved', ticket: complaint.ticket } as const
  return { state: { ...state, question }, lines: [], heard: 'chatter', ask: true }
}

/** Nothing to read, or a sticker: the open question, else the friendly example. */
export function wordless({ state, context }: Moment): Outcome {
  if (state.question !== null) return { state, lines: [], heard: 'chatter', ask: true }
  return { state, lines: [line(context, 'example', {})], heard: 'chatter' }
}

export function unclear({ state, context }: Moment): Outcome {
  if (state.question !== null) {
    const chooses = state.question.type === 'which' || state.question.type === 'village'
    const hint = chooses ? [line(context, 'choose_number', {})] : []
    return { state, lines: hint, heard: 'unclear', ask: true }
  }
  return { state, lines: [line(context, 'not_understood', {})], heard: 'unclear' }
}

/** YA, TIDAK or a figure where nothing was asked. */
export function unasked({ state, context }: Moment): Outcome {
  if (state.question !== null) return { state, lines: [], heard: 'unclear', ask: true }
  return { state, lines: [line(context, 'nothing_asked', {})], heard: 'unclear' }
}

/** Changes nothing, and tells what holds now: the open question, else the newest complaint. */
export function staleButton({ state, context, mine }: Moment): Outcome {
  const newest = state.question === null ? mine.find(isOpen) : undefined
  const now =
    newest === undefined ? [] : [line(context, 'filed_last', { id: newest.complaint.ticket })]
  return { state, lines: [line(context, 'stale_button', {}), ...now], heard: 'chatter', ask: true }
}
