// A channel as the port describes it, whose provider a test plays.
// It remembers what it was asked to carry.

import type { Channel, SendResult } from '../../../src/channels/channel.ts'
import type { OutboundMessage } from '../../../src/message.ts'

/** What one channel was asked to carry, in order. */
export interface PlayedChannel extends Channel {
  readonly sent: OutboundMessage[]
}

/** `answer` decides each send; it is given the message and how many sends there were before. */
export function playedChannel(
  account: string,
  answer: (message: OutboundMessage, before: number) => SendResult | Promise<SendResult> = taken,
  name: Channel['name'] = 'sms',
): PlayedChannel {
  const sent: OutboundMessage[] = []
  return {
    name,
    account,
    buttons: false,
    sent,
    start: async () => {},
    stop: async () => {},
    send: async (message) => {
      const before = sent.push(message) - 1
      return answer(message, before)
    },
    check: async () => ({ ok: true, detail: '' }),
    health: () => ({ state: 'up', since: new Date(0), lastIn: null, lastOut: null, why: null }),
  }
}

let accepted = 0

/** The provider takes everything. */
export function taken(): SendResult {
  accepted += 1
  return { outcome: 'accepted', providerIds: [`provider-${accepted}`] }
}
