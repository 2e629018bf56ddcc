// Figures against the raw history: whatever was done, tallies say what a slow recount of all events says.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Complaint, type HistoryEvent, MOVES } from '../../src/complaints/complaint.ts'
import { type CaseCount, type FigureRows, figuresOf } from '../../src/complaints/figures.ts'
import { percentileOf } from '../../src/complaints/histogram.ts'
import { applyMove, type MoveRequest } from '../../src/complaints/moves.ts'
import type { Tally } from '../../src/complaints/tally.ts'
import { workingMsBetween } from '../../src/complaints/working-hours.ts'
import { CALENDAR, FACTS, filed, OTHER, REQUESTS, START } from './example.ts'

const HOUR_MS = 3_600_000

interface Lived {
  readonly tallies: readonly Tally[]
  readonly complaint: Complaint
  /** Every change with the case as it was before it. */
  readonly changes: readonly { readonly before: Complaint; readonly event: HistoryEvent }[]
}

const requests = fc.oneof(
  fc
    .constantFrom(...MOVES.filter((move) => move !== 'merge' && move !== 'cancel'))
    .map((move): MoveRequest => REQUESTS[move]),
  fc.constantFrom<MoveRequest>(
    { move: 'assign', agency: 'parks' },
    { move: 'rate', rating: 1 },
    { move: 'rate', rating: 5 },
    { move: 'answer', note: 'done' },
    { move: 'satisfied' },
  ),
)
const lives = fc
  .record({
    after: fc.integer({ min: 0, max: 900 }),
    steps: fc.array(fc.record({ request: requests, quarters: fc.nat({ max: 200 }) }), {
      maxLength: 25,
    }),
  })
  .map(({ after, steps }): Lived => {
    let now = new Date(START.getTime() + after * HOUR_MS)
    let complaint = filed({}, now)
    const tallies: Tally[] = []
    const changes: Lived['changes'][number][] = []
    for (const { request, quarters } of steps) {
      now = new Date(now.getTime() + (quarters * HOUR_MS) / 4)
      const facts = { ...FACTS, now, into: OTHER }
      const result = applyMove(complaint, request, { role: 'any', actor: 'desk' }, facts)
      if (result.outcome !== 'moved') continue
      changes.push({ before: complaint, event: result.event })
      tallies.push(...result.tallies)
      complaint = result.complaint
    }
    return { tallies, complaint, changes }
  })
const towns = fc.array(lives, { maxLength: 12 })

function rowsOf(town: readonly Lived[]): FigureRows {
  const cases = town.map(
    ({ complaint }): CaseCount => ({ ...complaint, kelurahan: complaint.place.kelurahan, n: 1 }),
  )
  return { tallies: town.flatMap(({ tallies }) => tallies), cases, open: [] }
}

/** Nearest rank in the sorted list itself, rounded up to the hour at the end. */
function inList(town: readonly Lived[], percent: number, of: (life: Lived) => readonly Date[]) {
  const spans = town
    .flatMap((life) =>
      of(life).map((end) => workingMsBetween(life.complaint.filedAt, end, CALENDAR)),
    )
    .sort((a, b) => a - b)
  const one = spans[Math.ceil((spans.length * percent) / 100) - 1]
  return one === undefined ? null : Math.ceil(one / HOUR_MS)
}

const firstAnswer = ({ changes }: Lived) =>
  changes.flatMap(({ event }) => (event.move === 'answer' ? [event.at] : [])).slice(0, 1)
const firstDecision = ({ changes }: Lived) =>
  changes
    .filter(({ event }) => event.from === 'received')
    .flatMap(({ event: { move, at } }) => (move === 'assign' || move === 'answer' ? [at] : []))
    .slice(0, 1)
const closings = ({ changes }: Lived) =>
  changes.flatMap(({ event }) =>
    event.to === 'closed' && event.from !== 'closed' ? [event.at] : [],
  )

/** By the dates that stood on the case, asking neither the clocks’ own verdict nor a tally. */
function datesKept(town: readonly Lived[]) {
  const stops = {
    verify: ['assign', 'answer'],
    follow_up: ['update', 'answer'],
    finish: ['answer'],
  }
  return Object.entries(stops).map(([clock, moves]) => {
    const inTime = town.flatMap(({ changes }) =>
      changes.flatMap(({ before, event }) => {
        const ran = before.clocks.find(({ name, status }) => name === clock && status === 'running')
        return ran !== undefined && moves.includes(event.move) ? [event.at <= ran.dueAt] : []
      }),
    )
    const met = inTime.filter((one) => one).length
    return { clock, met, missed: inTime.length - met }
  })
}

/** The last rating of each stay: with an agency, or at the desk before one had it. */
function ratingsKept({ changes }: Lived): readonly number[] {
  const stays: (number | null)[] = [null]
  for (const { event } of changes) {
    const { rating } = event.detail
    if (event.move === 'rate') stays[stays.length - 1] = typeof rating === 'number' ? rating : null
    if (event.to === 'received' || event.move === 'transfer') stays.push(null)
  }
  return stays.filter((rating) => rating !== null)
}

const times = (town: readonly Lived[], which: (event: HistoryEvent) => boolean) =>
  town.flatMap(({ changes }) => changes.filter(({ event }) => which(event))).length

test('percentiles are those of the sorted list, rounded up to the hour', () => {
  fc.assert(
    fc.property(towns, (town) => {
      const { hours } = figuresOf(rowsOf(town), null)
      const ends = { verified: firstDecision, first_answer: firstAnswer, closed: closings }
      for (const name of ['verified', 'first_answer', 'closed'] as const) {
        expect(hours[name]).toEqual({
          n: town.flatMap(ends[name]).length,
          median: inList(town, 50, ends[name]),
          p90: inList(town, 90, ends[name]),
        })
      }
    }),
    { numRuns: 100 },
  )
})

test('counts, dates kept and ratings are those of a recount of the history', () => {
  fc.assert(
    fc.property(towns, (town) => {
      const figures = figuresOf(rowsOf(town), null)
      expect(figures.filed).toBe(town.length)
      expect(figures.clocks).toEqual(datesKept(town))
      expect(figures.done).toEqual({
        assigned: times(town, ({ move }) => move === 'assign' || move === 'transfer'),
        answered: times(town, ({ move, from }) => move === 'answer' && from !== 'answered'),
        returned: times(town, ({ move }) => move === 'return'),
        dissatisfied: times(town, ({ move }) => move === 'dissatisfied'),
        reopened: times(town, ({ move }) => move === 'reopen'),
      })
      const ratings = town.flatMap(ratingsKept)
      expect(figures.rating.n).toBe(ratings.length)
      if (ratings.length > 0)
        expect(figures.rating.mean).toBeCloseTo(
          ratings.reduce((all, one) => all + one, 0) / ratings.length,
        )
    }),
    { numRuns: 100 },
  )
})

test('the agencies share what was done among them, and nobody’s is the rest', () => {
  fc.assert(
    fc.property(towns, (town) => {
      const rows = rowsOf(town)
      const all = figuresOf(rows, null)
      const one = (agency: string) => figuresOf(rows, agency)
      const ids = ['roads', 'water', 'parks']
      const sum = (of: (agency: string) => number) =>
        ids.reduce((whole, agency) => whole + of(agency), 0)
      expect(sum((id) => one(id).done.assigned)).toBe(all.done.assigned)
      expect(sum((id) => one(id).done.returned)).toBe(all.done.returned)
      expect(sum((id) => one(id).hours.closed.n)).toBeLessThanOrEqual(all.hours.closed.n)
      for (const id of ids) expect(one(id).hours.verified.n).toBe(0)
    }),
    { numRuns: 50 },
  )
})

describe('a percentile', () => {
  const facts: readonly [
    name: string,
    buckets: readonly [number, number][],
    p: number,
    is: number | null,
  ][] = [
    ['of nothing is none', [], 50, null],
    ['of one is that one', [[7, 1]], 50, 7],
    [
      'the median of an even number is the lower middle',
      [
        [1, 1],
        [9, 1],
      ],
      50,
      1,
    ],
    [
      'nine of ten',
      [
        [1, 9],
        [40, 1],
      ],
      90,
      1,
    ],
    [
      'more than nine of ten',
      [
        [1, 8],
        [40, 2],
      ],
      90,
      40,
    ],
    [
      'buckets in any order',
      [
        [40, 2],
        [1, 8],
      ],
      50,
      1,
    ],
    [
      'what was taken back elsewhere counts for nothing',
      [
        [1, -2],
        [5, 2],
      ],
      50,
      5,
    ],
  ]
  for (const [name, buckets, percent, is] of facts)
    test(name, () => {
      expect(percentileOf(new Map(buckets), percent)).toBe(is)
    })
})

test('a confidential case is counted, but neither its category nor its kelurahan', () => {
  const plain: CaseCount = {
    ...{ state: 'received', class: 'complaint', channel: 'sms', agency: null },
    ...{ category: 'lamp', kelurahan: 'North', confidential: false, n: 3 },
  }
  const secret: CaseCount = {
    ...plain,
    category: 'harm',
    kelurahan: 'South',
    confidential: true,
    n: 1,
  }
  const figures = figuresOf({ tallies: [], cases: [plain, secret], open: [] }, null)
  expect(figures).toMatchObject({ filed: 4, confidential: 1 })
  expect(figures.counts).toMatchObject({
    state: [{ key: 'received', n: 4 }],
    category: [{ key: 'lamp', n: 3 }],
    kelurahan: [{ key: 'North', n: 3 }],
  })
})
