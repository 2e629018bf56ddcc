// Turns, moves, clock steps and receipts of several processes at once: of two that clash exactly one is kept.
// Each store here is a process of its own, as far as the database can tell.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/store.ts'
import type { TurnRecord } from '../../../src/store/turn-port.ts'
import { freshDatabase, withDatabase } from '../../support/postgres.ts'
import { enrol, held, invite, remove, useCode } from '../enrolled.ts'
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

describe('those who act on complaints', () => {
  const staffed = async () => (await one().staff()).map(({ number, name }) => [number, name])

  test('come in by a code once, whichever process they ask', async () => {
    await one().invite(invite('ABCD2345'), NOW)
    const outcomes = await onAll((store, i) => useCode(store, someone(90 + i), 'ABCD2345'))
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect(await staffed()).toEqual([[1, 'Rina']])
  })

  test('who come in at once get numbers of their own', async () => {
    const names = stores.map((_, i) => `Amir ${i}`)
    for (const name of names) await one().invite(invite(name, { name }), NOW)
    const outcomes = await onAll((store, i) => useCode(store, someone(80 + i), `Amir ${i}`))
    expect(new Set(outcomes)).toEqual(new Set(['committed']))
    const numbers = (await staffed()).slice(1).map(([number]) => number)
    expect(numbers).toEqual([2, 3, 4, 5])
  })

  test('are removed once, whatever else they do at that moment', async () => {
    const dewi = await enrol(one(), someone(95), { name: 'Dewi' })
    const before = await held(one(), '20000009', dewi.id)
    const known = await conversationOf(one(), someone(95))
    const note = moved(before, {}, { move: 'note', note: 'on my way' })
    const theirs = turn(known, { changes: [note] })
    const outcomes = await onAll((store, i) =>
      i === 0 ? store.commitTurn(theirs) : remove(store, dewi.id, someone(100 + i)),
    )
    expect(outcomes.slice(1).sort()).toEqual(['committed', 'stale', 'stale'])
    expect((await one().complaint('20000009'))?.holder).toBeNull()
    expect((await conversationOf(one(), someone(95))).staff).toBeNull()
  })

  test('are pinged in an hour by exactly one process', async () => {
    const { addressId } = await conversationOf(one(), someone(95))
    const told = () => [outbound(addressId, { text: 'pinged' })]
    const outcomes = await onAll((store, i) => {
      const people = i % 2 === 0 ? ['a', 'b'] : ['b', 'a']
      return store.commitClocks([], told(), { hour: '08', people })
    })
    expect(outcomes.sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect(await count('outbox', "text = 'pinged'")).toBe(1)
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
