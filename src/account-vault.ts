// An account's keys in the store's facts: sealed, under names that are digests, since many of them hold a number.
// Rule: what is set together is one transaction.

import type { Vault, VaultEntries } from './channels/vault.ts'
import type { FactStore } from './store/facts-port.ts'

export interface AccountVaultParts {
  readonly store: Pick<FactStore, 'getFacts' | 'factsUnder' | 'setFacts'>
  readonly account: string
  readonly digest: (words: string) => string
  readonly sealing: {
    seal(words: string, purpose: string): string
    /** Throws when it was sealed under another key. */
    open(sealed: string, purpose: string): string
  }
}

const PURPOSE = 'vault'

export function createAccountVault({ store, account, digest, sealing }: AccountVaultParts): Vault {
  const under = (kind: string) => `${account}:vault:${kind}:`
  const keyOf = (kind: string, name: string) => under(kind) + digest(`${account}:${kind}:${name}`)
  const seal = (name: string, value: string) => sealing.seal(JSON.stringify([name, value]), PURPOSE)

  function opened(facts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    return new Map(
      [...facts.values()].map((sealed) => {
        const [name, value]: [string, string] = JSON.parse(sealing.open(sealed, PURPOSE))
        return [name, value]
      }),
    )
  }

  function entriesOf(kind: string, entries: VaultEntries): [string, string | null][] {
    return Object.entries(entries).map(([name, value]) => [
      keyOf(kind, name),
      value === null ? null : seal(name, value),
    ])
  }

  return {
    get: async (kind, names) =>
      opened(await store.getFacts(names.map((name) => keyOf(kind, name)))),
    all: async (kind) => opened(await store.factsUnder(under(kind))),
    set: async (changes) => {
      const entries = Object.entries(changes).flatMap(([kind, one]) => entriesOf(kind, one))
      if (entries.length > 0) await store.setFacts(Object.fromEntries(entries))
    },
  }
}
