// Which word to the citizen is on its way after a move: the answer, or the question of a case on hold.

import type { Complaint, HistoryEvent } from '../../complaints/complaint.ts'
import { flag } from '../rows.ts'

/**
 * An answer is on its way until the reply clock begins; a correction while that clock runs is not waited for. The
 * question of a case on hold is waited for as long as it is held.
 */
export function awaitedBy(complaint: Complaint, events: readonly HistoryEvent[]) {
  if (complaint.state === 'held') {
    const asked = events.findLast((event) => event.move === 'hold')
    return { keepAnswer: flag(asked === undefined), answerAt: asked?.at.getTime() ?? null }
  }
  if (complaint.state !== 'answered') return { keepAnswer: 0, answerAt: null }
  const answer = events.findLast((event) => event.move === 'answer')
  const runs = complaint.clocks.some(
    (clock) => clock.name === 'reply' && ['running', 'paused'].includes(clock.status),
  )
  if (answer === undefined || runs) return { keepAnswer: 1, answerAt: null }
  return { keepAnswer: 0, answerAt: answer.at.getTime() }
}
