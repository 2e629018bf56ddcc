// Several processes lease from the same lanes at once: none of them hands out what another has in hand.
// Each store here is a process of its own, as far as the database can tell.

import { expect, test } from '@jest/globals'
import type pg from 'pg'
import type { Address } from '../../../src/message.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Leased } from '../../../src/store/outbox-port.ts'
import type { Store } from '../../../src/store/store.ts'
import { freshDatabase, withDatabase } from '../../support/postgres.ts'
import { BUDI, HOUR, LEASE_MS, later, NOW, PARTS, post } from '../given.ts'

async function openTogether(count: number): Promise<{ stores: readonly Store[]; url: string }> {
  const url = await freshDatabase()
  const stores = await Promise.all(
    Array.from({ length: count }, () => openStore({ ...PARTS, url })),
  )
  return { stores, url }
}

const closeAll = (stores: readonly Store[]) => Promise.all(stores.map((store) => store.close()))

const sent = (row: Leased) =>
  ({ status: 'sent', account: 'twilio', providerIds: [`P-${row.id}`], at: NOW }) as const

test('three processes send 12 lanes of 10 messages, each lane in order and none twice', async () => {
  const { stores } = await openTogether(3)
  const people = Array.from({ length: 12 }, (_, i): Address => `sms:+62811000010${i}`)
  const texts = Array.from({ length: 10 }, (_, i) => String(i))
  const [first] = stores
  if (first === undefined) throw new Error('no store')
  for (const one of people) await post(first, one, ...texts.map((text) => ({ text })))

  const inHand = new Set<string>()
  const told = new Map<string, string[]>()
  async function work(store: Store): Promise<void> {
    for (;;) {
      const rows = await store.leaseDue(NOW, LEASE_MS, 4)
      for (const { address } of rows) {
        expect(inHand.has(address)).toBe(false)
        inHand.add(address)
      }
      for (const row of rows) {
        told.set(row.address, [...(told.get(row.address) ?? []), row.text])
        inHand.delete(row.address)
        expect(await store.settle(row.id, row.lease, sent(row))).toBe(true)
      }
      const left = (await store.counts(NOW)).pending.sms?.count ?? 0
      if (rows.length === 0 && left === 0) return
    }
  }
  await Promise.all(stores.map(work))
  await closeAll(stores)
  for (const one of people) expect(told.get(one)).toEqual(texts)
})

test('what is the head no more when its lease is written is not handed out', async () => {
  const { stores, url } = await openTogether(1)
  const [store] = stores
  if (store === undefined) throw new Error('no store')
  await post(store, BUDI, { text: '1' }, { text: '2' })
  const late = await withDatabase(url, async (db) => {
    await db.query("update outbox set status = 'sent' where text = '1'")
    // Heads can be found, but no lease be written.
    await db.query('begin')
    await db.query('lock table outbox in share mode')
    const leasing = store.leaseDue(NOW, LEASE_MS, 1)
    await untilSomebodyWaits(db)
    await db.query("update outbox set status = 'pending' where text = '1'")
    await db.query('commit')
    return leasing
  })
  expect(late).toEqual([])
  expect((await store.leaseDue(NOW, LEASE_MS, 1)).map((row) => row.text)).toEqual(['1'])
  await closeAll(stores)
})

async function untilSomebodyWaits(db: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await db.query('select 1 from pg_locks where not granted')
    if (rowCount !== 0) return
  }
}

test('a lane whose lock another process holds is left to it', async () => {
  const { stores, url } = await openTogether(1)
  const [store] = stores
  if (store === undefined) throw new Error('no store')
  const [row] = await post(store, BUDI, { text: '1' })
  await withDatabase(url, async (db) => {
    await db.query('begin')
    await db.query("select pg_advisory_xact_lock(hashtextextended($1 || ' reply', 0))", [
      row?.addressId,
    ])
    expect(await store.leaseDue(NOW, LEASE_MS, 1)).toEqual([])
    await db.query('commit')
  })
  expect(await store.leaseDue(NOW, LEASE_MS, 1)).toHaveLength(1)
  await closeAll(stores)
})

test('a lease ends by the clock of the database, whatever a process believes', async () => {
  const url = await freshDatabase()
  const right = await openStore({ ...PARTS, url })
  const tomorrow = later(24 * HOUR)
  const ahead = await openStore({ ...PARTS, url, clock: () => tomorrow })
  await post(right, BUDI, { text: '1', expiresAt: later(HOUR) })
  expect(await right.leaseDue(NOW, LEASE_MS, 1)).toHaveLength(1)
  expect(await ahead.leaseDue(tomorrow, LEASE_MS, 1)).toEqual([])
  expect(await ahead.expire(tomorrow)).toBe(0)
  await closeAll([right, ahead])
})

test('a clock that is shifted for a trial shifts the leases with it', async () => {
  const url = await freshDatabase()
  const today = await openStore({ ...PARTS, url })
  const pushed = later(HOUR)
  const trial = await openStore({ ...PARTS, url, clock: () => pushed, clockOffsetMs: HOUR })
  await post(today, BUDI, { text: '1' })
  await today.leaseDue(NOW, LEASE_MS, 1)
  expect(await trial.leaseDue(pushed, LEASE_MS, 1)).toHaveLength(1)
  await closeAll([today, trial])
})
