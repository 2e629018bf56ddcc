// One person under several names: a number, the id that stands for it, another number later.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  conversationOf,
  DAY,
  file,
  type InStore,
  inbound,
  later,
  lease,
  NOW,
  post,
  say,
} from '../given.ts'

const TICKET = '12345674'
const OTHERS = '20000004'
const NUMBER: Address = 'whatsapp:6281299900123'
const NEW_NUMBER: Address = 'whatsapp:6281299900456'
const ID: Address = 'whatsapp:ID.1'
const NEW_ID: Address = 'whatsapp:ID.2'

const BY = { alsoKnownAs: [] }
const NOTE = { account: 'whatsapp-cloud', providerId: 'note-1' }

const ticketsOf = async (store: Store, address: Address) =>
  (await conversationOf(store, address)).mine.map(({ complaint }) => complaint.ticket).sort()
const trail = async (store: Store) => (await store.auditTrail(10)).map(({ action }) => action)

export function describeNames(inStore: InStore): void {
  describe('a name', () => {
    test(
      'that nobody bears is known nowhere',
      inStore(async (store) => {
        await say(store, NUMBER)
        expect(await store.knownNames(ID, NUMBER)).toEqual({ at: null, another: false })
        expect(await store.movePerson(ID, NUMBER, NOW, BY)).toBe(false)
        expect(await trail(store)).toEqual([])
      }),
    )

    test(
      'noted with a turn leads to whoever had it, until they are erased',
      inStore(async (store) => {
        await say(store, NUMBER, { names: [ID] })
        expect(await store.knownNames(ID, NUMBER)).toEqual({ at: NUMBER, another: false })
        expect(await store.knownNames(NEW_ID, NUMBER)).toEqual({ at: null, another: true })
        await say(store, NUMBER, { erase: { onDuty: [] } })
        expect(await store.knownNames(ID, null)).toEqual({ at: null, another: false })
      }),
    )

    test(
      'noted with a turn that was not committed leads nowhere',
      inStore(async (store) => {
        expect(await say(store, NUMBER, { names: [ID], expectVersion: 7 })).toBe('stale')
        expect((await store.knownNames(ID, null)).at).toBeNull()
      }),
    )

    test(
      'that was an address of its own is known there first',
      inStore(async (store) => {
        await say(store, ID)
        expect((await store.knownNames(ID, null)).at).toBe(ID)
      }),
    )
  })

  describe('a person who moves', () => {
    test(
      'to a number never heard of keeps cases, dialogue, language, consent and what waits',
      inStore(async (store) => {
        await file(store, ID, TICKET)
        await post(store, ID, { kind: 'reply' })
        const words = { state: '{"open":1}', language: 'en', stoppedAt: NOW } as const
        await say(store, ID, { ...words, names: [NEW_ID] })
        const before = await conversationOf(store, ID)
        expect(await store.movePerson(ID, NUMBER, NOW, BY)).toBe(true)
        const after = await conversationOf(store, NUMBER)
        const { personId, addressId, state, language, stoppedAt } = before
        expect(after).toMatchObject({ personId, addressId, state, language, stoppedAt })
        expect(await ticketsOf(store, NUMBER)).toEqual([TICKET])
        expect((await lease(store)).map(({ address }) => address)).toEqual([NUMBER])
        expect((await conversationOf(store, ID)).version).toBe(0)
        expect((await store.knownNames(NEW_ID, null)).at).toBeNull()
        expect(await trail(store)).toEqual(['move-address'])
      }),
    )

    test(
      'to a number they wrote from lately has what is under both, and goes on with the later dialogue',
      inStore(async (store) => {
        await file(store, NUMBER, OTHERS)
        await file(store, ID, TICKET)
        await say(store, NUMBER, { state: '{"old":1}', stoppedAt: NOW })
        await post(store, ID, { kind: 'reply' })
        const said = inbound(ID, { receivedAt: later(DAY) })
        await say(store, ID, { state: '{"open":1}', inbound: said, language: 'en' })
        expect(await store.movePerson(ID, NUMBER, later(DAY), BY)).toBe(true)
        const after = await conversationOf(store, NUMBER)
        expect(after).toMatchObject({ state: '{"open":1}', language: 'en', stoppedAt: NOW })
        expect(await ticketsOf(store, NUMBER)).toEqual([TICKET, OTHERS])
        expect((await lease(store)).map(({ address }) => address)).toEqual([NUMBER])
        const heard = (await store.listeners(TICKET)).map(({ address }) => address)
        expect(heard).toEqual([NUMBER])
      }),
    )

    test(
      'leaves nothing behind for whoever is given the former number',
      inStore(async (store) => {
        await file(store, NUMBER, TICKET)
        await say(store, NUMBER, { names: [ID] })
        await say(store, NEW_NUMBER)
        await store.movePerson(NUMBER, NEW_NUMBER, NOW, BY)
        expect(await conversationOf(store, NUMBER)).toMatchObject({ version: 0, mine: [] })
        expect((await store.knownNames(ID, null)).at).toBeNull()
        expect((await store.listeners(TICKET)).map(({ address }) => address)).toEqual([NEW_NUMBER])
      }),
    )

    test(
      'is not shown what somebody filed from the new number more than 90 days ago, nor told of it',
      inStore(async (store) => {
        await file(store, NEW_NUMBER, OTHERS)
        await say(store, NEW_NUMBER, { names: [NEW_ID] })
        await file(store, NUMBER, TICKET)
        const now = later(91 * DAY)
        await say(store, NUMBER, { inbound: inbound(NUMBER, { receivedAt: now }) })
        expect(await store.movePerson(NUMBER, NEW_NUMBER, now, BY)).toBe(true)
        expect(await ticketsOf(store, NEW_NUMBER)).toEqual([TICKET])
        expect((await store.knownNames(NEW_ID, null)).at).toBeNull()
        const heard = (await store.listeners(OTHERS)).map(({ address }) => address)
        expect(heard).toEqual(['whatsapp:'])
      }),
    )

    test(
      'is not shown what somebody known there by another name filed, however lately',
      inStore(async (store) => {
        await file(store, NUMBER, OTHERS)
        await say(store, NUMBER, { names: [NEW_ID] })
        await file(store, ID, TICKET)
        await store.movePerson(ID, NUMBER, NOW, { alsoKnownAs: [ID] })
        expect(await ticketsOf(store, NUMBER)).toEqual([TICKET])
        expect((await store.knownNames(ID, null)).at).toBe(NUMBER)
        expect((await store.knownNames(NEW_ID, null)).at).toBeNull()
      }),
    )

    test(
      'by a note that is told again takes nobody along who has the former number by then',
      inStore(async (store) => {
        const by = { ...BY, told: NOTE }
        await file(store, NUMBER, TICKET)
        expect(await store.movePerson(NUMBER, NEW_NUMBER, NOW, by)).toBe(true)
        await file(store, NUMBER, OTHERS)
        expect(await store.movePerson(NUMBER, NEW_NUMBER, later(DAY), by)).toBe(false)
        expect(await ticketsOf(store, NUMBER)).toEqual([OTHERS])
      }),
    )

    test(
      'to a number that was silent for long and filed nothing takes it',
      inStore(async (store) => {
        await say(store, NEW_NUMBER)
        const silent = await conversationOf(store, NEW_NUMBER)
        await file(store, NUMBER, TICKET)
        await store.movePerson(NUMBER, NEW_NUMBER, later(91 * DAY), BY)
        expect((await conversationOf(store, NEW_NUMBER)).personId).toBe(silent.personId)
        expect(await ticketsOf(store, NEW_NUMBER)).toEqual([TICKET])
      }),
    )

    test(
      'to where they are is where they were',
      inStore(async (store) => {
        await say(store, NUMBER)
        expect(await store.movePerson(NUMBER, NUMBER, NOW, BY)).toBe(true)
        expect(await trail(store)).toEqual([])
      }),
    )
  })

  test(
    'a number that is doubted counts as silent for long, and no former name leads to it',
    inStore(async (store) => {
      await say(store, NUMBER, { names: [ID] })
      await store.doubtAddress(NUMBER, NOW)
      const { lastHeardAt } = await conversationOf(store, NUMBER)
      expect(NOW.getTime() - (lastHeardAt?.getTime() ?? 0)).toBeGreaterThan(90 * DAY)
      expect((await store.knownNames(ID, null)).at).toBeNull()
      await store.doubtAddress(NEW_NUMBER, NOW)
      expect(await trail(store)).toEqual(['doubt-address'])
    }),
  )
}
