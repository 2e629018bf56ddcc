// PUAS, BELUM, NILAI and BUKA: what the citizen thinks of an answer.
// Nothing waits on a second paid message: the move is made at once, missing words are asked for afterwards.

import { isAboutCase } from '../belongs.ts'
import { cannot, dissatisfied, moveOr, reopened, satisfied } from '../case-words.ts'
import { line } from '../lines.ts'
import { isOpen, type Moment, type Outcome } from '../moment.ts'
import { targetOf } from '../target.ts'
import type { MyComplaint } from '../turn.ts'

const answered = ({ complaint }: MyComplaint) => complaint.state === 'answered'
const closed = ({ complaint }: MyComplaint) => complaint.state === 'closed'

const withAgency = ({ complaint: { state } }: MyComplaint) =>
  state === 'assigned' || state === 'in_progress'

export function satisfiedBy(moment: Moment): Outcome {
  const { mine, reading, context, state } = moment
  const waiting = mine.some(answered)
  const named = reading.command?.ticket != null || reading.command?.mistyped != null
  const done = mine.find(closed)
  if (!named && done !== undefined && !mine.some(isOpen) && !isAboutCase(moment))
    return { state, lines: [cannot(context, done.complaint)] }
  const target = targetOf(moment, waiting ? answered : withAgency)
  return target.outcome ?? satisfied(moment, target.found.complaint)
}

export function dissatisfiedBy(moment: Moment): Outcome {
  const target = targetOf(moment, answered)
  return target.outcome ?? dissatisfied(moment, target.found.complaint, rest(moment))
}

export function reopenedBy(moment: Moment): Outcome {
  const target = targetOf(moment, closed)
  return target.outcome ?? reopened(moment, target.found.complaint, rest(moment))
}

export function ratedBy(moment: Moment): Outcome {
  const { state, context, reading } = moment
  const target = targetOf(moment, (found) => answered(found) || closed(found))
  if (target.outcome !== undefined) return target.outcome
  const { complaint } = target.found
  const { ticket } = complaint
  const rating = reading.command?.rating ?? null
  if (rating === null) {
    const asks = answered(target.found) || closed(target.found)
    if (!asks) return rate(moment, target.found, 1)
    const wrong = (reading.command?.rest ?? '') !== ''
    return wrong
      ? { state, lines: [line(context, 'rate_range', { id: ticket }, { ticket })] }
      : { state: { ...state, question: { type: 'rate', ticket } }, lines: [] }
  }
  return rate(moment, target.found, rating)
}

function rate(moment: Moment, { complaint }: MyComplaint, rating: number): Outcome {
  const { ticket } = complaint
  return moveOr(moment, complaint, { move: 'rate', rating }, () =>
    line(moment.context, 'rated', { n: String(rating), id: ticket }, { ticket }),
  )
}

function rest({ reading }: Moment): string {
  return reading.command?.natural === true ? reading.words : (reading.command?.rest ?? '')
}
