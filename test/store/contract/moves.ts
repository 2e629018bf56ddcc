// commitMove and caseFile: changes without a turn, and the history that is read back.

import { describe, expect, test } from '@jest/globals'
import {
  BUDI,
  clock,
  complaint,
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
  outbound,
  post,
  SITI,
  say,
  sendAll,
} from '../given.ts'

const TICKET = '12345670'

export function describeMoves(inStore: InStore): void {
  describe('a move', () => {
    test(
      'gives back every field of the complaint as it was written',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const change = moved(
          filed,
          {
            state: 'archived',
            class: 'information',
            category: null,
            agency: 'works',
            copiedTo: [],
            place: { kelurahan: null, kecamatan: 'East', text: null, lat: null, lon: 0.1 },
            text: null,
            language: 'bjn',
            anonymous: true,
            confidential: false,
            urgent: true,
            overLimit: true,
            rating: 4,
            closedAt: later(DAY),
            everAssigned: true,
            handOffs: 2,
            extensions: 1,
            holder: 's-1',
            asked: { days: 5, until: later(DAY), by: 's-2' },
            firstAnsweredAt: later(HOUR),
            reopens: 2,
            mergedInto: '10000003',
            archiveReason: 'unclear',
            externalId: 'N-1',
            cameFrom: 'assigned',
            mergedFrom: 'held',
            clocks: [
              clock('verify', { status: 'met', nextAt: null, step: 3 }),
              clock('finish', { status: 'paused', left: -2, estimate: true, pinging: true }),
            ],
          },
          { move: 'archive', note: 'no place', detail: { reason: 'unclear', days: 3, all: true } },
        )
        await store.commitMove({ now: NOW, changes: [change], outbound: [] })
        expect(await store.complaint(TICKET)).toEqual(change.complaint)
        const history = (await store.caseFile(TICKET))?.history
        expect(history?.at(-1)).toEqual(change.events[0])
      }),
    )

    test(
      'is written with everything that is said because of it, or not at all',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const { addressId } = await conversationOf(store, BUDI)
        const other = complaint('10000003')
        const good = moved(filed, { state: 'assigned' }, { move: 'assign' })
        const lost = moved(other, { state: 'assigned' }, { move: 'assign' })
        const shown = { action: 'show-contact', actor: 'Rina', ticket: TICKET } as const
        const audits = [{ at: NOW, ...shown, personId: null, detail: '{}' }]
        const said = { audits, outbound: [outbound(addressId)] }
        const record = { now: NOW, changes: [good, lost], ...said }
        expect(await store.commitMove(record)).toBe('stale')
        expect(await store.complaint(TICKET)).toEqual(filed)
        expect(await lease(store)).toEqual([])
        expect(await store.auditTrail(9)).toEqual([])
        expect(await store.commitMove({ ...record, changes: [good] })).toBe('committed')
        expect(await lease(store)).toHaveLength(1)
        expect(await store.auditTrail(9)).toEqual(audits)
      }),
    )

    test(
      'decided twice on the same version is made once',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const change = moved(filed, { state: 'assigned' }, { move: 'assign' })
        const record = { now: NOW, changes: [change], outbound: [] }
        const outcomes = await Promise.all([store.commitMove(record), store.commitMove(record)])
        expect(outcomes.sort()).toEqual(['committed', 'stale'])
        expect((await store.caseFile(TICKET))?.history).toHaveLength(2)
      }),
    )

    test(
      'leaves no clock behind that the complaint no longer has',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const change = moved(filed, { clocks: [clock('finish')] }, { move: 'assign' })
        await store.commitMove({ now: NOW, changes: [change], outbound: [] })
        expect((await store.complaint(TICKET))?.clocks.map((one) => one.name)).toEqual(['finish'])
      }),
    )

    test(
      'with a message to somebody erased since it was decided is stale, and nothing is written',
      inStore(async (store) => {
        const record = { now: NOW, changes: [], outbound: [outbound('nobody')] }
        expect(await store.commitMove(record)).toBe('stale')
        expect(await store.commitClocks([], record.outbound)).toBe('stale')
        expect(await say(store, BUDI, { outbound: record.outbound })).toBe('stale')
        expect((await conversationOf(store, BUDI)).version).toBe(0)
      }),
    )
  })

  describe('the file of a complaint', () => {
    test(
      'is nothing for a ticket that does not exist',
      inStore(async (store) => {
        expect(await store.complaint(TICKET)).toBeNull()
        expect(await store.caseFile(TICKET)).toBeNull()
      }),
    )

    test(
      'tells in order what came in and what went out to its citizens, and no ping',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await post(
          store,
          BUDI,
          { ticket: TICKET, text: 'filed', createdAt: later(1) },
          { ticket: TICKET, text: 'to act', createdAt: later(2), lane: 'notice', kind: 'ping_new' },
        )
        await sendAll(store, later(2))
        const more = message(BUDI, { text: 'more' })
        await say(store, BUDI, {
          inbound: inbound(BUDI, { ticket: TICKET, receivedAt: later(MINUTE), message: more }),
        })
        await post(store, SITI, { ticket: TICKET, text: 'not hers' })
        const told = (await store.caseFile(TICKET))?.messages
        expect(told).toEqual([
          {
            at: NOW,
            direction: 'in',
            kind: 'message',
            channel: 'sms',
            text: 'lamp out',
            status: null,
          },
          {
            at: later(1),
            direction: 'out',
            kind: 'reply',
            channel: 'sms',
            text: 'filed',
            status: 'sent',
          },
          {
            at: later(MINUTE),
            direction: 'in',
            kind: 'message',
            channel: 'sms',
            text: 'more',
            status: null,
          },
        ])
      }),
    )
  })
}
