// Answers to the one question about what is already filed.
// Null: the message is no answer to it, and is taken for itself.

import { hasMatter } from '../belongs.ts'
import { dissatisfied, moveOr, satisfied, withoutQuestion, wordsOnCase } from '../case-words.ts'
import { choicesOf, leafedOn, MORE, picked, pickedCategory } from '../choices.ts'
import { fullWords } from '../draft.ts'
import { categoryWords, forDesk, line } from '../lines.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import type { Question } from '../state.ts'
import { positionAnswer } from './positions.ts'
import { supportAnswer } from './support.ts'

type Asked<T extends Question['type']> = Extract<Question, { type: T }>

/** Answers that need no other step: `which`, `place` and `village` have files of their own. */
export function answered(
  moment: Moment,
  question: Exclude<Question, { type: 'place' | 'village' | 'which' }>,
): Outcome | null {
  switch (question.type) {
    case 'category':
      return category(moment, question)
    case 'position':
      return positionAnswer(moment, question)
    case 'join':
      return join(moment, question)
    case 'support':
      return supportAnswer(moment, question)
    case 'rate':
      return rate(moment, question)
    case 'solved':
      return solved(moment, question)
    case 'words':
      return awaitedWords(moment, question)
    case 'cancel':
      return sureToCancel(moment, question)
    case 'prove':
      return null
  }
}

function category(moment: Moment, question: Asked<'category'>): Outcome | null {
  const { context } = moment
  const choice = pickedCategory(moment, choicesOf(context, question))
  const found = findCase(context, question.ticket)
  if (choice === null || found === null) return null
  const { ticket } = question
  if (choice === MORE) {
    const leafed = leafedOn(question.leafed)
    return { state: { ...moment.state, question: { ...question, leafed } }, lines: [] }
  }
  const named = categoryWords(context, choice)
  const note = categoryWords(forDesk(context), choice)
  return moveOr(moment, found.complaint, { move: 'note', note, category: choice }, () =>
    line(context, 'category_noted', { id: ticket, category: named }, { ticket }),
  )
}

/** YA: the words become a note on the earlier one, and the new ticket is cancelled. */
function join(moment: Moment, question: Asked<'join'>): Outcome | null {
  const { state, context } = moment
  const { ticket, into } = question
  const choice = picked(moment, choicesOf(context, question))
  if (choice === null) return null
  const after = question.thenPlace ? ({ type: 'place', ticket } as const) : null
  const apart: Outcome = {
    state: { ...state, question: after },
    lines: [line(context, 'kept_apart', { id: ticket }, { ticket })],
    effects: [{ type: 'about', ticket }],
  }
  if (choice === 'no') return apart
  const fresh = findCase(context, ticket)
  const earlier = findCase(context, into)
  if (fresh === null || earlier === null) return apart
  const note = { move: 'note', note: fresh.complaint.text ?? '-' } as const
  const noted = moveOr(moment, earlier.complaint, note, () =>
    line(context, 'joined', { id: ticket, into }, { ticket: into }),
  )
  const cancel = moveOr(moment, fresh.complaint, { move: 'cancel' }, () =>
    line(context, 'cancelled', { id: ticket }),
  )
  const both = [noted, cancel].every(({ effects }) => effects?.some(({ type }) => type === 'move'))
  if (!both) return apart
  const recent = state.recent.map((one) => (one.ticket === ticket ? { ...one, ticket: into } : one))
  return {
    ...noted,
    state: { ...noted.state, recent, window: null },
    effects: [...(noted.effects ?? []), ...(cancel.effects ?? [])],
  }
}

function rate(moment: Moment, question: Asked<'rate'>): Outcome | null {
  const { context, reading, message } = moment
  const { ticket } = question
  const rating = message.choice === null ? reading.number : null
  const found = findCase(context, ticket)
  if (rating === null || found === null) return null
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    return { state: moment.state, lines: [line(context, 'rate_range', { id: ticket }, { ticket })] }
  return moveOr(moment, found.complaint, { move: 'rate', rating }, () =>
    line(context, 'rated', { n: String(rating), id: ticket }, { ticket }),
  )
}

function solved(moment: Moment, question: Asked<'solved'>): Outcome | null {
  const { context } = moment
  const choice = picked(moment, choicesOf(context, question))
  const found = findCase(context, question.ticket)
  if (choice === null || found === null) return null
  const cleared = { ...moment, state: withoutQuestion(moment.state, question.ticket) }
  return choice === 'yes'
    ? satisfied(cleared, found.complaint)
    : dissatisfied(cleared, found.complaint, '')
}

/** The words that were asked for; another matter, or nothing but courtesy, is none. */
function awaitedWords(moment: Moment, question: Asked<'words'>): Outcome | null {
  const { context, reading, message } = moment
  const found = findCase(context, question.ticket)
  const nothing =
    fullWords(moment) === '' && message.media.length === 0 && message.position === null
  if (found === null || nothing) return null
  if (reading.intent === 'greeting' || reading.intent === 'thanks' || reading.intent === 'spam')
    return null
  // The agency has answered since: YA and TIDAK are about that.
  const verdict = reading.intent === 'yes' || reading.intent === 'no'
  if (verdict && found.complaint.state === 'answered') return null
  if (reading.intent === 'no') return dropped(moment, question.ticket)
  const best = reading.asks.includes('category') ? undefined : reading.categories[0]
  const other = best !== undefined && best.id !== found.complaint.category
  if (reading.prefix.whose === 'ours' || (hasMatter(reading) && other)) return null
  const cleared = { ...moment, state: withoutQuestion(moment.state, question.ticket) }
  return wordsOnCase(cleared, found)
}

function sureToCancel(moment: Moment, question: Asked<'cancel'>): Outcome | null {
  const { context } = moment
  const { ticket } = question
  const choice = picked(moment, choicesOf(context, question))
  const found = findCase(context, ticket)
  if (choice === null || found === null) return null
  if (choice === 'no') return dropped(moment, ticket)
  return moveOr(moment, found.complaint, { move: 'cancel' }, () =>
    line(context, 'cancelled', { id: ticket }, { ticket }),
  )
}

function dropped({ state, context }: Moment, ticket: string): Outcome {
  return {
    state: { ...state, question: null },
    lines: [line(context, 'question_dropped', {})],
    effects: [{ type: 'about', ticket }],
  }
}
