// Whether an account is silent where it used to be busy: its own past weeks at the same weekday and hours decide.
// Pure. The numbers and why they are what they are: docs/operations.md.

/** Looked back at so many weeks, of which at least so many must be known. */
export const WEEKS = 6
const KNOWN_WEEKS = 3
export const WEEK_HOURS = 7 * 24
/** So many messages must be missing: where they come by chance, this is a silence of one in three million. */
const MISSING = 15
/** Nothing shorter is a silence, however busy the account is. */
export const SHORTEST_MS = 30 * 60_000
/** A longer silence is judged by its last day. */
export const LONGEST_MS = 24 * 3_600_000
const HOUR_MS = 3_600_000

/** Which part of which hour of the epoch a stretch of time takes up. */
export function hoursOf(from: Date, to: Date): readonly { hour: number; share: number }[] {
  const first = Math.floor(from.getTime() / HOUR_MS)
  const last = Math.floor(to.getTime() / HOUR_MS)
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const begin = Math.max(from.getTime(), (first + i) * HOUR_MS)
    const end = Math.min(to.getTime(), (first + i + 1) * HOUR_MS)
    return { hour: first + i, share: (end - begin) / HOUR_MS }
  })
}

type Hours = readonly { readonly hour: number; readonly received: number }[]

/** What came in during the same stretch of an earlier week; null: in part of it nobody was there to see. */
export function receivedIn(
  stretch: ReturnType<typeof hoursOf>,
  week: Hours,
  weeksAgo: number,
): number | null {
  const known = new Map(week.map(({ hour, received }) => [hour, received]))
  let sum = 0
  for (const { hour, share } of stretch) {
    const received = known.get(hour - weeksAgo * WEEK_HOURS)
    if (received === undefined) return null
    sum += received * share
  }
  return sum
}

/**
 * Whether so much used to come that nothing at all is strange: in all of the known weeks but the emptiest, which may
 * have been a holiday or an outage.
 */
export function isStrange(weeks: readonly (number | null)[]): boolean {
  const known = weeks.filter((sum) => sum !== null).sort((a, b) => a - b)
  return known.length >= KNOWN_WEEKS && (known[1] ?? 0) >= MISSING
}
