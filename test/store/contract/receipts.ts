// recordReceipt: early, late, twice, out of order, unknown. A status moves forward, never back.

import { describe, expect, test } from '@jest/globals'
import type { ReceiptStatus } from '../../../src/message.ts'
import type { Leased, ReceiptEffect } from '../../../src/store/outbox-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  type InStore,
  LEASE_MS,
  later,
  lease,
  MINUTE,
  NOW,
  post,
  receipt,
  sendAll,
} from '../given.ts'

const RETRY_AT = later(MINUTE)
type Told = Parameters<typeof receipt>[1]

const tell = (store: Store, providerId: string, told: Told): Promise<ReceiptEffect> =>
  store.recordReceipt(receipt(providerId, told), NOW, RETRY_AT)
const tellAll = async (store: Store, providerId: string, ...statuses: ReceiptStatus[]) => {
  const effects: ReceiptEffect[] = []
  for (const status of statuses) {
    const failure = status === 'failed' ? 'permanent' : null
    effects.push(await tell(store, providerId, { status, failure }))
  }
  return effects.map((effect) => [effect.status, effect.changed])
}

async function one(store: Store): Promise<Leased> {
  await post(store, BUDI, { id: 'one', ticket: null, kind: 'reply' })
  const [row] = await lease(store)
  if (row === undefined) throw new Error('nothing was leased')
  return row
}

const accept = (store: Store, row: Leased, ...providerIds: string[]) =>
  store.settle(row.id, row.lease, { status: 'sent', account: 'twilio', providerIds, at: NOW })

export function describeReceipts(inStore: InStore): void {
  describe('a message that was sent', () => {
    test(
      'is found with its part by the account and its provider id, and by nothing else',
      inStore(async (store) => {
        const row = await one(store)
        await accept(store, row, 'P1', 'P2')
        const { text } = row
        expect(await store.sentText('twilio', 'P2')).toEqual({ text, part: 1, files: 0 })
        expect(await store.sentText('kannel', 'P2')).toBeNull()
        expect(await store.sentText('twilio', 'P3')).toBeNull()
      }),
    )
  })

  describe('a receipt', () => {
    test(
      'moves a message forward, and the same one again changes nothing',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        expect(await tellAll(store, 'P1', 'sent', 'delivered', 'delivered', 'read')).toEqual([
          ['sent', false],
          ['delivered', true],
          ['delivered', false],
          ['read', true],
        ])
      }),
    )

    test(
      'that comes late moves nothing back',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        expect(await tellAll(store, 'P1', 'read', 'delivered', 'sent', 'failed')).toEqual([
          ['read', true],
          ['read', false],
          ['read', false],
          ['read', false],
        ])
      }),
    )

    test(
      'of failure is final, unless the message was delivered after all',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        expect(await tellAll(store, 'P1', 'failed', 'sent', 'failed', 'delivered')).toEqual([
          ['failed', true],
          ['failed', false],
          ['failed', false],
          ['delivered', true],
        ])
      }),
    )

    test(
      'for a message nobody knows is kept and counted, and joined when the send is settled',
      inStore(async (store) => {
        const row = await one(store)
        const effect = await tell(store, 'P1', { status: 'delivered' })
        expect(effect).toMatchObject({ known: false, outboundId: null, changed: false })
        expect((await store.counts(NOW)).orphanReceipts).toBe(1)
        await tell(store, 'P1', { status: 'sent' })
        await accept(store, row, 'P1')
        expect((await store.counts(NOW)).orphanReceipts).toBe(0)
        expect(await tellAll(store, 'P1', 'delivered')).toEqual([['delivered', false]])
      }),
    )

    test(
      'of a transient failure that overtook the send makes the message wait again',
      inStore(async (store) => {
        const row = await one(store)
        await tell(store, 'P1', { status: 'failed', failure: 'transient', code: '30008' })
        await accept(store, row, 'P1')
        expect(await lease(store, later(MINUTE - 1))).toEqual([])
        expect((await lease(store, RETRY_AT))[0]).toMatchObject({ id: 'one', attempts: 1 })
      }),
    )

    test(
      'by our own id finds its message before the send is settled, and settling keeps it',
      inStore(async (store) => {
        const row = await one(store)
        const effect = await tell(store, 'P1', { status: 'delivered', messageId: 'one' })
        expect(effect).toEqual({
          known: true,
          outboundId: 'one',
          kind: 'reply',
          ticket: null,
          status: 'delivered',
          changed: true,
        })
        expect(await accept(store, row, 'P1')).toBe(true)
        expect(await tellAll(store, 'P1', 'sent')).toEqual([['delivered', false]])
        expect(await lease(store, later(LEASE_MS))).toEqual([])
      }),
    )

    test(
      'by our own id settles an attempt whose outcome was unknown, without a second send',
      inStore(async (store) => {
        const row = await one(store)
        const unknown = { status: 'retry', reason: 'no answer', counts: true } as const
        await store.settle(row.id, row.lease, { ...unknown, retryAt: RETRY_AT })
        await tell(store, 'P1', { status: 'sent', messageId: 'one' })
        expect(await lease(store, RETRY_AT)).toEqual([])
        expect(await tellAll(store, 'P1', 'delivered')).toEqual([['delivered', true]])
      }),
    )

    test(
      'by an id that is not ours is kept as unknown',
      inStore(async (store) => {
        const effect = await tell(store, 'P1', { status: 'sent', messageId: 'not-ours' })
        expect(effect.known).toBe(false)
        expect((await store.counts(NOW)).orphanReceipts).toBe(1)
      }),
    )
  })

  describe('a failure told by a receipt', () => {
    test(
      'that may pass is tried again under a new provider id, and the old one no longer counts',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        const failed = { status: 'failed', failure: 'transient', code: '30003' } as const
        const effect = await tell(store, 'P1', failed)
        expect(effect).toMatchObject({ status: 'pending', changed: true })
        expect(await lease(store, later(MINUTE - 1))).toEqual([])
        await sendAll(store, RETRY_AT)
        expect(await tell(store, 'P1', failed)).toMatchObject({ status: 'sent', changed: false })
        expect(await tellAll(store, 'P-one', 'delivered')).toEqual([['delivered', true]])
      }),
    )

    test(
      'that may pass is not tried again when the message was delivered meanwhile',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        await tell(store, 'P1', { status: 'failed', failure: 'transient' })
        expect(await tellAll(store, 'P1', 'delivered')).toEqual([['delivered', true]])
        expect(await lease(store, RETRY_AT)).toEqual([])
      }),
    )

    test(
      'of an opt-out closes the account for this person',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        await tell(store, 'P1', { status: 'failed', failure: 'opted-out', code: '21610' })
        await post(store, BUDI, { id: 'two' })
        expect((await lease(store))[0]).toMatchObject({ id: 'two', closed: true })
        expect((await store.counts(NOW)).failed).toBe(1)
      }),
    )

    test(
      'because our account is suspended is no fault of the message',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1')
        await tell(store, 'P1', { status: 'failed', failure: 'suspended', code: '30002' })
        expect((await lease(store, RETRY_AT))[0]?.id).toBe('one')
      }),
    )

    test(
      'of one part sends the message again from that part on',
      inStore(async (store) => {
        await accept(store, await one(store), 'P1', 'P2', 'P3')
        await tellAll(store, 'P1', 'delivered')
        await tell(store, 'P2', { status: 'failed', failure: 'transient' })
        const [rest] = await lease(store, RETRY_AT)
        expect(rest).toMatchObject({ id: 'one', nextPart: 1 })
        await accept(store, rest as Leased, 'P4', 'P5')
        const old = await tell(store, 'P3', { status: 'failed', failure: 'transient' })
        expect(old).toMatchObject({ status: 'sent', changed: false })
        expect(await tellAll(store, 'P4', 'delivered', 'failed')).toEqual([
          ['sent', false],
          ['sent', false],
        ])
        expect(await tellAll(store, 'P5', 'delivered')).toEqual([['delivered', true]])
      }),
    )
  })
}
