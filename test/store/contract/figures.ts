// Figures: added up with the change they come from, and how complaints stand at this moment.

import { describe, expect, test } from '@jest/globals'
import type { Tally } from '../../../src/complaints/tally.ts'
import {
  BUDI,
  clock,
  complaint,
  DAY,
  event,
  file,
  HOUR,
  type InStore,
  later,
  moved,
  NOW,
  say,
} from '../given.ts'

const TICKET = '12345670'
const FILED: Tally = { day: '2026-11-25', agency: '', measure: 'filed', bucket: 0, n: 1 }
const CLOSED: Tally = { ...FILED, agency: 'works', measure: 'closed', bucket: 7 }

export function describeFigures(inStore: InStore): void {
  describe('tallies', () => {
    test(
      'are added up, from turns and moves and within one of them',
      inStore(async (store) => {
        const filed = complaint(TICKET)
        const first = { expectVersion: 0, complaint: filed, events: [event()], tallies: [FILED] }
        await say(store, BUDI, { changes: [first], links: [{ ticket: TICKET, reporter: true }] })
        const change = moved(filed, { state: 'closed' }, { move: 'close' })
        const tallies = [FILED, CLOSED, { ...FILED, n: 2 }]
        const changes = [{ ...change, tallies }]
        await store.commitMove({ now: NOW, changes, outbound: [] })
        expect(await store.daily('2026-11-25', '2026-11-25')).toEqual([{ ...FILED, n: 4 }, CLOSED])
      }),
    )

    test(
      'are not there without their change',
      inStore(async (store) => {
        const filed = await file(store, BUDI, TICKET)
        const change = { ...moved(filed, {}, { move: 'note' }), tallies: [CLOSED] }
        const stale = { ...change, expectVersion: 7 }
        expect(await store.commitMove({ now: NOW, changes: [stale], outbound: [] })).toBe('stale')
        expect(await say(store, BUDI, { changes: [change, stale] })).toBe('stale')
        expect(await store.daily('', '9')).toEqual([])
      }),
    )

    test(
      'are told of the days that were asked for, in their order',
      inStore(async (store) => {
        const days = ['2026-11-26', '2026-11-24', '2026-11-25', '2026-11-27']
        const tallies = days.map((day) => ({ ...FILED, day }))
        const filed = await file(store, BUDI, TICKET)
        const changes = [{ ...moved(filed, {}, { move: 'note' }), tallies }]
        await store.commitMove({ now: NOW, changes, outbound: [] })
        const told = await store.daily('2026-11-25', '2026-11-26')
        expect(told.map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-26'])
      }),
    )

    test(
      'are told added up over the days, what was taken back off',
      inStore(async (store) => {
        const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']
        const taken = { ...CLOSED, day: '2026-11-26', n: -1 }
        const tallies = [...days.map((day) => ({ ...FILED, day })), CLOSED, CLOSED, taken]
        const filed = await file(store, BUDI, TICKET)
        const changes = [{ ...moved(filed, {}, { move: 'note' }), tallies }]
        await store.commitMove({ now: NOW, changes, outbound: [] })
        const told = await store.summed('2026-11-25', '2026-11-26')
        const [{ day: _, ...filings }, { day: __, ...closings }] = [FILED, CLOSED]
        expect(new Set(told)).toEqual(new Set([{ ...filings, n: 2 }, closings]))
      }),
    )

    test(
      'of several writers at once are all there',
      inStore(async (store) => {
        const tickets = ['10000001', '10000002', '10000003', '10000004']
        const all = []
        for (const ticket of tickets) all.push(await file(store, BUDI, ticket))
        const outcomes = all.map((filed, i) => {
          const tallies = i % 2 === 0 ? [FILED, CLOSED] : [CLOSED, FILED]
          const changes = [{ ...moved(filed, {}, { move: 'note' }), tallies }]
          return store.commitMove({ now: NOW, changes, outbound: [] })
        })
        expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['committed']))
        const told = await store.daily(FILED.day, FILED.day)
        expect(told.map(({ n }) => n)).toEqual([4, 4])
      }),
    )
  })

  describe('complaints are counted', () => {
    test(
      'by state, class, category, kelurahan, channel, agency and confidence, as they stand now',
      inStore(async (store) => {
        await file(store, BUDI, '10000000', { filedAt: later(-1) })
        await file(store, BUDI, '10000001')
        await file(store, BUDI, '10000002')
        const works = { category: null, agency: 'works', state: 'assigned' } as const
        await file(store, BUDI, '10000003', { ...works, confidential: false })
        await file(store, BUDI, '10000004', { filedAt: later(DAY) })
        const shared = { class: 'complaint', kelurahan: 'Hulu', channel: 'sms' }
        const lamps = { state: 'received', category: 'street-light', agency: null }
        const counts = [...(await store.caseCounts(NOW, later(DAY)))].sort((a, b) => b.n - a.n)
        expect(counts).toEqual([
          { ...shared, ...lamps, confidential: true, n: 2 },
          { ...shared, ...works, confidential: false, n: 1 },
        ])
      }),
    )

    test(
      'by agency as open, due today and late, where a held one is neither',
      inStore(async (store) => {
        const due = (ms: number) => [clock('finish', { dueAt: later(ms) })]
        const works = { agency: 'works', state: 'assigned' } as const
        await file(store, BUDI, '10000001', { ...works, clocks: due(-HOUR) })
        await file(store, BUDI, '10000002', { ...works, clocks: due(HOUR) })
        await file(store, BUDI, '10000003', { ...works, clocks: due(DAY) })
        await file(store, BUDI, '10000004', { ...works, state: 'held', clocks: due(-DAY) })
        await file(store, BUDI, '10000005', { ...works, state: 'answered', clocks: due(-DAY) })
        await file(store, BUDI, '10000006', { clocks: [] })
        const counts = await store.openCounts(NOW, later(14 * HOUR))
        expect(new Map(counts.map((one) => [one.agency, one]))).toEqual(
          new Map([
            ['works', { agency: 'works', open: 4, dueToday: 1, late: 1 }],
            [null, { agency: null, open: 1, dueToday: 0, late: 0 }],
          ]),
        )
      }),
    )
  })
}
