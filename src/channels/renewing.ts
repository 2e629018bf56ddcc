// Keeps the lease of an account for as long as this process has it, whichever channel asks.
// Rule: only a lease that is surely somebody else's is given up; a store that does not answer may still hold ours.

import { pause } from './patience.ts'

export interface Renewal {
  /** False: somebody else has it. */
  readonly lease: () => Promise<boolean>
  readonly everyMs: number
}

/** Renews until `signal` ends; aborts `lost` when it is gone. The provider itself tells if two of us go on. */
export async function renewLease(
  { lease, everyMs }: Renewal,
  lost: AbortController,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(everyMs, signal)
    if (!signal.aborted && !(await lease().catch(() => true))) lost.abort()
  }
}
