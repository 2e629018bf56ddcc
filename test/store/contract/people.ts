// conversation, named, quoted, listeners: what is known of a person, and of nobody else.

import { describe, expect, test } from '@jest/globals'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  HOUR,
  type InStore,
  inbound,
  later,
  lease,
  MINUTE,
  message,
  moved,
  NOW,
  post,
  SITI,
  say,
  sendAll,
  turn,
} from '../given.ts'

const TICKET = '12345670'

export function describePeople(inStore: InStore): void {
  describe('what is known of a person', () => {
    test(
      'is nothing for an address never heard of, and asking stores nothing',
      inStore(async (store) => {
        const first = await conversationOf(store, BUDI)
        const second = await conversationOf(store, BUDI)
        expect(first).toMatchObject({ version: 0, state: null, mine: [], lastHeardAt: null })
        expect(second.personId).not.toBe(first.personId)
      }),
    )

    test(
      'counts messages of the last hour only',
      inStore(async (store) => {
        for (const before of [61, 59, 30])
          await say(store, BUDI, {
            inbound: inbound(BUDI, { receivedAt: later(-before * MINUTE) }),
          })
        expect((await conversationOf(store, BUDI)).messagesThisHour).toBe(2)
      }),
    )

    test(
      'counts complaints filed since midnight, not those merely linked',
      inStore(async (store) => {
        await file(store, BUDI, '10000001', { filedAt: later(-11 * HOUR) })
        await file(store, BUDI, '10000002')
        await file(store, SITI, '10000003')
        await say(store, BUDI, { links: [{ ticket: '10000003', reporter: false }] })
        expect((await conversationOf(store, BUDI)).filedToday).toBe(1)
      }),
    )

    test(
      'counts every complaint of the day even when there are more than are listed',
      inStore(async (store) => {
        for (let n = 0; n < 25; n++) await file(store, BUDI, String(20000000 + n))
        const known = await conversationOf(store, BUDI)
        expect(known.filedToday).toBe(25)
        expect(known.mine).toHaveLength(20)
      }),
    )

    test(
      'lists open complaints however old and closed ones for 90 days, newest first',
      inStore(async (store) => {
        await file(store, BUDI, '10000001', { filedAt: later(-400 * DAY) })
        const gone = await file(store, BUDI, '10000002', { filedAt: later(-200 * DAY) })
        const close = moved(gone, { state: 'closed' }, { move: 'close' })
        await store.commitMove({ now: later(-91 * DAY), changes: [close], outbound: [] })
        const rested = await file(store, BUDI, '10000003', { filedAt: later(-150 * DAY) })
        const end = moved(rested, { state: 'closed' }, { move: 'close' })
        await store.commitMove({ now: later(-89 * DAY), changes: [end], outbound: [] })
        const { mine } = await conversationOf(store, BUDI)
        expect(mine.map((one) => one.complaint.ticket)).toEqual(['10000003', '10000001'])
      }),
    )

    test(
      'holds the last words and the last answer to the citizen, and when they last wrote',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const answer = moved(
          filed,
          { state: 'answered' },
          { move: 'answer', note: 'it is repaired' },
        )
        const update = moved(
          answer.complaint,
          { state: 'in_progress' },
          { move: 'update', note: 'on our way' },
        )
        const note = moved(update.complaint, {}, { move: 'note', note: 'still dark' })
        const changes = [answer, update, note]
        await store.commitMove({ now: NOW, changes, outbound: [] })
        await say(store, BUDI, {
          now: later(HOUR),
          inbound: inbound(BUDI, { ticket: TICKET, receivedAt: later(HOUR) }),
        })
        const [mine] = (await conversationOf(store, BUDI)).mine
        expect(mine).toMatchObject({
          lastNote: 'on our way',
          lastAnswer: 'it is repaired',
          lastWordAt: later(HOUR),
        })
      }),
    )

    test(
      'tells apart what theirs was merged into, however long the chain, and whether theirs was anonymous',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        await file(store, BUDI, '10000003')
        const theirs = await file(store, SITI, '10000004', { anonymous: true })
        const merge = moved(theirs, { state: 'merged', mergedInto: '10000003' }, { move: 'merge' })
        const follow = { ticket: '10000003', from: '10000004' }
        const gone = { now: NOW, changes: [merge], outbound: [], follows: [follow] }
        await store.commitMove(gone)
        const chain = { ticket: '10000001', from: '10000003' }
        await store.commitMove({ now: NOW, changes: [], outbound: [], follows: [chain] })
        const { mine } = await conversationOf(store, SITI)
        expect(new Map(mine.map((one) => [one.complaint.ticket, one.merged]))).toEqual(
          new Map([
            ['10000001', { anonymous: true }],
            ['10000003', { anonymous: true }],
            ['10000004', undefined],
          ]),
        )
        const { personId } = await conversationOf(store, BUDI)
        const [own] = (await store.named(personId, ['10000001'])).mine
        expect(own?.merged).toBeUndefined()
      }),
    )

    test(
      'holds no words of a confidential one that theirs was merged into',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET, { confidential: true })
        await file(store, SITI, '10000003')
        const answer = moved(filed, { state: 'answered' }, { move: 'answer', note: 'repaired' })
        const follows = [{ ticket: TICKET, from: '10000003' }]
        await store.commitMove({ now: NOW, changes: [answer], outbound: [], follows })
        const { personId, mine } = await conversationOf(store, SITI)
        const { mine: named } = await store.named(personId, [TICKET])
        for (const one of [mine.find(({ merged }) => merged !== undefined), named[0]])
          expect(one).toMatchObject({ merged: {}, lastNote: null, lastAnswer: null })
        expect((await conversationOf(store, BUDI)).mine[0]?.lastAnswer).toBe('repaired')
      }),
    )

    test(
      'from the moment it is confidential takes back what waits for those theirs was merged into',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET, { confidential: false })
        await file(store, SITI, '10000003')
        const follows = [{ ticket: TICKET, from: '10000003' }]
        await store.commitMove({ now: NOW, changes: [], outbound: [], follows })
        for (const one of [BUDI, SITI])
          await post(store, one, { id: `to-${one}`, ticket: TICKET, kind: 'answered' })
        const detail = { confidential: true }
        const change = moved(filed, detail, { move: 'correct', detail })
        await store.commitMove({ now: NOW, changes: [change], outbound: [] })
        expect((await lease(store)).map(({ address }) => address)).toEqual([BUDI])
      }),
    )

    test(
      'tells a named ticket that is theirs from one that is not and one that does not exist',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        await file(store, SITI, '10000003')
        const { personId } = await conversationOf(store, BUDI)
        const named = await store.named(personId, [TICKET, '10000003', '99999999', TICKET])
        expect(named.mine.map((one) => one.complaint)).toEqual([filed])
        expect(named.foreign).toEqual(['10000003'])
      }),
    )

    test(
      'calls a named ticket somebody else’s only while whoever filed it is known',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        const stranger = async () => (await store.named('nobody', [TICKET])).foreign
        expect(await stranger()).toEqual([TICKET])
        await say(store, BUDI, { erase: { onDuty: [] } })
        expect(await stranger()).toEqual([])
      }),
    )

    test(
      'finds the complaint that a quoted message of ours or of theirs was about',
      inStore(async (store) => {
        const known = await conversationOf(store, BUDI)
        await file(store, BUDI, TICKET)
        const sms = message(BUDI)
        await say(store, BUDI, { inbound: inbound(BUDI, { message: sms, ticket: TICKET }) })
        await post(store, BUDI, { id: 'told', ticket: TICKET })
        await sendAll(store)
        const { personId } = await conversationOf(store, BUDI)
        expect(await store.quoted(personId, 'twilio', 'P-told')).toBe(TICKET)
        expect(await store.quoted(personId, 'twilio', sms.providerId)).toBe(TICKET)
        expect(await store.quoted(personId, 'kannel', 'P-told')).toBeNull()
        expect(await store.quoted(known.personId, 'twilio', 'P-told')).toBeNull()
      }),
    )
  })

  describe('those who hear of a complaint', () => {
    test(
      'are its reporter first, then the others, with the account they last wrote by',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const siti = await conversationOf(store, SITI)
        await store.commitTurn(
          turn(siti, {
            inbound: inbound(SITI, { message: message(SITI, { account: 'terminal' }) }),
            stoppedAt: NOW,
            links: [{ ticket: TICKET, reporter: false }],
          }),
        )
        const heard = await store.listeners(TICKET)
        expect(heard.map((one) => [one.address, one.account, one.stopped, one.reporter])).toEqual([
          [BUDI, 'twilio', false, true],
          [SITI, 'terminal', true, false],
        ])
      }),
    )

    test(
      'include those of a complaint that was merged into it, until it is taken out again',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        await file(store, SITI, '10000003')
        const follow = { ticket: '10000001', from: '10000003' }
        const merge = { now: NOW, changes: [], outbound: [] }
        await store.commitMove({ ...merge, follows: [follow] })
        expect((await store.listeners('10000001')).map((one) => one.address)).toEqual([BUDI, SITI])
        await store.commitMove({ ...merge, follows: [{ ...follow, off: true }] })
        expect((await store.listeners('10000001')).map((one) => one.address)).toEqual([BUDI])
      }),
    )
  })

  describe('an address we only write to', () => {
    test(
      'is made once and found again',
      inStore(async (store) => {
        const first = await store.ensureAddress(BUDI, { personId: 'p', addressId: 'a' }, NOW)
        const second = await store.ensureAddress(BUDI, { personId: 'q', addressId: 'b' }, NOW)
        expect(second).toEqual(first)
        expect(first).toMatchObject({ personId: 'p', addressId: 'a', address: BUDI })
      }),
    )

    test(
      'keeps its person when it writes for the first time',
      inStore(async (store) => {
        await store.ensureAddress(BUDI, { personId: 'p', addressId: 'a' }, NOW)
        expect(await say(store, BUDI)).toBe('committed')
        expect(await conversationOf(store, BUDI)).toMatchObject({ personId: 'p', version: 1 })
      }),
    )
  })
}
