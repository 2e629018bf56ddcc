// A citizen's words on a complaint that exists: which move they are in each state, and what is answered.
// Every move is held against the table first; what it refuses is answered with what is possible now.

import type { Complaint } from '../complaints/complaint.ts'
import type { MoveRequest } from '../complaints/moves.ts'
import { fullWords, mediaWords } from './draft.ts'
import { categoryGiven, placeGiven } from './given.ts'
import { agencyWords, clockWords, dueWords, forDesk, type Line, line, words } from './lines.ts'
import { type Facts, type Moment, moveEffect, type Outcome, tryMove } from './moment.ts'
import { withPhotoWarning } from './photo-warning.ts'
import type { Question, State } from './state.ts'
import type { Context, MyComplaint } from './turn.ts'

/** What is said after a move: built from the complaint as it is then. */
type Answer = (after: Complaint) => Line

/** Makes the move if the table allows it; else says why not. `question`: what the answer asks, if anything. */
export function moveOr(
  { state, context }: Facts,
  complaint: Complaint,
  request: MoveRequest,
  answer: Answer,
  question: Question | null = null,
): Outcome {
  const result = tryMove(context, complaint, request)
  if (result.outcome !== 'moved') {
    return {
      state,
      lines: [cannot(context, complaint)],
      effects: [{ type: 'about', ticket: complaint.ticket }],
    }
  }
  return {
    state: { ...state, question },
    lines: [answer(result.complaint)],
    effects: [moveEffect(complaint.ticket, request)],
    ask: false,
  }
}

/** Why a move is not possible now, and what is. */
export function cannot(context: Context, complaint: Complaint): Line {
  const { ticket, state } = complaint
  const agency = agencyWords(context, complaint.agency)
  const about = { ticket }
  switch (state) {
    case 'received':
    case 'held':
    case 'answered':
    case 'archived':
    case 'cancelled':
      return line(context, `cannot_${state}`, { id: ticket }, about)
    case 'assigned':
    case 'in_progress':
      return line(context, `cannot_${state}`, { id: ticket, agency }, about)
    case 'merged':
      return line(context, 'cannot_merged', { id: ticket, into: complaint.mergedInto ?? '' }, about)
    case 'closed': {
      const due = dueWords(context, complaint)
      const open = tryMove(context, complaint, { move: 'reopen', reason: '-' }).outcome === 'moved'
      return due === null || !open
        ? line(context, 'cannot_closed_late', { id: ticket }, about)
        : line(context, 'cannot_closed', { id: ticket, date: due }, about)
    }
  }
}

/** Free words, an addition or a reply. `inWindow`: within the minutes after filing, with one answer for all. */
export function wordsOnCase(moment: Moment, found: MyComplaint, inWindow = false): Outcome {
  const { complaint } = found
  const { reading, message, context } = moment
  const text = fullWords(moment)
  const note = text === '' ? mediaWords(message.media, forDesk(context)) : text
  switch (complaint.state) {
    case 'held':
    case 'archived':
      return completed(moment, complaint, note)
    case 'answered':
      if (text === '') return noted(moment, complaint, note, inWindow)
      return reading.tone === 'content' || reading.intent === 'content'
        ? satisfied(moment, complaint)
        : dissatisfied(moment, complaint, note)
    case 'received':
    case 'assigned':
    case 'in_progress':
    case 'closed':
    case 'merged':
    case 'cancelled':
      return noted(moment, complaint, note, inWindow)
  }
}

/** A note, with the place and the matter it carries. */
function noted(moment: Moment, complaint: Complaint, note: string, inWindow: boolean): Outcome {
  const { state, context } = moment
  const { ticket } = complaint
  const place = placeGiven(moment, complaint)
  const category = categoryGiven(moment.reading, complaint)
  const key = complaint.state === 'closed' ? 'added_closed' : inWindow ? 'added' : 'added_plain'
  const outcome = moveOr(
    moment,
    complaint,
    {
      move: 'note',
      note,
      ...(place === null ? {} : { place }),
      ...(category === null ? {} : { category }),
    },
    () => line(context, key, { id: ticket }, { ticket }),
    state.question,
  )
  const warned = withPhotoWarning(outcome, moment, complaint)
  if (!inWindow || state.window === null) return warned
  if (state.window.told) return { ...outcome, lines: [], silent: 'answered-for-all' }
  return { ...warned, state: { ...warned.state, window: { ...state.window, told: true } } }
}

function completed(moment: Moment, complaint: Complaint, note: string): Outcome {
  const { context } = moment
  const { ticket } = complaint
  const place = moment.message.position
  return moveOr(
    moment,
    complaint,
    { move: 'complete', note, ...(place === null ? {} : { place }) },
    () => line(context, 'completed', { id: ticket }, { ticket }),
  )
}

/** Closes it, and a bare figure is then its rating. */
export function satisfied(facts: Facts, complaint: Complaint): Outcome {
  const { context } = facts
  const { ticket } = complaint
  return moveOr(
    facts,
    complaint,
    { move: 'satisfied' },
    (after) =>
      line(
        context,
        'satisfied',
        { id: ticket, date: clockWords(context, after, 'reopen') },
        { ticket },
      ),
    { type: 'rate', ticket },
  )
}

/** Not solved: back to the agency at once. Without words they are asked for in the same answer. */
export function dissatisfied(facts: Facts, complaint: Complaint, note: string): Outcome {
  return backToWork(facts, complaint, 'dissatisfied', note)
}

export function reopened(facts: Facts, complaint: Complaint, note: string): Outcome {
  return backToWork(facts, complaint, 'reopen', note)
}

function backToWork(
  facts: Facts,
  complaint: Complaint,
  move: 'dissatisfied' | 'reopen',
  note: string,
): Outcome {
  const { context } = facts
  const { ticket } = complaint
  const given = note.trim() !== ''
  const reason = given ? note : wordless(context, move)
  const told = move === 'reopen' ? 'reopened' : 'unsolved'
  return moveOr(
    facts,
    complaint,
    { move, reason },
    (after) => {
      const agency = agencyWords(context, after.agency)
      const clock = after.agency === null ? 'verify' : 'follow_up'
      const params = { id: ticket, agency, date: clockWords(context, after, clock) }
      return line(context, given ? told : `${told}_no_words`, params, { ticket })
    },
    given ? null : { type: 'words', ticket },
  )
}

function wordless(context: Context, move: 'dissatisfied' | 'reopen'): string {
  return words(forDesk(context), move === 'reopen' ? 'words_reopened' : 'words_unsolved', {})
}

/** The state without a question about this ticket, which was just answered another way. */
export function withoutQuestion(state: State, ticket: string): State {
  const asked = state.question
  return asked !== null && 'ticket' in asked && asked.ticket === ticket
    ? { ...state, question: null }
    : state
}
