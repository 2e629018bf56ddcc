// What is looked after again and again as long as this process serves the account.

import { pause } from '../../patience.ts'

export interface RoundParts {
  readonly everyMs: number
  readonly signal: AbortSignal
  readonly isOurs: () => boolean
  /** A fault of one round is told; the next comes all the same. */
  readonly onFault: (error: unknown) => void
}

export async function rounds(parts: RoundParts, work: () => Promise<unknown>): Promise<void> {
  const { everyMs, signal, isOurs, onFault } = parts
  while (!signal.aborted) {
    await pause(everyMs, signal)
    if (!signal.aborted && isOurs()) await work().catch(onFault)
  }
}
