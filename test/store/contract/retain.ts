// Retention: what is over for long is parted from its people, what belongs to no complaint goes; counted first, then done.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { RetentionCounts } from '../../../src/store/privacy-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  inbound,
  later,
  message,
  moved,
  NOW,
  post,
  receipt,
  SITI,
  say,
  sendAll,
  turn,
} from '../given.ts'

const AMIR: Address = 'sms:+628110000003'
const TICKET = '12345670'
const OTHER = '10000003'
const RULES = { identityDays: 365, textDays: 30, onDuty: [] }

type Rules = Parameters<Store['retain']>[0]

/** All batches, one row at a time where nothing else is said: what is true of one is true of a thousand. */
async function retain(
  store: Store,
  at: Date,
  given: { dryRun?: boolean; limit?: number; rules?: Rules } = {},
) {
  const { dryRun = false, limit = 1, rules = RULES } = given
  const sum: Record<keyof RetentionCounts, number> = {
    complaints: 0,
    messages: 0,
    addresses: 0,
    providerIds: 0,
    receipts: 0,
  }
  let from: string | null = null
  do {
    const { next, ...counts } = await store.retain(rules, at, { dryRun, limit, from })
    for (const name of Object.keys(sum) as (keyof RetentionCounts)[]) sum[name] += counts[name]
    from = next
  } while (from !== null)
  return sum
}

const NOTHING = { complaints: 0, messages: 0, addresses: 0, providerIds: 0, receipts: 0 }

/** Files for Budi and closes it at once. */
async function filedAndClosed(store: Store, ticket = TICKET) {
  const filed = await file(store, BUDI, ticket, { text: 'lamp out, call 081234567890' })
  const closed = { state: 'closed', closedAt: NOW, clocks: [] } as const
  const change = moved(filed, closed, { move: 'close', note: 'call 081234567890' })
  await store.commitMove({ now: NOW, changes: [change], outbound: [] })
}

export function describeRetain(inStore: InStore): void {
  describe('retention of a complaint', () => {
    test(
      'parts it from its people on the day, not before',
      inStore(async (store) => {
        await filedAndClosed(store)
        await post(store, BUDI, { ticket: TICKET })
        await sendAll(store)
        expect(await retain(store, later(365 * DAY - 1))).toEqual({ ...NOTHING, messages: 1 })
        expect(await store.listeners(TICKET)).toHaveLength(1)
        expect(await retain(store, later(365 * DAY))).toMatchObject({ complaints: 1, addresses: 1 })
        expect(await store.listeners(TICKET)).toEqual([])
        const kept = await store.caseFile(TICKET)
        expect(kept?.messages).toEqual([])
        expect(kept?.complaint).toMatchObject({ text: 'lamp out, call ****', state: 'closed' })
        expect(kept?.history.at(-1)?.note).toBe('call ****')
        expect((await conversationOf(store, BUDI)).version).toBe(0)
      }),
    )

    test(
      'leaves the address of whoever has another one',
      inStore(async (store) => {
        await filedAndClosed(store)
        await file(store, BUDI, OTHER)
        expect(await retain(store, later(400 * DAY))).toMatchObject({ complaints: 1, addresses: 0 })
        expect((await store.listeners(OTHER)).map(({ address }) => address)).toEqual([BUDI])
      }),
    )

    test(
      'comes once',
      inStore(async (store) => {
        await filedAndClosed(store)
        await retain(store, later(400 * DAY))
        expect(await retain(store, later(800 * DAY))).toEqual(NOTHING)
      }),
    )
  })

  describe('retention of what belongs to no complaint', () => {
    test(
      'takes messages in and out after their days, and then whoever never filed',
      inStore(async (store) => {
        await post(store, BUDI, { text: 'hello' })
        await sendAll(store)
        expect(await retain(store, later(30 * DAY - 1))).toEqual(NOTHING)
        expect((await conversationOf(store, BUDI)).version).toBe(1)
        expect(await retain(store, later(30 * DAY))).toEqual({
          ...NOTHING,
          messages: 2,
          addresses: 1,
        })
        expect((await conversationOf(store, BUDI)).version).toBe(0)
      }),
    )

    test(
      'leaves what is about a complaint, what nobody could read yet, and what still waits to be sent',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, AMIR, { inbound: inbound(AMIR, { stuck: 'TypeError' }) })
        await post(store, SITI, { expiresAt: later(100 * DAY) })
        expect(await retain(store, later(40 * DAY))).toEqual({ ...NOTHING, messages: 1 })
        expect(await store.stuck(10)).toHaveLength(1)
        expect((await store.caseFile(TICKET))?.messages).toHaveLength(1)
        expect((await sendAll(store, later(40 * DAY))).map(({ address }) => address)).toEqual([
          SITI,
        ])
      }),
    )

    test(
      'leaves an address on duty',
      inStore(async (store) => {
        await store.ensureAddress(BUDI, { personId: 'p', addressId: 'a' }, NOW)
        const rules = { ...RULES, onDuty: [BUDI] }
        expect(await retain(store, later(40 * DAY), { rules })).toEqual(NOTHING)
        expect(await retain(store, later(40 * DAY))).toMatchObject({ addresses: 1 })
      }),
    )

    test(
      'keeps a block of whoever it forgets',
      inStore(async (store) => {
        await say(store, BUDI, { blockedAt: NOW })
        await retain(store, later(40 * DAY))
        expect(await conversationOf(store, BUDI)).toMatchObject({ version: 0, blockedAt: NOW })
      }),
    )

    test(
      'takes the digests of erased ids and receipts that never found their message',
      inStore(async (store) => {
        const known = await conversationOf(store, BUDI)
        const first = message(BUDI)
        const record = turn(known, { inbound: inbound(BUDI, { message: first }) })
        await store.commitTurn({ ...record, erase: { onDuty: [] } })
        await store.recordReceipt(receipt('X'), NOW, NOW)
        expect(await retain(store, later(31 * DAY))).toEqual({
          ...NOTHING,
          providerIds: 1,
          receipts: 1,
        })
        expect((await store.counts(NOW)).orphanReceipts).toBe(0)
        expect(await say(store, BUDI, { inbound: inbound(BUDI, { message: first }) })).toBe(
          'committed',
        )
      }),
    )
  })

  test(
    'a dry run counts the same, whatever the size of its batches, and changes nothing',
    inStore(async (store) => {
      await filedAndClosed(store)
      await filedAndClosed(store, OTHER)
      await post(store, BUDI, { text: 'hello' }, { text: 'again' })
      await post(store, SITI, { text: 'hello' })
      while ((await sendAll(store)).length > 0);
      const at = later(400 * DAY)
      const counted = await retain(store, at, { dryRun: true })
      expect(await retain(store, at, { dryRun: true, limit: 100 })).toEqual(counted)
      expect((await conversationOf(store, BUDI)).version).toBe(3)
      expect(await retain(store, at, { limit: 3 })).toEqual(counted)
      expect(counted).toEqual({ ...NOTHING, complaints: 2, messages: 5, addresses: 2 })
      expect(await retain(store, at, { dryRun: true })).toEqual(NOTHING)
    }),
  )
}
