// Which process keeps the schedule: one at a time, by a lease that it renews while it lives.
// What it guards is guarded by versions once more, so the lease is short: it is there to move soon, not to be sure.

import type { FactStore } from '../store/facts-port.ts'

export interface Tenure {
  /** Takes or renews it; whether it is ours now. Rejects when the store does not answer. */
  hold(): Promise<boolean>
  /** Hands it over at once. */
  release(): Promise<void>
}

export interface TenureParts {
  readonly store: Pick<FactStore, 'takeLease' | 'releaseLease'>
  readonly name: string
  /** Of this process and no other. */
  readonly holder: string
  readonly leaseMs: number
}

export function createTenure({ store, name, holder, leaseMs }: TenureParts): Tenure {
  let asked = false
  return {
    async hold() {
      asked = true
      return (await store.takeLease(name, holder, leaseMs)) !== null
    },
    async release() {
      if (asked) await store.releaseLease(name, holder)
    },
  }
}
