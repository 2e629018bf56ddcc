// Where a complaint that was merged, and merged again, has ended up.

import type { Complaint } from './complaints/complaint.ts'
import type { CaseStore } from './store/case-port.ts'

const MERGE_CHAIN = 20

/** The complaint itself if it was not merged; null when there is none of that ticket. */
export async function endOfChain(
  store: Pick<CaseStore, 'complaint'>,
  ticket: string,
): Promise<Complaint | null> {
  let complaint = await store.complaint(ticket)
  for (let hops = 0; hops < MERGE_CHAIN && complaint?.mergedInto != null; hops++) {
    complaint = await store.complaint(complaint.mergedInto)
  }
  return complaint
}
