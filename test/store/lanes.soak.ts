// Ten workers empty a thousand lanes of twenty messages each over one PostgreSQL, some of them dying with what they hold.

import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { addressOf } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import type { Leased } from '../../src/store/outbox-port.ts'
import { type Store, StoreAway } from '../../src/store/store.ts'
import { freshDatabase } from '../support/postgres.ts'
import { later, NOW, PARTS, post } from './given.ts'

const WORKERS = 10
const LANES = 1_000
const EACH = 20
const AT_ONCE = 8
const LEASE_MS = 5_000
/** One lease in so many is never settled, as if its worker had died. */
const DIES_ONE_IN = 400

/** Ten workers in one process may wait for each other longer than the store waits. */
async function untilThere<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error
    }
  }
}

test('ten workers, a thousand lanes, twenty messages each: every lane in order, none sent twice but for a death', async () => {
  const url = await freshDatabase()
  let now = NOW
  const open = () => openStore({ ...PARTS, clock: () => now, newId: () => randomUUID(), url })
  const stores = await Promise.all(Array.from({ length: WORKERS }, open))
  const [first] = stores
  if (first === undefined) throw new Error('no store')
  const texts = Array.from({ length: EACH }, (_, place) => ({ text: String(place) }))
  for (let lane = 0; lane < LANES; lane += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        post(first, addressOf('sms', `+62811${String(lane + place).padStart(7, '0')}`), ...texts),
      ),
    )

  const sent = new Map<string, number[]>()
  let deaths = 0
  let taken = 0
  async function carry(store: Store, row: Leased): Promise<void> {
    sent.set(row.addressId, [...(sent.get(row.addressId) ?? []), Number(row.text)])
    taken += 1
    if (taken % DIES_ONE_IN === 0) {
      deaths += 1
      return
    }
    const providerIds = [`P-${row.id}`]
    const settled = { status: 'sent', account: 'twilio', providerIds, at: now } as const
    await untilThere(() => store.settle(row.id, row.lease, settled))
  }
  async function work(store: Store): Promise<void> {
    for (;;) {
      const rows = await untilThere(() => store.leaseDue(now, LEASE_MS, AT_ONCE))
      await Promise.all(rows.map((row) => carry(store, row)))
      if (rows.length === 0) return
    }
  }

  const began = performance.now()
  for (let round = 0; taken < LANES * EACH + deaths && round < 200; round++) {
    await Promise.all(stores.map(work))
    now = later((round + 1) * LEASE_MS)
    // What died is free once its lease is over, by the database's clock.
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS + 100))
  }
  const seconds = (performance.now() - began) / 1000
  console.log(`${taken} sends (${deaths} of dead workers) in ${seconds.toFixed(1)} s`)
  expect(sent.size).toBe(LANES)
  const wanted = texts.map(({ text }) => Number(text))
  for (const order of sent.values()) {
    // A repeat follows directly on what it repeats.
    expect(order.filter((text, place) => text !== order[place - 1])).toEqual(wanted)
  }
  expect(taken).toBe(LANES * EACH + deaths)
  for (const store of stores) await store.close()
})
