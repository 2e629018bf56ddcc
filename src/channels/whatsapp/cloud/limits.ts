// What the Cloud API lets one number say, in one place: in all, and to one person.
// Rule: kept to by each process for itself; what Meta refuses all the same waits as its code says (codes.ts).

import type { Limits, Rate } from '../../pace.ts'

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits] Longer on the whole than this. */
export const PAIR_MS = 6_000
/** So many may go at once, borrowed from those that follow. */
const BURST = 45
const PAIR: Rate = { count: BURST, ms: BURST * PAIR_MS }

export const LIMITS: Limits = {
  /** [https://developers.facebook.com/docs/whatsapp/throughput] Of a number that Meta has not yet raised. */
  overall: { count: 80, ms: 1_000 },
  ...{ chat: PAIR, group: PAIR },
}
