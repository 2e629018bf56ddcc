// What a channel brings, handed to whoever it concerns: messages become turns, the rest is noted.
// Rule: resolves only after the commit; one person's events are taken one after the other.

import type { ReachEvent, Receive } from './channels/channel.ts'
import type { Event } from './conversation/turn.ts'
import { createGroups } from './groups.ts'
import { createIdentities } from './identities.ts'
import { createInTurn } from './in-turn.ts'
import { type Address, channelOf, type InboundMessage, type Receipt } from './message.ts'
import type { MediaNews } from './store/media-port.ts'
import { createTurns, type Task, type TaskOutcome, type TurnParts } from './turns.ts'

export interface GatewayParts extends TurnParts {
  readonly onReceipt: (receipt: Receipt) => Promise<void>
  /** There is new mail in the outbox. */
  readonly wake: () => void
  readonly observe: {
    inbound(channel: string, outcome: string): void
    turn(seconds: number): void
  }
}

export interface Gateway {
  readonly receive: Receive
  /** The conversation of this address asked to be woken now. */
  readonly timeout: (address: Address) => Promise<void>
  /** Tells the sender of an attachment what became of it. `duplicate`: told already, or erased. */
  readonly attachment: (news: MediaNews) => Promise<TaskOutcome>
  /** Decides a stored, stuck message again, and answers it. `stuck`: it cannot be decided yet; nothing was changed. */
  readonly replay: (message: InboundMessage) => Promise<TaskOutcome>
  /** Refuses new events at once; resolves when no turn is in hand. */
  readonly stop: () => Promise<void>
}

export function createGateway(parts: GatewayParts): Gateway {
  const { store, clock, newId, observe } = parts
  const inTurn = createInTurn()
  const turns = createTurns(parts)
  const groups = createGroups({ store, clock, newId })
  const identities = createIdentities({ store, clock })

  async function take(address: Address, event: Event, more: Partial<Task> = {}) {
    const task = { address, event, began: clock(), replay: false, names: [], ...more }
    const outcome = await inTurn.run(address, () => turns.untilCommitted(task))
    parts.wake()
    return outcome
  }

  async function hear(message: InboundMessage): Promise<void> {
    const began = clock()
    const outcome = await identities.heard(message, (theirs, names) =>
      take(theirs.from, { type: 'message', message: theirs }, { began, names }),
    )
    observe.inbound(message.channel, outcome)
    observe.turn((clock().getTime() - began.getTime()) / 1000)
  }

  async function reach({ type, from, account }: ReachEvent): Promise<void> {
    await store.setOptOut(from, account, type === 'opt-out', clock())
    observe.inbound(channelOf(from), type)
  }

  return {
    receive: async (event) => {
      switch (event.type) {
        case 'message':
          return hear(event.message)
        case 'receipt':
          return parts.onReceipt(event.receipt)
        case 'opt-out':
        case 'opt-in':
          return inTurn.run(event.from, () => reach(event))
        case 'group':
          return inTurn.run(event.address, () => groups.keep(event))
        case 'moved':
          return inTurn.run(event.from, () => identities.move(event))
      }
    },
    timeout: async (address) => {
      await take(address, { type: 'timeout' })
    },
    attachment: ({ address, ...attachment }) => take(address, { type: 'attachment', attachment }),
    replay: (message) => take(message.from, { type: 'message', message }, { replay: true }),
    stop: async () => {
      await identities.stop()
      await inTurn.stop()
    },
  }
}
