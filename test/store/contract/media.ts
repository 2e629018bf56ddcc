// Attachments: kept with their message, fetched by one, told once, and gone from the folder when nobody needs them.

import { describe, expect, test } from '@jest/globals'
import type { MediaRef } from '../../../src/message.ts'
import type { RetentionBatch } from '../../../src/store/privacy-port.ts'
import type { Store } from '../../../src/store/store.ts'
import type { TurnRecord } from '../../../src/store/turn-port.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  inbound,
  later,
  MINUTE,
  message,
  moved,
  NOW,
  PHOTO,
  SITI,
  say,
  turn,
} from '../given.ts'

const TICKET = '12345670'
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const HERE = { lat: -3.3, lon: 114.6 }

/** A message with these attachments; the first has the id `m0`. */
async function send(
  store: Store,
  address = BUDI,
  refs: readonly MediaRef[] = [PHOTO],
  change: Partial<TurnRecord> = {},
  ticket: string | null = null,
) {
  const media = refs.map((ref, part) => ({ id: `m${part}`, part, ref, until: later(DAY) }))
  const words = message(address, { media: refs })
  return say(store, address, {
    inbound: inbound(address, { message: words, ticket }),
    media,
    ...change,
  })
}

async function leased(store: Store, now = NOW) {
  const [row] = await store.leaseMedia(now, MINUTE, 9)
  if (row === undefined) throw new Error('nothing was leased')
  return row
}

/** Fetched and put under this digest. */
async function keep(store: Store, digest: string, position: typeof HERE | null = null) {
  const { id, lease } = await leased(store)
  expect(await store.claimMedia(id, lease, digest, NOW)).toBe('ours')
  const stored = { status: 'stored', contentType: 'image/jpeg', bytes: 9, position } as const
  return store.settleMedia(id, lease, stored, { digest, now: NOW })
}

async function forget(store: Store, address = BUDI, now = NOW) {
  const known = await conversationOf(store, address)
  return store.commitTurn(turn(known, { now, erase: { onDuty: [] } }))
}

const wipes = (store: Store, now = NOW) => store.leaseWipes(now, MINUTE, 9)

/** Its sender is erased while it is being fetched: the file may come as long as the lease lasts. */
async function forgetInHand(store: Store) {
  await send(store)
  const row = await leased(store)
  await store.claimMedia(row.id, row.lease, A, NOW)
  await forget(store)
  expect(await wipes(store)).toEqual([])
  return row
}

export function describeMedia(inStore: InStore): void {
  describe('attachments', () => {
    test(
      'are to be fetched from the turn on that brought them, each by one process',
      inStore(async (store) => {
        await send(store, BUDI, [PHOTO, { ...PHOTO, id: 'M2', kind: 'voice', sha256: A }])
        const both = await store.leaseMedia(NOW, MINUTE, 9)
        expect(
          both.map(({ id, ref, account, attempts }) => [id, ref.id, account, attempts]),
        ).toEqual([
          ['m0', 'M1', 'twilio', 0],
          ['m1', 'M2', 'twilio', 0],
        ])
        expect(both[1]?.ref).toMatchObject({ kind: 'voice', sha256: A })
        expect(await store.leaseMedia(NOW, MINUTE, 9)).toEqual([])
        const again = await store.leaseMedia(later(MINUTE), MINUTE, 9)
        expect(again.map(({ attempts }) => attempts)).toEqual([1, 1])
      }),
    )

    test(
      'of a message that is told again are kept once',
      inStore(async (store) => {
        const twice = inbound(BUDI, { message: message(BUDI, { media: [PHOTO] }) })
        await send(store, BUDI, [PHOTO], { inbound: twice })
        expect(await send(store, BUDI, [PHOTO], { inbound: twice })).toBe('duplicate')
        expect(await store.leaseMedia(NOW, MINUTE, 9)).toHaveLength(1)
      }),
    )

    test(
      'come again when they are said to, and their last holder settles nothing',
      inStore(async (store) => {
        await send(store)
        const first = await leased(store)
        const retry = { status: 'retry', retryAt: later(MINUTE), reason: 'HTTP 503' } as const
        const nothing = { digest: null, now: NOW }
        expect(await store.settleMedia(first.id, first.lease, retry, nothing)).toBe(true)
        expect(await store.leaseMedia(later(MINUTE - 1), MINUTE, 9)).toEqual([])
        expect((await store.counts(later(MINUTE))).media).toEqual({
          wanted: 1,
          oldestSeconds: 60,
          failing: 0,
          wipes: 0,
        })
        const second = await leased(store, later(MINUTE))
        expect(await store.settleMedia(first.id, first.lease, retry, nothing)).toBe(false)
        expect(await store.claimMedia(first.id, first.lease, A, NOW)).toBe('gone')
        expect(await store.settleMedia(second.id, second.lease, retry, nothing)).toBe(true)
      }),
    )

    test(
      'that are refused are told of once',
      inStore(async (store) => {
        await send(store)
        const { id, lease } = await leased(store)
        const refused = { status: 'refused', reason: 'unknown-type' } as const
        await store.settleMedia(id, lease, refused, { digest: null, now: NOW })
        const news = { type: 'refused', reason: 'unknown-type' }
        expect(await store.mediaNews(NOW, 9)).toEqual([
          { id, address: BUDI, account: 'twilio', kind: 'photo', handle: 'M1', ticket: null, news },
        ])
        expect(await say(store, BUDI, { inbound: null, toldMedia: id })).toBe('committed')
        expect(await say(store, BUDI, { inbound: null, toldMedia: id })).toBe('duplicate')
        expect(await store.mediaNews(NOW, 9)).toEqual([])
        expect(await store.leaseMedia(later(DAY), MINUTE, 9)).toEqual([])
      }),
    )

    test(
      'that an edited message brings again are fetched once, and what it brings anew as well',
      inStore(async (store) => {
        await send(store)
        const refused = { status: 'refused', reason: 'unknown-type' } as const
        const { id, lease } = await leased(store)
        await store.settleMedia(id, lease, refused, { digest: null, now: NOW })
        await say(store, BUDI, { inbound: null, toldMedia: id })
        const refs = [PHOTO, { ...PHOTO, id: 'M2' }]
        const words = message(BUDI, { media: refs, edits: '1:1' })
        const media = refs.map((ref, part) => ({ id: `e${part}`, part, ref, until: later(DAY) }))
        await say(store, BUDI, { inbound: inbound(BUDI, { message: words }), media })
        expect(await store.mediaNews(NOW, 9)).toEqual([])
        expect(await store.leaseMedia(NOW, MINUTE, 9)).toMatchObject([{ id: 'e1' }])
      }),
    )

    test(
      'that say where they were taken are told of, with the complaint they belong to by then',
      inStore(async (store) => {
        await send(store)
        await keep(store, A, HERE)
        await file(store, BUDI, TICKET)
        await say(store, BUDI, { attaches: [{ ticket: TICKET, handle: 'M1' }] })
        const [news] = await store.mediaNews(NOW, 9)
        expect(news).toMatchObject({ ticket: TICKET, news: { type: 'position', position: HERE } })
      }),
    )

    test(
      'of a stuck message belong to the complaint that is filed when it is decided again',
      inStore(async (store) => {
        const stuck = inbound(BUDI, { outcome: 'stuck', stuck: 'TypeError' })
        const words = { ...stuck, message: { ...stuck.message, media: [PHOTO] } }
        await send(store, BUDI, [PHOTO], { inbound: words })
        await file(store, BUDI, TICKET)
        const decided = { ...words, ticket: TICKET, outcome: 'answered', stuck: null }
        expect(await send(store, BUDI, [PHOTO], { inbound: decided, replay: true })).toBe(
          'committed',
        )
        await keep(store, A, HERE)
        expect(await store.mediaNews(NOW, 9)).toMatchObject([{ id: 'm0', ticket: TICKET }])
      }),
    )

    test(
      'leave their file to be removed when their sender is erased',
      inStore(async (store) => {
        await send(store)
        expect(await keep(store, A)).toBe(true)
        expect(await wipes(store)).toEqual([])
        await forget(store)
        expect(await wipes(store)).toEqual([A])
        expect(await wipes(store)).toEqual([])
        // Whoever was to remove it has died: somebody else does.
        expect(await wipes(store, later(MINUTE))).toEqual([A])
        await store.wiped(A)
        expect(await wipes(store, later(DAY))).toEqual([])
      }),
    )

    test(
      'leave a file where it is that somebody else sent too',
      inStore(async (store) => {
        await send(store)
        await keep(store, A)
        await send(store, SITI, [PHOTO], {
          media: [{ id: 's0', part: 0, ref: PHOTO, until: later(DAY) }],
        })
        await keep(store, A)
        await forget(store)
        expect(await wipes(store)).toEqual([])
        await forget(store, SITI)
        expect(await wipes(store)).toEqual([A])
      }),
    )

    test(
      'that are being fetched when their sender is erased leave nothing behind',
      inStore(async (store) => {
        const { id, lease } = await forgetInHand(store)
        const stored = { status: 'stored', contentType: 'x', bytes: 1, position: null } as const
        expect(await store.settleMedia(id, lease, stored, { digest: A, now: NOW })).toBe(false)
        // It came, and nothing more will: nobody has to wait for the lease.
        expect(await wipes(store)).toEqual([A])
        expect(await store.claimMedia(id, lease, B, NOW)).toBe('gone')
      }),
    )

    test(
      'in the hand of a process that was killed leave nothing behind when their sender is erased',
      inStore(async (store) => {
        await forgetInHand(store)
        expect(await wipes(store, later(MINUTE))).toEqual([A])
      }),
    )

    test(
      'are not stored while the same file is being removed, and afterwards they are',
      inStore(async (store) => {
        await send(store)
        await keep(store, A)
        await forget(store)
        await wipes(store)
        await send(store, SITI)
        const { id, lease } = await leased(store)
        expect(await store.claimMedia(id, lease, A, NOW)).toBe('busy')
        await store.wiped(A)
        expect(await store.claimMedia(id, lease, A, NOW)).toBe('ours')
      }),
    )

    test(
      'that come again before their file is removed keep it',
      inStore(async (store) => {
        await send(store)
        await keep(store, A)
        await forget(store)
        await send(store, SITI)
        expect(await keep(store, A)).toBe(true)
        expect(await wipes(store)).toEqual([])
      }),
    )

    test(
      'that became another file at the second attempt leave the first to be removed',
      inStore(async (store) => {
        await send(store)
        const { id, lease } = await leased(store)
        await store.claimMedia(id, lease, A, NOW)
        expect(await store.claimMedia(id, lease, B, NOW)).toBe('ours')
        expect(await wipes(store)).toEqual([A])
        const refused = { status: 'refused', reason: 'lost' } as const
        await store.settleMedia(id, lease, refused, { digest: B, now: NOW })
        expect(await wipes(store)).toEqual([B])
      }),
    )

    test(
      'go with their complaint, or with a message that belongs to none',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        await send(store, BUDI, [PHOTO], {}, TICKET)
        await keep(store, A)
        const other = [{ id: 's0', part: 0, ref: PHOTO, until: later(DAY) }]
        await send(store, SITI, [PHOTO], { media: other })
        await keep(store, B)
        await store.commitMove({
          now: NOW,
          changes: [
            moved(filed, { state: 'closed', closedAt: NOW, clocks: [] }, { move: 'close' }),
          ],
          outbound: [],
        })
        const rules = { identityDays: 30, textDays: 10, onDuty: [] }
        const run = async (now: Date) => {
          let from: string | null = null
          do {
            const how = { dryRun: false, limit: 100, from }
            const batch: RetentionBatch = await store.retain(rules, now, how)
            from = batch.next
          } while (from !== null)
          return wipes(store, now)
        }
        expect(await run(later(11 * DAY))).toEqual([B])
        expect(await run(later(31 * DAY))).toContain(A)
      }),
    )
  })
}
