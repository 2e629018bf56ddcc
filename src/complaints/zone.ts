// Calendar dates and hours of a city's zone, with daylight saving, from Intl alone.
// A date is text (`2026-11-25`); a moment is a Date; only these functions turn one into the other.

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Building a formatter costs a hundred times more than using it. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

/** What the zone's wall clock shows, as the same figures in UTC. */
function wallMs(atMs: number, zone: string): number {
  const p = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const part of formatterOf(zone).formatToParts(new Date(atMs)))
    if (part.type in p) p[part.type as keyof typeof p] = Number(part.value)
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second)
}

/** Clocks are changed only on quarters of an hour, so Intl, which is slow, need be asked once for each. */
const QUARTER_MS = HOUR_MS / 4
const REMEMBERED = 20_000
const offsetsByZone = new Map<string, Map<number, number>>()

function rememberedOf<T>(byZone: Map<string, Map<number, T>>, zone: string): Map<number, T> {
  const known = byZone.get(zone)
  if (known !== undefined) return known
  const made = new Map<number, T>()
  byZone.set(zone, made)
  return made
}

/** Milliseconds that the zone's wall clock is ahead of UTC at this moment. */
function offsetMs(atMs: number, zone: string): number {
  const quarter = Math.floor(atMs / QUARTER_MS)
  const offsets = rememberedOf(offsetsByZone, zone)
  const known = offsets.get(quarter)
  if (known !== undefined) return known
  const offset = wallMs(quarter * QUARTER_MS, zone) - quarter * QUARTER_MS
  if (offsets.size >= REMEMBERED) offsets.clear()
  offsets.set(quarter, offset)
  return offset
}

function wallClock(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), zone)).toISOString()
}

const datesByZone = new Map<string, Map<number, string>>()

/** The calendar date in the zone: `2026-11-25`. It is one and the same for a quarter of an hour. */
export function localDate(at: Date, zone: string): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS)
  const dates = rememberedOf(datesByZone, zone)
  const known = dates.get(quarter)
  if (known !== undefined) return known
  const date = wallClock(at, zone).slice(0, 10)
  if (dates.size >= REMEMBERED) dates.clear()
  dates.set(quarter, date)
  return date
}

/** The time of day in the zone, as Indonesians write it: `14.30`. */
export function localTime(at: Date, zone: string): string {
  return wallClock(at, zone).slice(11, 16).replace(':', '.')
}

/**
 * The moment at which the zone's clocks show this date and full hour. Where that hour is skipped by daylight saving,
 * the moment of the jump plus what was skipped; where it comes twice, the first.
 */
export function instantOf(date: string, hour: number, zone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + hour * HOUR_MS
  const before = offsetMs(wall - DAY_MS, zone)
  const after = offsetMs(wall + DAY_MS, zone)
  if (before === after || offsetMs(wall - before, zone) === before) return new Date(wall - before)
  if (offsetMs(wall - after, zone) === after) return new Date(wall - after)
  return new Date(wall - before)
}

/** The moment the local day of `at` began. */
export function midnightBefore(at: Date, zone: string): Date {
  return instantOf(localDate(at, zone), 0, zone)
}

/** The calendar date `n` days later (earlier when negative). */
export function addDays(date: string, n: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10)
}

/** ISO 8601 with the zone's offset: `2026-11-25T16:00:00.000+08:00`. */
export function isoWithOffset(at: Date, zone: string): string {
  const offset = offsetMs(at.getTime(), zone)
  const wall = wallClock(at, zone).slice(0, -1)
  const minutes = Math.abs(offset) / 60_000
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
