// Which of a person's names a message came by: whoever was heard of under another one is the same person here.
// Rule: the provider's own word joins names, nothing else does; what it does not say is no secret told to the wrong one.

import type { MovedEvent } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { createInTurn } from './in-turn.ts'
import type { Address, InboundMessage } from './message.ts'
import type { Store } from './store/store.ts'

/** `names`: to be noted with the turn. */
type Take<T> = (message: InboundMessage, names: readonly Address[]) => Promise<T>

export interface Identities {
  /** Hands it on under the name its sender is found by; in the order in which they wrote, under whichever name. */
  heard<T>(message: InboundMessage, take: Take<T>): Promise<T>
  move(event: MovedEvent): Promise<void>
  /** Refuses new messages; resolves when none is in hand. */
  stop(): Promise<void>
}

export function createIdentities(parts: {
  readonly store: Pick<Store, 'knownNames' | 'movePerson' | 'doubtAddress'>
  readonly clock: Clock
}): Identities {
  const { store, clock } = parts
  const inNames = createInTurn()
  /**
   * True: it is to be noted. Asked with every message, and not remembered: another process may have doubted the
   * address meanwhile, or its person have erased themselves.
   */
  async function settle(name: Address, from: Address): Promise<boolean> {
    const { at, another } = await store.knownNames(name, from)
    if (at === from) return false
    // They wrote under the name alone before, or have changed their number unheard.
    if (at !== null) await store.movePerson(at, from, clock(), { alsoKnownAs: [name] })
    else if (another) await store.doubtAddress(from, clock())
    return true
  }

  async function identified<T>(message: InboundMessage, take: Take<T>): Promise<T> {
    const { from, alsoKnownAs = [] } = message
    if (alsoKnownAs.length === 0) {
      const { at } = await store.knownNames(from, null)
      return take(at === null ? message : { ...message, from: at }, [])
    }
    const names: Address[] = []
    for (const name of alsoKnownAs) if (await settle(name, from)) names.push(name)
    return take(message, names)
  }

  return {
    heard: (message, take) =>
      message.alsoKnownAs === undefined
        ? take(message, [])
        : inNames.run(message.from, () => identified(message, take)),
    async move({ account, providerId, from, to, alsoKnownAs }) {
      const { at } = await store.knownNames(from, null)
      const told = { account, providerId }
      await store.movePerson(at ?? from, to, clock(), { alsoKnownAs, told })
    },
    stop: inNames.stop,
  }
}
