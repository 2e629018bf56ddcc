// Which groups of people an account stands in: known when it is taken in, put out, or when a group moves.
// Kept under the random id of the group's sealed address; what the group calls itself is not stored.

import { z } from 'zod'
import type { GroupEvent } from './channels/channel.ts'
import type { Clock, NewId } from './clock.ts'
import type { Address } from './message.ts'
import type { Store } from './store/store.ts'

const groupSchema = z.object({
  account: z.string(),
  state: z.enum(['member', 'left']),
  sinceMs: z.number(),
})
type Group = Readonly<z.infer<typeof groupSchema>>

export interface Groups {
  /** Resolves once it is stored. */
  keep(event: GroupEvent): Promise<void>
}

export function createGroups(parts: {
  readonly store: Pick<Store, 'ensureAddress' | 'moveAddress' | 'setFacts'>
  readonly clock: Clock
  readonly newId: NewId
}): Groups {
  const { store, clock, newId } = parts

  async function idOf(address: Address): Promise<string> {
    const ids = { personId: newId(), addressId: newId() }
    return (await store.ensureAddress(address, ids, clock())).addressId
  }

  return {
    async keep({ account, address, state, movedTo }) {
      const now = clock()
      // Its cases and what waits for it go along.
      if (movedTo !== null) await store.moveAddress(address, movedTo, now)
      const group: Group = { account, state, sinceMs: now.getTime() }
      await store.setFacts({ [factOf(await idOf(movedTo ?? address))]: JSON.stringify(group) })
    },
  }
}

function factOf(addressId: string): string {
  return `group:${addressId}`
}
