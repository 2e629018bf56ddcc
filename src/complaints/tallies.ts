// What a change adds to the figures of its day: counted for the agency that had the case at that moment.
// Made beside the move itself, so that figures cannot tell another story than the history. A filing adds none: it is
// counted among the complaints; one row that all filings of a day add to cost PostgreSQL a third of them (measured).

import type { ClockName, Complaint, HistoryEvent } from './complaint.ts'
import type { Tally } from './tally.ts'
import { type Calendar, workingDaysBetween } from './working-days.ts'
import { workingHoursBetween } from './working-hours.ts'
import { localDate } from './zone.ts'

/** Clocks that officials keep; the others are the citizen's. */
export const OFFICIAL_CLOCKS = ['verify', 'follow_up', 'finish'] as const satisfies ClockName[]
export type OfficialClock = (typeof OFFICIAL_CLOCKS)[number]

/**
 * What is counted, with what its bucket says; docs/figures.md explains each to an official.
 * `verified`, `first_answer`, `closed`: working hours since it was filed. `response`: working days from the day it came
 * to the agency to its first update or answer, without those on hold. `rating`: 1-5. The others have no buckets.
 */
export type Measure =
  | 'assigned'
  | 'verified'
  | 'response'
  | 'first_answer'
  | 'answered'
  | 'closed'
  | 'returned'
  | 'dissatisfied'
  | 'reopened'
  | 'rating'
  | `met_${OfficialClock}`
  | `missed_${OfficialClock}`

interface Change {
  readonly before: Complaint
  readonly after: Complaint
  readonly event: HistoryEvent
}

/** One thing counted, before it is known of which day. */
interface Counted {
  readonly measure: Measure
  readonly agency: string | null
  readonly bucket?: number
  /** 1 if absent. */
  readonly n?: number
}

export function talliesOf(change: Change, calendar: Calendar): readonly Tally[] {
  const day = localDate(change.event.at, calendar.zone)
  return countedOf(change, calendar).map(({ measure, agency, bucket = 0, n = 1 }) => {
    return { day, agency: agency ?? '', measure, bucket, n }
  })
}

function countedOf({ before, after, event }: Change, calendar: Calendar): readonly Counted[] {
  const { agency } = before
  const hours = () => workingHoursBetween(before.filedAt, event.at, calendar)
  const since = (measure: Measure): Counted => ({ measure, agency, bucket: hours() })
  return [
    ...movedOf(before, after, event),
    ...(verifies(before, event) ? [since('verified')] : []),
    ...(before.firstAnsweredAt === null && after.firstAnsweredAt !== null
      ? [since('first_answer')]
      : []),
    ...(before.state !== 'closed' && after.state === 'closed' ? [since('closed')] : []),
    ...OFFICIAL_CLOCKS.flatMap((name) => stoppedOf(name, before, after, event.at, calendar)),
    ...(event.move === 'rate' && before.rating !== after.rating ? ratingsOf(before, after) : []),
  ]
}

/** The moves that are counted as such. */
function movedOf(before: Complaint, after: Complaint, event: HistoryEvent): readonly Counted[] {
  const { agency } = before
  switch (event.move) {
    case 'assign':
    case 'transfer':
      return [{ measure: 'assigned', agency: after.agency }]
    case 'answer':
      // Said again, it is the same answer put right.
      return before.state === 'answered' ? [] : [{ measure: 'answered', agency }]
    case 'return':
      return [{ measure: 'returned', agency }]
    case 'dissatisfied':
      return [{ measure: 'dissatisfied', agency }]
    case 'reopen':
      return [{ measure: 'reopened', agency }]
    default:
      return []
  }
}

/** Once in the life of a case: what is archived or merged was sorted out, and what comes back was verified before. */
function verifies(before: Complaint, { move }: HistoryEvent): boolean {
  if (move !== 'assign' && move !== 'answer') return false
  return before.state === 'received' && !before.everAssigned && before.firstAnsweredAt === null
}

/** A clock this change stopped by doing what it asked for; one that merely lost its sense is neither. */
function stoppedOf(
  name: OfficialClock,
  before: Complaint,
  after: Complaint,
  at: Date,
  calendar: Calendar,
): readonly Counted[] {
  const ran = before.clocks.find((clock) => clock.name === name && clock.status === 'running')
  const status = after.clocks.find((clock) => clock.name === name)?.status
  if (ran === undefined || (status !== 'met' && status !== 'missed')) return []
  const { agency } = before
  const kept: Counted = { measure: `${status}_${name}`, agency }
  if (name !== 'follow_up') return [kept]
  // What a hold left over counts on from its end; the days before it are those no longer left.
  const earlier = before.rules.follow_up - ran.days
  const today = localDate(at, calendar.zone)
  const bucket = earlier + Math.max(0, workingDaysBetween(ran.dayZero, today, calendar))
  return [kept, { measure: 'response', agency, bucket }]
}

/** Rated again, the old figure is taken back: one case, one rating for each agency that had it. */
function ratingsOf(before: Complaint, after: Complaint): readonly Counted[] {
  const { agency } = after
  const rating = (bucket: number | null, n: number): readonly Counted[] =>
    bucket === null ? [] : [{ measure: 'rating', agency, bucket, n }]
  return [...rating(before.rating, -1), ...rating(after.rating, 1)]
}
