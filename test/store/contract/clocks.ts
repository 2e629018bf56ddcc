// What the schedule finds and writes: due clocks, steps, answers that arrived or were lost, people to wake.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../../src/complaints/complaint.ts'
import type { ClockRecord } from '../../../src/store/clock-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  clock,
  conversationOf,
  DAY,
  file,
  HOUR,
  type InStore,
  later,
  lease,
  MINUTE,
  moved,
  NOW,
  outbound,
  SITI,
  say,
  sendAll,
} from '../given.ts'

const TICKET = '12345670'
const ANSWERED_LATER = { move: 'answer', at: later(MINUTE) } as const

function step(before: Complaint, nextAt: Date | null): ClockRecord {
  const [verify] = before.clocks
  const clocks = [{ ...clock('verify'), ...verify, step: 1, pinging: true, nextAt }]
  return {
    ticket: before.ticket,
    expectVersion: before.version,
    clock: 'verify',
    expectNextAt: verify?.nextAt ?? null,
    complaint: { ...before, clocks },
  }
}

function replyBegins(before: Complaint): ClockRecord {
  return {
    ticket: before.ticket,
    expectVersion: before.version,
    clock: 'reply',
    expectNextAt: null,
    complaint: { ...before, clocks: [clock('reply')] },
  }
}

/** Answers a complaint and puts the answer's notice into the outbox. */
async function answer(store: Store): Promise<Complaint> {
  const filed = await file(store, BUDI, TICKET)
  const { addressId } = await conversationOf(store, BUDI)
  const given = moved(filed, { state: 'answered', clocks: [] }, { move: 'answer', note: 'done' })
  const notice = outbound(addressId, { kind: 'answered', lane: 'notice', ticket: TICKET })
  await store.commitMove({ now: NOW, changes: [given], outbound: [notice] })
  return given.complaint
}

export function describeClocks(inStore: InStore): void {
  describe('due clocks', () => {
    test(
      'are the running ones whose moment has come, oldest first',
      inStore(async (store) => {
        await file(store, BUDI, '10000001', { clocks: [clock('verify', { nextAt: NOW })] })
        await file(store, BUDI, '10000002', {
          clocks: [
            clock('follow_up', { nextAt: later(-HOUR) }),
            clock('finish', { nextAt: later(-HOUR), status: 'paused' }),
          ],
        })
        await file(store, BUDI, '10000003', { clocks: [clock('verify', { nextAt: later(1) })] })
        await file(store, BUDI, '10000004', { clocks: [clock('verify', { nextAt: null })] })
        const due = await store.dueClocks(NOW, 10)
        expect(due.map((one) => [one.complaint.ticket, one.clock])).toEqual([
          ['10000002', 'follow_up'],
          ['10000001', 'verify'],
        ])
        expect(due[0]?.complaint.clocks).toHaveLength(2)
        expect(await store.dueClocks(NOW, 1)).toHaveLength(1)
      }),
    )

    test(
      'take a step once, with what is said because of it',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET, {
          clocks: [clock('verify', { nextAt: NOW })],
        })
        const { addressId } = await conversationOf(store, BUDI)
        const record = step(filed, later(DAY))
        const said = [outbound(addressId)]
        expect(await store.commitClocks([record], said)).toBe('committed')
        expect(await store.commitClocks([record], [outbound(addressId)])).toBe('stale')
        expect(await store.complaint(TICKET)).toEqual(record.complaint)
        expect(await store.dueClocks(NOW, 10)).toEqual([])
        expect(await lease(store)).toHaveLength(1)
      }),
    )

    test(
      'take no step when the complaint was moved meanwhile, and one stale step holds back all',
      inStore(async (store) => {
        const here = await file(store, BUDI, '10000001')
        const there = await file(store, BUDI, '10000002')
        const assign = moved(there, { state: 'assigned' }, { move: 'assign' })
        await store.commitMove({ now: NOW, changes: [assign], outbound: [] })
        const records = [step(here, later(DAY)), step(there, later(DAY))]
        expect(await store.commitClocks(records, [])).toBe('stale')
        expect(await store.complaint('10000001')).toEqual(here)
      }),
    )
  })

  describe('a move', () => {
    test(
      'decided before a step was taken is decided again: the step is not taken twice',
      inStore(async (store) => {
        const before = await file(store, BUDI, TICKET, { clocks: [clock('verify')] })
        const note = moved(before, {}, { move: 'note', note: 'also there' })
        const late = { ...note, expectClocks: before.clocks }
        const taken = step(before, later(DAY))
        expect(await store.commitClocks([taken], [])).toBe('committed')
        expect(await store.commitMove({ now: NOW, changes: [late], outbound: [] })).toBe('stale')
        expect(await say(store, BUDI, { changes: [late] })).toBe('stale')
        expect(await store.complaint(TICKET)).toEqual(taken.complaint)
        const now = moved(taken.complaint, {}, { move: 'note', note: 'also there' })
        const again = { ...now, expectClocks: taken.complaint.clocks }
        expect(await store.commitMove({ now: NOW, changes: [again], outbound: [] })).toBe(
          'committed',
        )
      }),
    )
  })

  describe('an answer', () => {
    test(
      'counts as delivered once its notice was accepted, until the reply clock begins',
      inStore(async (store) => {
        const before = await answer(store)
        expect(await store.answersDelivered(10)).toEqual([])
        await sendAll(store, later(MINUTE))
        const [arrived] = await store.answersDelivered(10)
        expect(arrived).toEqual({ complaint: before, acceptedAt: later(MINUTE) })
        const record = replyBegins(before)
        expect(await store.commitClocks([record], [])).toBe('committed')
        expect(await store.complaint(TICKET)).toEqual(record.complaint)
        expect(await store.answersDelivered(10)).toEqual([])
        expect(await store.answersLost(10)).toEqual([])
      }),
    )

    test(
      'that still waits is withdrawn when the citizen reacts first, a sent one is left alone',
      inStore(async (store) => {
        const before = await answer(store)
        const back = moved(before, { state: 'in_progress' }, { move: 'dissatisfied' })
        await store.commitMove({ now: NOW, changes: [back], outbound: [] })
        expect(await lease(store, later(MINUTE))).toEqual([])
        expect((await store.counts(NOW)).expired).toBe(1)
      }),
    )

    test(
      'is not waited for once the complaint has left `answered`, nor taken for the next one',
      inStore(async (store) => {
        const before = await answer(store)
        await sendAll(store)
        const again = moved(before, { state: 'in_progress' }, { move: 'dissatisfied' })
        await store.commitMove({ now: NOW, changes: [again], outbound: [] })
        expect(await store.answersDelivered(10)).toEqual([])
        const second = moved(again.complaint, { state: 'answered' }, ANSWERED_LATER)
        const { addressId } = await conversationOf(store, BUDI)
        const createdAt = later(MINUTE)
        const notice = outbound(addressId, { kind: 'answered', ticket: TICKET, createdAt })
        await store.commitMove({ now: createdAt, changes: [second], outbound: [notice] })
        expect(await store.answersDelivered(10)).toEqual([])
      }),
    )

    test(
      'corrected while the reply clock runs is not waited for again',
      inStore(async (store) => {
        const before = await answer(store)
        await sendAll(store)
        const begun = replyBegins(before)
        await store.commitClocks([begun], [])
        const corrected = moved(begun.complaint, {}, { move: 'answer', note: 'rather so' })
        await store.commitMove({ now: NOW, changes: [corrected], outbound: [] })
        expect(await store.answersDelivered(10)).toEqual([])
        expect(await store.answersLost(10)).toEqual([])
      }),
    )

    test(
      'is lost when its notice failed for good and has no other address, until somebody was told',
      inStore(async (store) => {
        const before = await answer(store)
        expect(await store.answersLost(10)).toEqual([])
        const [row] = await lease(store)
        await store.settle(row?.id ?? '', row?.lease ?? '', {
          status: 'failed',
          reason: '30005',
          at: NOW,
          optedOut: false,
          account: 'twilio',
        })
        expect(await store.answersLost(10)).toEqual([])
        await store.passOn(row?.id ?? '', null)
        expect(await store.answersLost(10)).toEqual([before])
        const told = { now: NOW, changes: [], lostAnswers: [TICKET], outbound: [] }
        expect(await store.commitMove(told)).toBe('committed')
        expect(await store.answersLost(10)).toEqual([])
        expect(await store.commitMove(told)).toBe('stale')
      }),
    )

    test(
      'that could be sent to nobody is lost at once, and a second one is looked at anew',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const first = moved(filed, { state: 'answered', clocks: [] }, { move: 'answer' })
        await store.commitMove({ now: NOW, changes: [first], outbound: [] })
        await store.commitMove({ now: NOW, changes: [], lostAnswers: [TICKET], outbound: [] })
        const second = moved(first.complaint, {}, { move: 'answer', at: later(MINUTE) })
        await store.commitMove({ now: later(MINUTE), changes: [second], outbound: [] })
        expect((await store.answersLost(10)).map((one) => one.version)).toEqual([3])
      }),
    )
  })

  describe('conversations', () => {
    test(
      'are woken when the moment they asked for has come, and not again',
      inStore(async (store) => {
        await say(store, BUDI, { wakeAt: NOW })
        await say(store, SITI, { wakeAt: later(-HOUR) })
        expect(await store.dueConversations(later(-1), 10)).toEqual([
          { address: SITI, wakeAt: later(-HOUR) },
        ])
        expect((await store.dueConversations(NOW, 10)).map((one) => one.address)).toEqual([
          SITI,
          BUDI,
        ])
        await say(store, SITI, { inbound: null, wakeAt: null })
        expect((await store.dueConversations(NOW, 10)).map((one) => one.address)).toEqual([BUDI])
      }),
    )
  })
}
