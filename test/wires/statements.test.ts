// A turn costs the database the same whichever wire it came by: counted between the gateway and a real PostgreSQL.

import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import { createGateway } from '../../src/gateway.ts'
import { createHerald } from '../../src/notify/herald.ts'
import { openStore } from '../../src/store/open.ts'
import type { OpenChannel } from '../channels/contract/given.ts'
import { openTwilio } from '../channels/sms/twilio/contract-bench.ts'
import { openTelegram } from '../channels/telegram/contract-bench.ts'
import { NOW, PARTS } from '../store/given.ts'
import { referenceCity } from '../support/city.ts'
import { freshDatabase } from '../support/postgres.ts'
import { relayTo } from '../support/round-trips.ts'

/** The same turns on every channel: where a text message files, a chat asks on. */
const TURNS = ['halo', 'BANTUAN', 'STATUS', 'STATUS 12345674', 'STOP', 'MULAI', 'DATA SAYA']

async function statementsBy(open: OpenChannel, relayed: Awaited<ReturnType<typeof relayTo>>) {
  const store = await openStore({ ...PARTS, url: relayed.url })
  const bench = await open({ clock: () => NOW, readMedia: async () => null })
  const { city } = referenceCity()
  const newId = () => randomUUID()
  let rolls = 0
  const gateway = createGateway({
    ...{ store, city, newId, shortCode: '2345', channels: [bench.channel], clock: () => NOW },
    herald: await createHerald({ store, city, measure, coordinators: [], clock: () => NOW, newId }),
    chance: (below) => (++rolls * 7919) % below,
    onReceipt: async () => {},
    wake: () => {},
    observe: { inbound() {}, turn() {} },
    log: { info() {}, error() {} },
  })
  await bench.channel.start(gateway.receive)
  const counted: Record<string, number> = {}
  // The first person prepares the statements, the second is counted.
  for (const by of [1, 2]) {
    for (const text of TURNS) {
      const before = relayed.statements()
      expect(await bench.writes({ by, text })).toBe(true)
      counted[text] = relayed.statements() - before
    }
  }
  await bench.channel.stop()
  await bench.close()
  await store.close()
  return counted
}

test('a turn by Telegram runs as many statements as the same turn by Twilio', async () => {
  const relayed = await relayTo(await freshDatabase())
  const sms = await statementsBy(openTwilio, relayed)
  const telegram = await statementsBy(openTelegram('webhook'), relayed)
  await relayed.close()
  expect(Object.values(sms).every((count) => count > 2)).toBe(true)
  expect(telegram).toEqual(sms)
})
