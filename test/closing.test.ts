// A gateway that stops: what a channel had begun to take in is still decided, before turns are refused.

import { expect, test } from '@jest/globals'
import type { Channel, Receive } from '../src/channels/channel.ts'
import { openInProcess } from './support/in-process.ts'

test('a channel closes its intake while turns are still taken', async () => {
  const stored: string[] = []
  let receive: Receive = async () => {}
  const channel: Channel = {
    ...{ name: 'telegram', account: 'chat', buttons: true },
    start: async (handler) => {
      receive = handler
    },
    closeIntake: async () => {
      await receive({ type: 'opt-out', from: 'telegram:5001', account: 'chat' })
      stored.push('the last one')
    },
    send: async ({ id }) => ({ outcome: 'accepted', providerIds: [id] }),
    stop: async () => void stored.push('stopped'),
    check: async () => ({ ok: true, detail: '' }),
    health: () => ({ state: 'up', since: new Date(0), lastIn: null, lastOut: null, why: null }),
  }
  const gateway = await openInProcess({}, { channels: [channel] })
  await gateway.stop()
  expect(stored).toEqual(['the last one', 'stopped'])
})
