// Attachments as they go out: of a case for its readers, of an answer on to whose case it is, and of nobody erased.

import { describe, expect, test } from '@jest/globals'
import type { Enclosure, MediaRef } from '../../../src/message.ts'
import type { Duty } from '../../../src/store/media-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  inbound,
  later,
  lease,
  MINUTE,
  message,
  NOW,
  outbound,
  PHOTO,
  post,
  SITI,
  say,
  turn,
} from '../given.ts'

const TICKET = '12345670'
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const HERE = { lat: -3.3, lon: 114.6 }
const OFFICER = SITI

const enclosed = (digest: string): Enclosure => ({
  ...{ kind: 'photo', digest, contentType: 'image/jpeg', gone: '(gone)' },
})
const kept = (digest: string) => ({ kind: 'photo', digest, contentType: 'image/jpeg' })

/** A message with one attachment of this id and handle. */
function brings(
  store: Store,
  address: typeof BUDI,
  id: string,
  { duty, ticket = null }: { readonly duty?: Duty; readonly ticket?: string | null } = {},
) {
  const ref: MediaRef = { ...PHOTO, id: `handle-${id}` }
  const media = [{ id, part: 0, ref, until: later(DAY), ...(duty === undefined ? {} : { duty }) }]
  const words = message(address, { media: [ref] })
  // Each a moment after the one before it.
  const receivedAt = later(Number(id.slice(1)))
  return say(store, address, {
    inbound: inbound(address, { message: words, ticket, receivedAt }),
    media,
  })
}

/** What waits to be fetched is fetched, and put under this digest. */
async function keep(store: Store, digest: string, position: typeof HERE | null = null) {
  const [row] = await store.leaseMedia(NOW, MINUTE, 1)
  if (row === undefined) throw new Error('nothing was leased')
  expect(await store.claimMedia(row.id, row.lease, digest, NOW)).toBe('ours')
  const stored = { status: 'stored', contentType: 'image/jpeg', bytes: 9, position } as const
  expect(await store.settleMedia(row.id, row.lease, stored, { digest, now: NOW })).toBe(true)
}

async function forget(store: Store, address: typeof BUDI, onDuty: readonly (typeof BUDI)[] = []) {
  const known = await conversationOf(store, address)
  return store.commitTurn(turn(known, { erase: { onDuty } }))
}

const toBudi = async (store: Store, id: string) =>
  outbound((await conversationOf(store, BUDI)).addressId, {
    ...{ id, lane: 'notice', kind: 'files', ticket: TICKET, attachments: [enclosed(A)] },
  })

export function describeMediaSending(inStore: InStore): void {
  describe('attachments that go out', () => {
    test(
      'go with their message, as they were put in',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', attachments: [enclosed(A), enclosed(B)] })
        await post(store, SITI, { id: 'two' })
        const rows = new Map((await lease(store)).map((row) => [row.id, row.attachments]))
        expect(rows.get('one')).toEqual([enclosed(A), enclosed(B)])
        expect(rows.get('two')).toEqual([])
      }),
    )

    test(
      'of a case are those that are stored, each from its side',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, BUDI, 'm1', { ticket: TICKET })
        await keep(store, A)
        await brings(store, OFFICER, 'm2', { ticket: TICKET, duty: 'keep' })
        await keep(store, B)
        await brings(store, BUDI, 'm3', { ticket: TICKET })
        expect(await store.attachmentsOf(TICKET)).toEqual([
          { ...kept(A), from: 'citizen', told: false },
          { ...kept(B), from: 'staff', told: false },
        ])
        expect(await store.toSendOn(9)).toEqual([])
      }),
    )

    test(
      'with an answer are to be sent on once they are stored, and are sent on once',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, OFFICER, 'm1', { ticket: TICKET, duty: 'pass' })
        expect(await store.toSendOn(9)).toEqual([])
        await keep(store, A, HERE)
        expect(await store.toSendOn(9)).toEqual([{ id: 'm1', ticket: TICKET, file: kept(A) }])
        // Where an officer took it is asked of nobody.
        expect(await store.mediaNews(NOW, 9)).toEqual([])
        expect(await store.sendOn(['m1'], [await toBudi(store, 'one')])).toBe('committed')
        expect(await store.sendOn(['m1'], [await toBudi(store, 'two')])).toBe('stale')
        expect((await lease(store)).map(({ id }) => id)).toEqual(['one'])
        expect(await store.toSendOn(9)).toEqual([])
        expect(await store.attachmentsOf(TICKET)).toMatchObject([{ from: 'staff', told: true }])
      }),
    )

    test(
      'that came before the answer they belong to are sent on as well',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, OFFICER, 'm1')
        await keep(store, A, HERE)
        const attaches = [{ ticket: TICKET, handle: 'handle-m1', duty: 'pass' }] as const
        await say(store, OFFICER, { attaches })
        expect(await store.toSendOn(9)).toEqual([{ id: 'm1', ticket: TICKET, file: kept(A) }])
        expect(await store.mediaNews(NOW, 9)).toEqual([])
        // Told once more by whoever decides again, it is not sent twice.
        await store.sendOn(['m1'], [])
        await say(store, OFFICER, { attaches })
        expect(await store.toSendOn(9)).toEqual([])
      }),
    )

    test(
      'are named nowhere once their sender is erased, and a message that waits goes without them',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, BUDI, 'm1', { ticket: TICKET })
        await keep(store, A)
        expect(await store.isKept(A)).toBe(true)
        await post(store, OFFICER, { id: 'one', ticket: TICKET, attachments: [enclosed(A)] })
        await forget(store, BUDI)
        expect(await store.isKept(A)).toBe(false)
        expect(await store.leaseWipes(NOW, MINUTE, 9)).toEqual([A])
        const [row] = (await lease(store)).filter(({ id }) => id === 'one')
        expect(row?.attachments).toEqual([enclosed('')])
      }),
    )

    test(
      'stay for as long as somebody else has the same file',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, BUDI, 'm1', { ticket: TICKET })
        await keep(store, A)
        await brings(store, OFFICER, 'm2', { ticket: TICKET, duty: 'keep' })
        await keep(store, A)
        await post(store, OFFICER, { id: 'one', ticket: TICKET, attachments: [enclosed(A)] })
        await forget(store, BUDI)
        const [row] = (await lease(store)).filter(({ id }) => id === 'one')
        expect([row?.attachments, await store.isKept(A)]).toEqual([[enclosed(A)], true])
      }),
    )

    test(
      'of somebody on duty are not theirs to erase as a citizen',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await brings(store, OFFICER, 'm1', { ticket: TICKET, duty: 'keep' })
        await keep(store, A)
        await brings(store, OFFICER, 'm2')
        await keep(store, B)
        await forget(store, OFFICER, [OFFICER])
        expect([await store.isKept(A), await store.isKept(B)]).toEqual([true, false])
      }),
    )

    test(
      'a part that went is written down, and the rest may go at once',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', attachments: [enclosed(A)] })
        const [row] = await lease(store)
        await store.settle('one', row?.lease ?? '', {
          ...{ status: 'partly', account: 'twilio', providerIds: ['P1'], nextPart: 1 },
          ...{ retryAt: NOW, reason: 'part of it went', counts: false },
        })
        expect(await lease(store)).toMatchObject([{ id: 'one', nextPart: 1, attempts: 0 }])
      }),
    )
  })
}
