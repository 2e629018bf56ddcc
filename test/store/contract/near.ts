// near(), and what a link that was only joined shows: where it stands, never whose it is, nothing once confidential.

import { describe, expect, test } from '@jest/globals'
import { type Complaint, NOWHERE } from '../../../src/complaints/complaint.ts'
import type { NearQuery } from '../../../src/complaints/likeness.ts'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  inbound,
  later,
  moved,
  NOW,
  post,
  SITI,
  say,
} from '../given.ts'

const TICKET = '12345670'
const OTHER = '23456780'
const OPEN = { confidential: false } as const
const QUERY: NearQuery = {
  category: 'street-light',
  class: 'complaint',
  kelurahan: 'Hulu',
  lat: null,
  lon: null,
  since: later(-14 * DAY),
}

async function nearFor(store: Store, from: Address, change: Partial<NearQuery> = {}) {
  const { personId } = await conversationOf(store, from)
  return (await store.near(personId, { ...QUERY, ...change })).map(({ ticket }) => ticket)
}

const join = (store: Store, ticket: string) =>
  say(store, SITI, { links: [{ ticket, reporter: false, support: true }] })

const joinedBy = async (store: Store) =>
  (await conversationOf(store, SITI)).supported.map(({ complaint }) => complaint.ticket)

function describeNear(inStore: InStore): void {
  describe('what is near', () => {
    test(
      'is told with its place and time, the oldest first, and nothing of who filed it',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET, OPEN)
        await file(store, BUDI, OTHER, { ...OPEN, filedAt: later(-DAY) })
        const { personId } = await conversationOf(store, SITI)
        expect(await store.near(personId, QUERY)).toEqual([
          { ticket: OTHER, place: filed.place, filedAt: later(-DAY) },
          { ticket: TICKET, place: filed.place, filedAt: NOW },
        ])
      }),
    )

    const not: readonly (readonly [string, Partial<Complaint>])[] = [
      ['of another category', { category: 'garbage' }],
      ['of another class', { class: 'information' }],
      ['in another kelurahan', { place: { ...NOWHERE, kelurahan: 'Hilir' } }],
      ['without a place', { place: NOWHERE }],
      ['confidential', { confidential: true }],
      ['over the limit', { overLimit: true }],
      ['older than was asked for', { filedAt: later(-15 * DAY) }],
      ['answered', { state: 'answered' }],
      ['closed', { state: 'closed', closedAt: NOW }],
      ['merged', { state: 'merged', closedAt: NOW }],
    ]
    test.each(not)('is none that is %s', (_, change) =>
      inStore(async (store) => {
        await file(store, BUDI, TICKET, { ...OPEN, ...change })
        expect(await nearFor(store, SITI)).toEqual([])
      })(),
    )

    test.each(['received', 'held', 'assigned', 'in_progress'] as const)('may be %s', (state) =>
      inStore(async (store) => {
        await file(store, BUDI, TICKET, { ...OPEN, state })
        expect(await nearFor(store, SITI)).toEqual([TICKET])
      })(),
    )

    test(
      'is none of their own, nor one they joined',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await file(store, SITI, OTHER, OPEN)
        expect(await nearFor(store, BUDI)).toEqual([OTHER])
        await join(store, TICKET)
        expect(await nearFor(store, SITI)).toEqual([])
      }),
    )

    test(
      'is anything with a pin for one who sends a pin',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        const nowhere = { ...OPEN, place: { ...NOWHERE, kelurahan: 'Hilir' } }
        await file(store, BUDI, OTHER, nowhere)
        expect(await nearFor(store, SITI, { kelurahan: null })).toEqual([])
        const pin = { kelurahan: null, lat: -3.3, lon: 114.6 }
        expect(await nearFor(store, SITI, pin)).toEqual([TICKET])
      }),
    )
  })
}

function describeJoining(inStore: InStore): void {
  describe('a complaint that was joined', () => {
    test(
      'is no own one, is named as joined and as somebody else’s, and is counted',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await join(store, TICKET)
        await join(store, TICKET)
        const known = await conversationOf(store, SITI)
        expect([known.mine.length, known.supported.length, known.filedToday]).toEqual([0, 1, 0])
        const named = await store.named(known.personId, [TICKET])
        expect([named.mine.length, named.supported.length]).toEqual([0, 1])
        expect(named.foreign).toEqual([TICKET])
        expect((await store.caseFile(TICKET))?.supporters).toBe(1)
        const heard = (await store.listeners(TICKET)).map((one) => [one.address, one.supporter])
        expect(heard).toEqual([
          [BUDI, false],
          [SITI, true],
        ])
      }),
    )

    test(
      'is not known to those who joined it from the moment it is confidential',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET, OPEN)
        await join(store, TICKET)
        const change = moved(filed, { confidential: true }, { move: 'correct' })
        await store.commitMove({ now: NOW, changes: [change], outbound: [] })
        const known = await conversationOf(store, SITI)
        expect(known.supported).toEqual([])
        expect((await store.named(known.personId, [TICKET])).supported).toEqual([])
        expect((await store.listeners(TICKET)).map(({ address }) => address)).toEqual([BUDI])
      }),
    )

    test(
      'can be left; one’s own cannot',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await file(store, SITI, OTHER, OPEN)
        await join(store, TICKET)
        await say(store, SITI, { leaves: [TICKET, OTHER] })
        const { mine, supported } = await conversationOf(store, SITI)
        expect([mine.length, supported.length]).toEqual([1, 0])
      }),
    )

    test(
      'becomes one’s own by a code, and stays so',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await join(store, TICKET)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        await join(store, TICKET)
        const { mine, supported } = await conversationOf(store, SITI)
        expect([mine.length, supported.length]).toEqual([1, 0])
      }),
    )

    test(
      'is followed where it is merged, as joined only, until the merge is undone',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await file(store, BUDI, OTHER, OPEN)
        await join(store, TICKET)
        const follow = { ticket: OTHER, from: TICKET }
        await store.commitMove({ now: NOW, changes: [], follows: [follow], outbound: [] })
        expect((await joinedBy(store)).toSorted()).toEqual([TICKET, OTHER])
        const undone = [{ ...follow, off: true }]
        await store.commitMove({ now: NOW, changes: [], follows: undone, outbound: [] })
        expect(await joinedBy(store)).toEqual([TICKET])
      }),
    )

    test(
      'keeps what was said with those who joined it out of its file',
      inStore(async (store) => {
        await file(store, BUDI, TICKET, OPEN)
        await say(store, SITI, {
          inbound: inbound(SITI),
          links: [{ ticket: TICKET, reporter: false, support: true }],
        })
        await post(store, SITI, { ticket: TICKET, text: 'for her alone' })
        const told = (await store.caseFile(TICKET))?.messages.map(({ text }) => text)
        expect(told).toEqual(['lamp out'])
      }),
    )
  })
}

/** Both halves. */
export function describeNearness(inStore: InStore): void {
  describeNear(inStore)
  describeJoining(inStore)
}
