// A chat with buttons as a plain object of the port: one person writes by it, what they were told lies in `told`.

import type { Channel, Receive } from '../../src/channels/channel.ts'
import type { Address, InboundMessage, OutboundMessage } from '../../src/message.ts'

export interface Chat {
  readonly says: (text: string, more?: Partial<InboundMessage>) => Promise<void>
  readonly told: OutboundMessage[]
  readonly channel: (at: () => Date) => Channel
  gone: boolean
}

export function chatChannel(from: Address): Chat {
  let handed: Receive | null = null
  let written = 0
  const told: OutboundMessage[] = []
  const chat: Chat = {
    told,
    gone: false,
    says: async (text, more = {}) => {
      const message: InboundMessage = {
        ...{ channel: 'telegram', account: 'telegram', providerId: `c-${++written}`, from },
        ...{ text, media: [], position: null, quotedId: null, album: null, choice: null },
        ...{ edits: null, start: null, answerable: true, consent: null },
        ...more,
      }
      await handed?.({ type: 'message', message })
    },
    channel: (at) => ({
      name: 'telegram',
      account: 'telegram',
      buttons: true,
      start: async (receive) => {
        handed = receive
      },
      send: async (message) => {
        if (chat.gone) return { outcome: 'opted-out' }
        told.push(message)
        return { outcome: 'accepted', providerIds: [`t-${message.id}`] }
      },
      stop: async () => {},
      check: async () => ({ ok: true, detail: '' }),
      health: () => ({ state: 'up', since: at(), lastIn: null, lastOut: null, why: null }),
    }),
  }
  return chat
}
