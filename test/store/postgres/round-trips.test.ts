// A turn waits for PostgreSQL at most four times, whatever it reads and writes.
// Counted between the gateway and the database, with connections that are open already.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { measure } from '../../../src/channels/measure.ts'
import { createGateway, type Gateway } from '../../../src/gateway.ts'
import type { Address } from '../../../src/message.ts'
import { createHerald } from '../../../src/notify/herald.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/store.ts'
import { referenceCity } from '../../support/city.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { type Relay, relayTo } from '../../support/round-trips.ts'
import { MIDNIGHT, message, NOW, PARTS } from '../given.ts'

const BUDI: Address = 'sms:+6281100000001'
const COORDINATOR: Address = 'sms:+6281100000009'

let relay: Relay
let store: Store
let gateway: Gateway

beforeAll(async () => {
  relay = await relayTo(await freshDatabase())
  store = await openStore({ ...PARTS, url: relay.url })
  const { city } = referenceCity()
  const newId = () => randomUUID()
  let rolls = 0
  const coordinators = [COORDINATOR]
  gateway = createGateway({
    ...{ store, city, newId, shortCode: '2345', channels: [], clock: () => NOW },
    herald: await createHerald({ store, city, measure, coordinators, clock: () => NOW, newId }),
    chance: (below) => (++rolls * 7919) % below,
    onReceipt: async () => {},
    wake: () => {},
    observe: { inbound() {}, turn() {} },
    log: { info() {}, error() {} },
  })
})
afterAll(async () => {
  await store.close()
  await relay.close()
})

async function waitsOf(from: Address, text: string): Promise<number> {
  const before = relay.waits()
  await gateway.receive({ type: 'message', message: message(from, { text }) })
  return relay.waits() - before
}

async function caseOf(from: Address) {
  const ids = { personId: randomUUID(), addressId: randomUUID() }
  const { mine } = await store.conversation(from, { now: NOW, midnight: MIDNIGHT }, ids)
  return mine
}

const COMPLAINT = 'Lampu jalan mati sudah tiga malam di Jl. Veteran'

test('filing, asking, naming a ticket, and the commands each wait four times at most', async () => {
  // Statements are prepared, and as many connections opened as are used at once.
  const warm: Address = 'sms:+6281100000002'
  for (const text of [COMPLAINT, 'YA', 'STATUS']) await waitsOf(warm, text)
  await waitsOf(warm, `STATUS ${(await caseOf(warm))[0]?.complaint.ticket}`)

  const waits: Record<string, number> = {}
  waits.first = await waitsOf(BUDI, COMPLAINT)
  for (let i = 0; i < 5 && (await caseOf(BUDI)).length === 0; i++)
    waits.filing = await waitsOf(BUDI, ['Antasan Besar', 'YA', '1', 'YA', 'YA'][i] ?? 'YA')
  const ticket = (await caseOf(BUDI))[0]?.complaint.ticket
  expect(ticket).toBeDefined()
  waits.status = await waitsOf(BUDI, 'STATUS')
  waits.named = await waitsOf(BUDI, `STATUS ${ticket}`)
  waits.foreign = await waitsOf(BUDI, `STATUS ${(await caseOf(warm))[0]?.complaint.ticket}`)
  waits.stop = await waitsOf(BUDI, 'STOP')
  expect(Object.entries(waits).filter(([, n]) => n > 4)).toEqual([])
})
