// Figures for the digest and the statistics: what was tallied day by day, and how things stand now.
// Tallies are written with the change they come from (`ComplaintChange.tallies`), so none is lost or counted twice.

import type { ComplaintClass, State } from '../complaints/complaint.ts'
import type { Tally } from '../complaints/tally.ts'
import type { ChannelName } from '../message.ts'

/** How many complaints agree in all of these. */
export interface CaseCount {
  readonly state: State
  readonly class: ComplaintClass
  readonly category: string | null
  readonly kelurahan: string | null
  readonly channel: ChannelName
  readonly agency: string | null
  readonly n: number
}

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
  /** All complaints there are, in no order. Reads the whole table: not for every message. */
  caseCounts(): Promise<readonly CaseCount[]>
  openCounts(now: Date, dayEnd: Date): Promise<readonly OpenCount[]>
}
