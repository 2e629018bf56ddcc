// Agencies by responsiveness: 70 points for keeping the dates, 30 for the speed of the first response.
// The same formula stands in docs/figures.md in words; whoever changes one changes both.

import type { Spread } from './histogram.ts'

/** What one agency did in the period, and what it has now. */
export interface AgencyRow {
  readonly agency: string
  readonly assigned: number
  /** Working days to the first update or answer. */
  readonly response: Spread
  /** First follow-up and finish clocks that it stopped, in time and too late. */
  readonly met: number
  readonly missed: number
  readonly returned: number
  /** Answers that did not satisfy, and cases opened again. */
  readonly cameBack: number
  readonly rating: { readonly n: number; readonly mean: number | null }
  readonly open: number
  /** Cases beyond their date now: each counts as a date not kept, or whoever never answers would look best. */
  readonly late: number
}

export interface Ranked extends AgencyRow {
  /** 1 is the best; equal scores share it. Null: too few cases to say. */
  readonly rank: number | null
  /** 0-100; null where there is no rank. */
  readonly score: number | null
}

/** With fewer dates to keep than this, one case would decide. */
const FEWEST_DATES = 5
const DATES_POINTS = 70
const SPEED_POINTS = 30
/** Working days after which a first response earns nothing for its speed. */
const SLOWEST_DAYS = 10

function scoreOf({ met, missed, late, response }: AgencyRow): number | null {
  const dates = met + missed + late
  if (dates < FEWEST_DATES) return null
  // Without any response there is no speed.
  const days = Math.min(response.median ?? SLOWEST_DAYS, SLOWEST_DAYS)
  return Math.round((DATES_POINTS * met) / dates + SPEED_POINTS * (1 - days / SLOWEST_DAYS))
}

export function ranked(rows: readonly AgencyRow[]): readonly Ranked[] {
  const scored = rows
    .map((row) => ({ ...row, score: scoreOf(row) }))
    .sort(
      (a, b) =>
        (b.score ?? -1) - (a.score ?? -1) ||
        b.assigned - a.assigned ||
        a.agency.localeCompare(b.agency),
    )
  const better = (than: number) => scored.filter(({ score }) => score !== null && score > than)
  return scored.map((row) => ({
    ...row,
    rank: row.score === null ? null : 1 + better(row.score).length,
  }))
}
