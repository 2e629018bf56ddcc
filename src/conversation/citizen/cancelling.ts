// BATAL: leaves the dialogue, or cancels what no agency has had yet; after that the coordinator is told of the wish.
// Without a ticket nothing is cancelled before a YA.

import type { Complaint } from '../../complaints/complaint.ts'
import { cannot, moveOr, withoutQuestion } from '../case-words.ts'
import { line } from '../lines.ts'
import { type Facts, findCase, isOpen, type Moment, type Outcome, tryMove } from '../moment.ts'
import { targetOf } from '../target.ts'

export function cancellation(moment: Moment): Outcome {
  const { state, context, reading, settled } = moment
  const named = reading.command?.ticket != null || reading.command?.mistyped != null
  if (!named && settled === null) {
    if (state.draft !== null)
      return { state: { ...state, draft: null }, lines: [line(context, 'draft_dropped', {})] }
    if (state.question?.type === 'cancel') return insisted(moment, state.question.ticket)
    if (state.question !== null) return leftDialogue(moment)
  }
  const target = targetOf(moment, isOpen)
  if (target.outcome !== undefined) return target.outcome
  const { complaint } = target.found
  const sure = named || settled !== null || context.quoted !== null
  if (sure || !isCancellable(moment, complaint)) return cancelled(moment, complaint)
  return { state: { ...state, question: { type: 'cancel', ticket: complaint.ticket } }, lines: [] }
}

/** BATAL once more, to "cancel it?": one word is a yes; "tidak jadi" may mean either, so it is asked again. */
function insisted(moment: Moment, ticket: string): Outcome {
  const found = findCase(moment.context, ticket)
  if (found === null || /\s/.test(moment.reading.words.trim()))
    return { state: moment.state, lines: [], ask: true }
  return cancelled({ ...moment, state: withoutQuestion(moment.state, ticket) }, found.complaint)
}

function leftDialogue({ state, context }: Moment): Outcome {
  const { question } = state
  const ticket = question !== null && 'ticket' in question ? question.ticket : null
  return {
    state: { ...state, question: null, later: [] },
    lines: [
      ticket === null
        ? line(context, 'question_dropped', {})
        : line(context, 'question_dropped_case', { id: ticket }, { ticket }),
    ],
  }
}

function isCancellable({ context }: Facts, complaint: Complaint): boolean {
  return tryMove(context, complaint, { move: 'cancel' }).outcome === 'moved'
}

/** By the command with its ticket. */
function cancelled(facts: Facts, complaint: Complaint): Outcome {
  const { state, context } = facts
  const { ticket } = complaint
  if (isCancellable(facts, complaint))
    return moveOr(facts, complaint, { move: 'cancel' }, () =>
      line(context, 'cancelled', { id: ticket }, { ticket }),
    )
  if (!isOpen({ complaint })) return { state, lines: [cannot(context, complaint)] }
  return {
    state,
    lines: [line(context, 'cancel_wish', { id: ticket }, { ticket })],
    effects: [
      { type: 'about', ticket },
      { type: 'alert', alert: 'cancel-wish', ticket },
    ],
  }
}
