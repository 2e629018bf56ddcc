// Who has written to this number, and which number stands behind a hidden one.
// Rule: it is kept before their message is handed on, so that the answer to it may go.

import { type Address, addressOf } from '../../../message.ts'
import type { Vault } from '../../vault.ts'

const WROTE = 'wrote'
/** Baileys' own kind: `LID_reverse` to the number. */
const MAPPING = 'lid-mapping'
const REMEMBERED = 5_000

export interface Writers {
  note(address: Address): Promise<void>
  has(address: Address): Promise<boolean>
  phoneOf(lid: string): Promise<string | null>
  /** Remembers nobody; what is kept is asked again. */
  reread(): void
}

export function createWriters(vault: Vault): Writers {
  const known = new Set<string>()

  function remember(address: Address): void {
    if (known.size >= REMEMBERED) known.clear()
    known.add(address)
  }

  async function has(to: Address): Promise<boolean> {
    const address = plain(to)
    if (known.has(address)) return true
    const wrote = (await vault.get(WROTE, [address])).has(address)
    if (wrote) remember(address)
    return wrote
  }

  return {
    has,
    reread: () => known.clear(),
    note: async (address) => {
      if (await has(address)) return
      await vault.set({ [WROTE]: { [plain(address)]: '1' } })
      remember(address)
    },
    phoneOf: async (lid) => {
      const name = `${lid}_reverse`
      const kept = (await vault.get(MAPPING, [name])).get(name)
      const phone: unknown = kept === undefined ? null : JSON.parse(kept)
      return typeof phone === 'string' && /^\d{5,16}$/.test(phone) ? phone : null
    },
  }
}

/** Settings may write a number with its plus. */
function plain(address: Address): Address {
  return addressOf('whatsapp', address.replace(/^whatsapp:\+?/, ''))
}
