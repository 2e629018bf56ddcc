// Turns, moves, clock steps and receipts of several processes at once: of two that clash exactly one is kept.
// Each store here is a process of its own, as far as the database can tell.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/store.ts'
import type { TurnRecord } from '../../../src/store/turn-port.ts'
import { freshDatabase, withDatabase } from '../../support/postgres.ts'
import {
  BUDI,
  clock,
  complaint,
  conversationOf,
  event,
  file,
  inbound,
  later,
  lease,
  MINUTE,
  message,
  moved,
  NOW,
  outbound,
  PARTS,
  post,
  receipt,
  SITI,
  turn,
} from '../given.ts'

let stores: readonly Store[]
let url: string

beforeAll(async () => {
  url = await freshDatabase()
  stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ ...PARTS, url })))
})
afterAll(() => Promise.all(stores.map((store) => store.close())))

const [TICKET, NEXT_TICKET] = ['20000001', '20000002']
const someone = (n: number): Address => `sms:+6281199000${n}`
const one = () => stores[0] as Store
const onAll = <T>(call: (store: Store, i: number) => Promise<T>) => Promise.all(stores.map(call))
const count = async (table: string, where: string) =>
  withDatabase(url, async (db) => {
    const { rows } = await db.query(`select count(*) as n from ${table} where ${where}`)
    return Number((rows as { n: string }[])[0]?.n)
  })

describe('of one person', () => {
  test('turns decided on the same conversation: one is committed, the others are stale', async () => {
    await post(one(), BUDI)
    const known = await conversationOf(one(), BUDI)
    const outcomes = await onAll((store) => store.commitTurn(turn(known)))
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
  })

  test('first turns ever: one makes the person, the others are stale and leave nothing', async () => {
    const before = await count('people', 'true')
    const outcomes = await onAll(async (store) => {
      const known = await conversationOf(store, SITI)
      return store.commitTurn(turn(known))
    })
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect((await count('people', 'true')) - before).toBe(1)
  })

  test('the same message everywhere is committed once, and a duplicate elsewhere', async () => {
    const sms = message(someone(1))
    const outcomes = await onAll(async (store) => {
      const known = await conversationOf(store, sms.from)
      const record: Partial<TurnRecord> = { inbound: inbound(sms.from, { message: sms }) }
      return store.commitTurn(turn(known, record))
    })
    expect(outcomes.sort()).toEqual(['committed', 'duplicate', 'duplicate', 'duplicate'])
  })
})

test('of people who are given the same number, one files under it', async () => {
  const outcomes = await onAll(async (store, i) => {
    const known = await conversationOf(store, someone(10 + i))
    const changes = [
      { expectVersion: 0, complaint: complaint(TICKET), events: [event()], tallies: [] },
    ]
    return store.commitTurn(turn(known, { changes, links: [{ ticket: TICKET, reporter: true }] }))
  })
  expect(outcomes.sort()).toEqual(['committed', 'ticket-taken', 'ticket-taken', 'ticket-taken'])
  expect(await count('events', `ticket = '${TICKET}'`)).toBe(1)
  expect(await count('addresses', "digest = ''")).toBe(0)
})

test('of moves decided on the same version, one is made, with its words', async () => {
  const before = await file(one(), someone(20), '20000003')
  const outcomes = await onAll((store, i) =>
    store.commitMove({
      now: NOW,
      changes: [moved(before, { state: 'assigned' }, { move: 'assign', note: `by ${i}` })],
      outbound: [],
    }),
  )
  expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
  expect(await count('notes', "text like 'by %'")).toBe(1)
})

describe('a clock', () => {
  const step = (filed: Awaited<ReturnType<typeof file>>, began: boolean) => ({
    ticket: filed.ticket,
    expectVersion: filed.version,
    clock: 'verify' as const,
    expectNextAt: began ? (filed.clocks[0]?.nextAt ?? null) : null,
    complaint: { ...filed, clocks: [clock('verify', { step: 1, nextAt: later(MINUTE) })] },
  })

  test('takes its step in exactly one process, with what is said because of it', async () => {
    const filed = await file(one(), someone(30), NEXT_TICKET)
    const { addressId } = await conversationOf(one(), someone(30))
    const outcomes = await onAll((store) =>
      store.commitClocks([step(filed, true)], [outbound(addressId, { text: 'the step' })]),
    )
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect(await count('outbox', "text = 'the step'")).toBe(1)
  })

  test('begins in exactly one process', async () => {
    const filed = await file(one(), someone(31), '20000004', { clocks: [] })
    const outcomes = await onAll((store) => store.commitClocks([step(filed, false)], []))
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect(await count('clocks', "ticket = '20000004'")).toBe(1)
  })
})

describe('an address we only write to', () => {
  test('is made once, whoever asks first', async () => {
    const rows = await onAll((store, i) =>
      store.ensureAddress(someone(40), { personId: `p${i}`, addressId: `a${i}` }, NOW),
    )
    expect(new Set(rows.map((row) => row.addressId)).size).toBe(1)
  })
})

describe('receipts', () => {
  test('that race the settlement of their message are never lost, nor move it back', async () => {
    for (let round = 0; round < 10; round++) {
      const person = someone(50 + round)
      await post(one(), person, {})
      const [row] = (await lease(one())).filter(({ address }) => address === person)
      if (row === undefined) throw new Error('nothing leased')
      const providerId = `R-${round}`
      const settled = { status: 'sent', account: 'twilio', providerIds: [providerId], at: NOW }
      const told = (status: 'sent' | 'delivered' | 'read') => (store: Store | undefined) =>
        store?.recordReceipt(receipt(providerId, { status }), NOW, NOW)
      await Promise.all([
        one().settle(row.id, row.lease, { ...settled, status: 'sent' }),
        told('delivered')(stores[1]),
        told('read')(stores[2]),
        told('sent')(stores[3]),
      ])
      expect(await count('outbox', `id = '${row.id}' and status = 'read'`)).toBe(1)
      expect(await count('attempts', `provider_id = '${providerId}' and outbound_id is null`)).toBe(
        0,
      )
    }
  })

  test('of the parts of one message, heard by several processes, make it delivered', async () => {
    for (let round = 0; round < 10; round++) {
      const person = someone(70 + round)
      await post(one(), person, {})
      const [row] = (await lease(one())).filter(({ address }) => address === person)
      if (row === undefined) throw new Error('nothing leased')
      const providerIds = stores.map((_, part) => `Q-${round}-${part}`)
      const settled = { status: 'sent', account: 'twilio', providerIds, at: NOW } as const
      await one().settle(row.id, row.lease, settled)
      await onAll((store, part) => store.recordReceipt(receipt(`Q-${round}-${part}`), NOW, NOW))
      expect(await count('outbox', `id = '${row.id}' and status = 'delivered'`)).toBe(1)
    }
  })
})
