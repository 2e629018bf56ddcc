// The store's figures for /health and /metrics, which must answer also while the store does not.
// Null: it failed or took too long; those who ask at the same time share one reading.

import type { Counts, OperatingStore } from './store/operating-port.ts'

export interface CountsReaderParts {
  readonly store: Pick<OperatingStore, 'counts'>
  /** Called when reading begins to fail, not for every scrape of a long outage. */
  readonly onFault: (error: unknown) => void
  /** A probe or a scrape waits no longer than this. */
  readonly patienceMs?: number
}

export type ReadCounts = (now: Date) => Promise<Counts | null>

/** Below the 5 s after which HEALTHCHECK and most scrapers give up. */
const PATIENCE_MS = 2_000

export function createCountsReader(parts: CountsReaderParts): ReadCounts {
  const { store, onFault, patienceMs = PATIENCE_MS } = parts
  let reading: Promise<Counts> | null = null
  let failing = false

  async function read(now: Date): Promise<Counts> {
    reading ??= store.counts(now).finally(() => {
      reading = null
    })
    return reading
  }

  return async (now) => {
    try {
      const counts = await inTime(read(now), patienceMs)
      failing = false
      return counts
    } catch (error) {
      if (!failing) onFault(error)
      failing = true
      return null
    }
  }
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the figures did not come within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
