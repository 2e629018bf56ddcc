// What an account keeps over restarts, over the store's facts and leases: each account under its own name.

import type { AccountState } from './channels/channel.ts'
import type { FactStore } from './store/facts-port.ts'

export interface AccountStateParts {
  readonly store: Pick<FactStore, 'getFact' | 'setFacts' | 'takeLease' | 'releaseLease'>
  readonly account: string
  /** Of this process and no other. */
  readonly holder: string
  /** Other processes may share the store. Where none can, every lease is ours at once. */
  readonly shared: boolean
}

export function createAccountState(parts: AccountStateParts): AccountState {
  const { store, account, holder, shared } = parts
  const named = (key: string) => `${account}:${key}`
  const leased = (name: string) => `${name}:${account}`
  return {
    get: (key) => store.getFact(named(key)),
    setMany: (entries) =>
      store.setFacts(
        Object.fromEntries(Object.entries(entries).map(([key, value]) => [named(key), value])),
      ),
    lease: async (name, forMs) =>
      !shared || (await store.takeLease(leased(name), holder, forMs)) !== null,
    release: async (name) => {
      if (shared) await store.releaseLease(leased(name), holder)
    },
  }
}

/** For a look at an account that is not started: it keeps nothing and holds nothing. */
export const NO_STATE: AccountState = {
  get: async () => null,
  setMany: async () => {},
  lease: async () => false,
  release: async () => {},
}
