// commitTurn: all of a turn or nothing of it, and whoever came first wins.

import { describe, expect, test } from '@jest/globals'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  complaint,
  conversationOf,
  event,
  file,
  type InStore,
  inbound,
  later,
  lease,
  MINUTE,
  message,
  moved,
  NOW,
  outbound,
  post,
  SITI,
  say,
  turn,
} from '../given.ts'

const TICKET = '12345670'

/** Everything a turn could have left behind. */
async function traces(store: Store) {
  const known = await conversationOf(store, BUDI)
  return {
    version: known.version,
    state: known.state,
    heard: known.messagesThisHour,
    mine: known.mine.length,
    filed: await store.complaint(TICKET),
    waiting: (await lease(store)).length,
  }
}

export function describeTurns(inStore: InStore): void {
  describe('a turn', () => {
    test(
      'is read back whole',
      inStore(async (store) => {
        const filed = complaint(TICKET)
        const known = await conversationOf(store, BUDI)
        const outcome = await store.commitTurn(
          turn(known, {
            state: '{"v":1,"x":"y"}',
            wakeAt: later(MINUTE),
            language: 'en',
            stoppedAt: NOW,
            privacyTold: '2026-01',
            inbound: inbound(BUDI, { ticket: TICKET }),
            changes: [{ expectVersion: 0, complaint: filed, events: [event()], tallies: [] }],
            links: [{ ticket: TICKET, reporter: true }],
            outbound: [outbound(known.addressId, { ticket: TICKET })],
          }),
        )
        expect(outcome).toBe('committed')
        expect(await conversationOf(store, BUDI, later(MINUTE))).toEqual({
          address: BUDI,
          account: 'twilio',
          personId: known.personId,
          addressId: known.addressId,
          version: 1,
          state: '{"v":1,"x":"y"}',
          wakeAt: later(MINUTE),
          language: 'en',
          stoppedAt: NOW,
          blockedAt: null,
          closed: false,
          privacyTold: '2026-01',
          lastHeardAt: NOW,
          messagesThisHour: 1,
          filedToday: 1,
          staff: null,
          staffGroup: false,
          mine: [{ complaint: filed, lastNote: null, lastAnswer: null, lastWordAt: NOW }],
          supported: [],
        })
        expect(await lease(store)).toHaveLength(1)
      }),
    )

    test(
      'that comes twice is a duplicate and writes nothing',
      inStore(async (store) => {
        const sms = message(BUDI)
        await say(store, BUDI, { inbound: inbound(BUDI, { message: sms }) })
        const before = await traces(store)
        const known = await conversationOf(store, BUDI)
        const again = turn(known, {
          inbound: inbound(BUDI, { message: sms }),
          changes: [
            { expectVersion: 0, complaint: complaint(TICKET), events: [event()], tallies: [] },
          ],
          outbound: [outbound(known.addressId)],
        })
        expect(await store.commitTurn(again)).toBe('duplicate')
        expect(await traces(store)).toEqual(before)
      }),
    )

    test(
      'is a duplicate even when it was overtaken as well',
      inStore(async (store) => {
        const known = await conversationOf(store, BUDI)
        const first = turn(known)
        await store.commitTurn(first)
        expect(await store.commitTurn(first)).toBe('duplicate')
      }),
    )

    test(
      'with the same provider id at another account is another message',
      inStore(async (store) => {
        const sms = message(BUDI)
        await say(store, BUDI, { inbound: inbound(BUDI, { message: sms }) })
        const other = inbound(BUDI, { message: { ...sms, account: 'kannel' } })
        expect(await say(store, BUDI, { inbound: other })).toBe('committed')
      }),
    )

    test(
      'decided on an older conversation is stale and writes nothing',
      inStore(async (store) => {
        const old = await conversationOf(store, BUDI)
        await say(store, BUDI)
        const known = await conversationOf(store, BUDI)
        await say(store, BUDI)
        const before = await traces(store)
        const late = { outbound: [outbound(known.addressId)] }
        expect(await store.commitTurn(turn(known, late))).toBe('stale')
        expect(await store.commitTurn(turn(old))).toBe('stale')
        expect(await traces(store)).toEqual(before)
      }),
    )

    test(
      'of a new person whose address was stored meanwhile is stale',
      inStore(async (store) => {
        const known = await conversationOf(store, BUDI)
        await store.ensureAddress(BUDI, { personId: 'p', addressId: 'a' }, NOW)
        expect(await store.commitTurn(turn(known))).toBe('stale')
        expect(await say(store, BUDI)).toBe('committed')
      }),
    )

    test(
      'that files under a number in use finds it taken and writes nothing',
      inStore(async (store) => {
        await file(store, SITI, TICKET)
        await say(store, BUDI)
        const before = await traces(store)
        const changes = [
          { expectVersion: 0, complaint: complaint(TICKET), events: [event()], tallies: [] },
        ]
        expect(await say(store, BUDI, { changes })).toBe('ticket-taken')
        expect(await traces(store)).toEqual(before)
      }),
    )

    test(
      'that moves a complaint somebody else has moved is stale and writes nothing',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const accept = moved(filed, { state: 'assigned', agency: 'works' }, { move: 'assign' })
        await store.commitMove({ now: NOW, changes: [accept], outbound: [] })
        const before = await traces(store)
        const changes = [moved(filed, { state: 'cancelled' }, { move: 'cancel' })]
        expect(await say(store, BUDI, { changes })).toBe('stale')
        expect(await traces(store)).toEqual(before)
      }),
    )

    test(
      'without a message advances the conversation and keeps when the person was heard',
      inStore(async (store) => {
        await say(store, BUDI, { wakeAt: NOW })
        await say(store, BUDI, { inbound: null, wakeAt: null, now: later(MINUTE) })
        const known = await conversationOf(store, BUDI, later(MINUTE))
        expect(known).toMatchObject({ version: 2, lastHeardAt: NOW, account: 'twilio' })
      }),
    )

    test(
      'that stops notices takes back those that wait, but neither replies nor pings',
      inStore(async (store) => {
        await post(
          store,
          BUDI,
          { id: 'notice', lane: 'notice', kind: 'assigned', dueAt: later(MINUTE) },
          { id: 'urgent', lane: 'notice', kind: 'ping_urgent' },
          { id: 'reply' },
        )
        await say(store, BUDI, { stoppedAt: NOW })
        await post(store, BUDI, { id: 'later', lane: 'notice', kind: 'ping' })
        await say(store, BUDI)
        expect((await store.counts(NOW)).expired).toBe(1)
        const now = later(MINUTE)
        expect((await lease(store, now)).map((row) => row.id)).toEqual(['reply', 'urgent'])
        expect((await lease(store, later(3 * MINUTE))).map((row) => row.id)).not.toContain('notice')
      }),
    )
  })
}
