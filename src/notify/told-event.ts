// Which event a notice tells of: the one of its move and its hour.

import type { HistoryEvent } from '../complaints/complaint.ts'
import { ANSWER_KIND } from '../store/outbox-port.ts'

/** Undefined: it tells of no move (a reminder), or of one that is not there. */
export function toldEvent(
  { kind, createdAt }: { readonly kind: string; readonly createdAt: Date },
  history: readonly HistoryEvent[],
): HistoryEvent | undefined {
  const move = kind === ANSWER_KIND ? 'answer' : kind
  return history.findLast((one) => one.move === move && one.at.getTime() === createdAt.getTime())
}
