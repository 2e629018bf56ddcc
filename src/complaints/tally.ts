// One figure of one day: how often a measure fell into a bucket. Figures add up and name nobody.

export interface Tally {
  /** A calendar date in the city's zone: `2026-11-25`. */
  readonly day: string
  /** The agency's id; empty where it is no agency's. */
  readonly agency: string
  readonly measure: string
  /** What the measure counts by: working hours, a rating; 0 where it counts by nothing. */
  readonly bucket: number
  readonly n: number
}

/** The same of several days. */
export type TallySum = Omit<Tally, 'day'>
