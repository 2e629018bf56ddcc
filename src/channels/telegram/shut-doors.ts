// Chats that turned us away: whoever writes from one has let us in again, whether or not Telegram told us.
// Rule: only what this process met; across restarts Telegram's own word (my_chat_member, START) opens the door.

import type { Address } from '../../message.ts'
import type { ChannelEvent, SendResult } from '../channel.ts'

export interface ShutDoors {
  /** What became of a send to this chat. */
  met(to: Address, result: SendResult): void
  /** What is to be handed on in place of this event: an opening before the word that proves it. */
  opened(event: ChannelEvent): readonly ChannelEvent[]
  /** This event is stored: until then an opening is handed on again. */
  stored(event: ChannelEvent): void
}

/** The oldest are forgotten first. */
const MOST = 10_000

export function createShutDoors(): ShutDoors {
  const shut = new Set<Address>()
  return {
    met(to, { outcome }) {
      if (outcome !== 'opted-out') return
      shut.add(to)
      const [oldest] = shut
      if (shut.size > MOST && oldest !== undefined) shut.delete(oldest)
    },
    opened(event) {
      if (event.type !== 'message' || !shut.has(event.message.from)) return [event]
      const { from, account } = event.message
      return [{ type: 'opt-in', from, account }, event]
    },
    stored(event) {
      if (event.type === 'opt-in') shut.delete(event.from)
    },
  }
}
