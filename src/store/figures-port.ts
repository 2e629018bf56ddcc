// Figures for the digest and the statistics: what was tallied day by day, and how things stand now.
// Tallies are written with the change they come from (`ComplaintChange.tallies`), so none is lost or counted twice.

import type { CaseCount } from '../complaints/figures.ts'
import type { Tally, TallySum } from '../complaints/tally.ts'

/** What an agency has to act on: `received`, `held`, `assigned` and `in_progress`. */
export interface OpenCount {
  /** Null: nobody's yet. */
  readonly agency: string | null
  readonly open: number
  /** Earliest due date from now until the end of the day; held ones are not due. */
  readonly dueToday: number
  /** Earliest due date before now. */
  readonly late: number
}

export interface FigureStore {
  /** Of the days from `from` to `to`, both included, by day. */
  daily(from: string, to: string): Promise<readonly Tally[]>
  /** The same added up over the days, in no order: of a year a hundredth of the rows. */
  summed(from: string, to: string): Promise<readonly TallySum[]>
  /** Complaints filed in [since, until) as they stand now, in no order. */
  caseCounts(since: Date, until: Date): Promise<readonly CaseCount[]>
  openCounts(now: Date, dayEnd: Date): Promise<readonly OpenCount[]>
}
