// Figures of a period, from what was tallied day by day and from how the complaints stand now (docs/figures.md).
// No person and no single complaint is in them; of confidential ones neither category nor kelurahan.

import type { ChannelName } from '../message.ts'
import type { ComplaintClass, State } from './complaint.ts'
import { countIn, type Histogram, meanOf, type Spread, spreadOf } from './histogram.ts'
import { type AgencyRow, type Ranked, ranked } from './ranking.ts'
import { type Measure, OFFICIAL_CLOCKS, type OfficialClock } from './tallies.ts'
import type { TallySum } from './tally.ts'
import { addDays, localDate } from './zone.ts'

/** How many complaints agree in all of these. */
export interface CaseCount {
  readonly state: State
  readonly class: ComplaintClass
  readonly category: string | null
  readonly kelurahan: string | null
  readonly channel: ChannelName
  readonly agency: string | null
  readonly confidential: boolean
  readonly n: number
}

/** What somebody has to act on. */
interface OpenCount {
  /** Null: nobody's yet. */
  readonly agency: string | null
  readonly open: number
  readonly late: number
}

/** One line of a count; null: unknown. */
interface Share<D extends Dimension> {
  readonly key: CaseCount[D]
  readonly n: number
}

interface Kept {
  readonly clock: OfficialClock
  readonly met: number
  readonly missed: number
}

export interface Figures {
  /** Filed in the period, as they stand now. */
  readonly filed: number
  readonly confidential: number
  /** Each from the most to the fewest. */
  readonly counts: { readonly [D in Dimension]: readonly Share<D>[] }
  /** Still to be acted on, whenever they were filed, and those of them beyond their date. */
  readonly open: number
  readonly late: number
  /** In working hours since they were filed. */
  readonly hours: Readonly<Record<'verified' | 'first_answer' | 'closed', Spread>>
  readonly clocks: readonly Kept[]
  readonly done: Readonly<Record<Plain, number>>
  readonly rating: { readonly n: number; readonly mean: number | null }
  /** How many agencies have a rank. */
  readonly ranked: number
  /** Best first; those with too few cases after them. */
  readonly agencies: readonly Ranked[]
}

const DIMENSIONS = ['state', 'class', 'category', 'kelurahan', 'channel'] as const
type Dimension = (typeof DIMENSIONS)[number]

const PLAIN = ['assigned', 'answered', 'returned', 'dissatisfied', 'reopened'] as const
type Plain = (typeof PLAIN)[number]

/** Calendar dates of the city, both included: `2026-11-25`. */
export interface Period {
  readonly since: string
  readonly until: string
}

/** What figures are told of when nobody says. */
const USUAL_DAYS = 30

/** Thirty days that end today, or on `until`. */
export function usualPeriod(now: Date, zone: string, until = localDate(now, zone)): Period {
  return { since: addDays(until, 1 - USUAL_DAYS), until }
}

/** What figures are made of: the tallies of the period's days, the complaints filed in it, and what is open now. */
export interface FigureRows {
  readonly tallies: readonly TallySum[]
  readonly cases: readonly CaseCount[]
  readonly open: readonly OpenCount[]
}

/** `agency`: of its cases alone; it keeps the rank it has among all. */
export function figuresOf(rows: FigureRows, agency: string | null): Figures {
  const agencies = ranked(agencyRows(rows))
  const own = agency === null ? rows : rowsOf(rows, agency)
  const of = histograms(own.tallies)
  const count = (measure: Measure) => countIn(of(measure))
  return {
    filed: total(own.cases),
    confidential: total(own.cases.filter(({ confidential }) => confidential)),
    counts: {
      state: shares(own.cases, 'state'),
      class: shares(own.cases, 'class'),
      category: shares(told(own.cases), 'category'),
      kelurahan: shares(told(own.cases), 'kelurahan'),
      channel: shares(own.cases, 'channel'),
    },
    open: sum(own.open.map(({ open }) => open)),
    late: sum(own.open.map(({ late }) => late)),
    hours: {
      verified: spreadOf(of('verified')),
      first_answer: spreadOf(of('first_answer')),
      closed: spreadOf(of('closed')),
    },
    clocks: OFFICIAL_CLOCKS.map((clock) => ({
      clock,
      met: count(`met_${clock}`),
      missed: count(`missed_${clock}`),
    })),
    done: {
      assigned: count('assigned'),
      answered: count('answered'),
      returned: count('returned'),
      dissatisfied: count('dissatisfied'),
      reopened: count('reopened'),
    },
    rating: { n: count('rating'), mean: meanOf(of('rating')) },
    ranked: agencies.filter(({ rank }) => rank !== null).length,
    agencies: agency === null ? agencies : agencies.filter((row) => row.agency === agency),
  }
}

/** `part` of `whole` in whole percent; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((100 * part) / whole)
}

function rowsOf({ tallies, cases, open }: FigureRows, agency: string): FigureRows {
  return {
    tallies: tallies.filter((row) => row.agency === agency),
    cases: cases.filter((row) => row.agency === agency),
    open: open.filter((row) => row.agency === agency),
  }
}

/** Buckets added up, for each measure. */
function histograms(tallies: readonly TallySum[]): (measure: Measure) => Histogram {
  const byMeasure = new Map<string, Map<number, number>>()
  for (const { measure, bucket, n } of tallies) {
    const buckets = byMeasure.get(measure) ?? new Map<number, number>()
    byMeasure.set(measure, buckets.set(bucket, (buckets.get(bucket) ?? 0) + n))
  }
  return (measure) => byMeasure.get(measure) ?? new Map()
}

function agencyRows(rows: FigureRows): readonly AgencyRow[] {
  const agencies = new Set([...rows.tallies, ...rows.open].map(({ agency }) => agency ?? ''))
  agencies.delete('')
  return [...agencies].map((agency) => agencyRow(agency, rowsOf(rows, agency)))
}

function agencyRow(agency: string, { tallies, open }: FigureRows): AgencyRow {
  const of = histograms(tallies)
  return {
    agency,
    assigned: countIn(of('assigned')),
    response: spreadOf(of('response')),
    met: countIn(of('met_follow_up')) + countIn(of('met_finish')),
    missed: countIn(of('missed_follow_up')) + countIn(of('missed_finish')),
    returned: countIn(of('returned')),
    cameBack: countIn(of('dissatisfied')) + countIn(of('reopened')),
    rating: { n: countIn(of('rating')), mean: meanOf(of('rating')) },
    open: sum(open.map((row) => row.open)),
    late: sum(open.map((row) => row.late)),
  }
}

/** Of which category and place may be told. */
function told(cases: readonly CaseCount[]): readonly CaseCount[] {
  return cases.filter(({ confidential }) => !confidential)
}

function shares<D extends Dimension>(cases: readonly CaseCount[], dimension: D) {
  const byKey = new Map<CaseCount[D], number>()
  for (const one of cases) byKey.set(one[dimension], (byKey.get(one[dimension]) ?? 0) + one.n)
  return [...byKey]
    .map(([key, n]) => ({ key, n }))
    .sort((a, b) => b.n - a.n || (a.key ?? '').localeCompare(b.key ?? ''))
}

function total(cases: readonly CaseCount[]): number {
  return sum(cases.map(({ n }) => n))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
