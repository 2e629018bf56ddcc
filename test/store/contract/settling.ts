// settle: what became of one attempt, fenced by the lease it was made under.

import { describe, expect, test } from '@jest/globals'
import type { Leased, Settlement } from '../../../src/store/outbox-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  HOUR,
  type InStore,
  LEASE_MS,
  later,
  lease,
  MIDNIGHT,
  MINUTE,
  NOW,
  post,
  receipt,
  sendAll,
} from '../given.ts'

const RETRY = { status: 'retry', reason: 'busy', counts: true } as const
const FAILED = { status: 'failed', reason: 'no such number', at: NOW, account: 'twilio' } as const

/** Posts two replies and leases the first. */
async function twoWaiting(store: Store): Promise<Leased> {
  await post(store, BUDI, { id: 'one', segments: 2 }, { id: 'two' })
  const [row] = await lease(store)
  if (row === undefined) throw new Error('nothing was leased')
  return row
}

const failed = (id: string) => receipt(id, { status: 'failed', failure: 'transient' })
const settle = (store: Store, row: Leased, settlement: Settlement) =>
  store.settle(row.id, row.lease, settlement)
const heads = async (store: Store, now: Date) => (await lease(store, now)).map((row) => row.id)

export function describeSettling(inStore: InStore): void {
  describe('an attempt', () => {
    test(
      'settled under a lease that somebody else has now changes nothing',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        const [again] = await lease(store, later(LEASE_MS))
        expect(await settle(store, row, { ...FAILED, optedOut: true })).toBe(false)
        expect((await store.counts(NOW)).failed).toBe(0)
        expect(again?.id).toBe('one')
        expect(await store.settle('nothing', row.lease, { ...FAILED, optedOut: false })).toBe(false)
      }),
    )

    test(
      'settled late under the last lease still counts',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        const sent: Settlement = {
          status: 'sent',
          account: 'twilio',
          providerIds: ['P1'],
          at: later(2 * LEASE_MS),
        }
        expect(await settle(store, row, sent)).toBe(true)
        expect(await settle(store, row, sent)).toBe(false)
        expect(await heads(store, later(2 * LEASE_MS))).toEqual(['two'])
      }),
    )

    test(
      'to be made again keeps its place and holds up those behind',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, { ...RETRY, retryAt: later(MINUTE) })
        expect(await heads(store, later(MINUTE - 1))).toEqual([])
        const [again] = await lease(store, later(MINUTE))
        expect(again).toMatchObject({ id: 'one', attempts: 1 })
        await settle(store, again as Leased, { ...RETRY, retryAt: later(HOUR), counts: false })
        expect((await lease(store, later(HOUR)))[0]).toMatchObject({ id: 'one', attempts: 1 })
      }),
    )

    test(
      'that was put off lets those behind go',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, { status: 'put-off', dueAt: later(HOUR), reason: 'quiet hours' })
        expect(await heads(store, NOW)).toEqual(['two'])
        expect(await heads(store, later(HOUR))).toEqual(['one'])
      }),
    )

    test(
      'that failed for good lets those behind go',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, { ...FAILED, optedOut: false })
        expect(await heads(store, NOW)).toEqual(['two'])
        expect((await store.counts(NOW)).failed).toBe(1)
      }),
    )

    test(
      'that met an opt-out closes the account for this address',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, { ...FAILED, optedOut: true })
        expect((await lease(store))[0]).toMatchObject({ id: 'two', closed: true })
      }),
    )

    test(
      'that expired lets those behind go',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, { status: 'expired', at: NOW })
        expect(await heads(store, NOW)).toEqual(['two'])
        expect((await store.counts(NOW)).expired).toBe(1)
      }),
    )

    test(
      'that failed by its own account, but of which a receipt told that it arrived, has arrived',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await store.recordReceipt(receipt('P1', { messageId: 'one' }), NOW, NOW)
        expect(await settle(store, row, { ...FAILED, optedOut: false })).toBe(true)
        expect((await store.counts(NOW)).failed).toBe(0)
        expect(await heads(store, NOW)).toEqual(['two'])
      }),
    )

    test(
      'of which a part went goes on with the next part',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await settle(store, row, {
          status: 'partly',
          account: 'kannel',
          providerIds: ['P1', 'P2'],
          nextPart: 2,
          retryAt: later(MINUTE),
          reason: 'busy',
          counts: true,
        })
        expect(await heads(store, NOW)).toEqual([])
        const [rest] = await lease(store, later(MINUTE))
        expect(rest).toMatchObject({ id: 'one', nextPart: 2, attempts: 1, account: 'kannel' })
      }),
    )
  })

  describe('segments', () => {
    test(
      'are counted once when a receipt overtakes the send',
      inStore(async (store) => {
        const row = await twoWaiting(store)
        await store.recordReceipt(receipt('P-one', { messageId: 'one' }), NOW, NOW)
        const sent = { status: 'sent', account: 'twilio', providerIds: ['P-one'], at: NOW } as const
        await settle(store, row, sent)
        const use = await store.segmentsToday(row.addressId, 'twilio', MIDNIGHT)
        expect(use).toEqual({ person: 2, account: 2 })
      }),
    )

    test(
      'are counted when accepted, and again when sent again, for person and account, since midnight',
      inStore(async (store) => {
        const { addressId } = await conversationOf(store, BUDI)
        expect(await store.segmentsToday(addressId, 'twilio', MIDNIGHT)).toEqual({
          person: 0,
          account: 0,
        })
        const row = await twoWaiting(store)
        await settle(store, row, { ...RETRY, retryAt: later(1) })
        await sendAll(store, later(1))
        await sendAll(store, later(1))
        const use = await store.segmentsToday(row.addressId, 'twilio', MIDNIGHT)
        expect(use).toEqual({ person: 3, account: 3 })
        const other = await store.segmentsToday('somebody', 'kannel', MIDNIGHT)
        expect(other).toEqual({ person: 0, account: 0 })
        await store.recordReceipt(failed('P-two'), later(1), later(1))
        await sendAll(store, later(1))
        const again = await store.segmentsToday(row.addressId, 'twilio', MIDNIGHT)
        expect(again).toEqual({ person: 3, account: 4 })
        const tomorrow = new Date(MIDNIGHT.getTime() + DAY)
        const next = await store.segmentsToday(row.addressId, 'twilio', tomorrow)
        expect(next).toEqual({ person: 0, account: 0 })
      }),
    )
  })
}
