// Who hears of a complaint because another was merged into it: they follow it until the merge is undone.
// The same for a move by the API and for one in a conversation.

import type { Complaint } from './complaint.ts'

/** Whoever hears of `from` (a merged complaint) hears of `ticket` too; `off`: no longer. */
export interface Following {
  readonly ticket: string
  readonly from: string
  readonly off?: boolean
}

/** What a move changes about it; nothing where the complaint stays where it was. */
export function followsOf(before: Complaint, after: Complaint): readonly Following[] {
  const { ticket, mergedInto: from } = before
  if (from === after.mergedInto) return []
  return [
    ...(from === null ? [] : [{ ticket: from, from: ticket, off: true }]),
    ...(after.mergedInto === null ? [] : [{ ticket: after.mergedInto, from: ticket }]),
  ]
}
