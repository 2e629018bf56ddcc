// When a notice may go: not in the city's quiet hours, and not for ever.
// Replies to one's own message and emergencies never ask here.

import type { City } from '../city/city.ts'
import {
  instantOf,
  isWorkingDay,
  localDate,
  localTime,
  openingAfter,
} from '../complaints/clocks.ts'
import { DOUBTED_MS, type Listener } from '../store/people-port.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Notices and pings are worth nothing after this (channels.md, all channels, rule 7). */
export const NOTICE_LIFE_MS = 72 * HOUR_MS
export const REPLY_LIFE_MS = 24 * HOUR_MS
/** Without a word for this long, a number may belong to somebody else (product.md section 8). */
const STRANGER_AFTER_MS = 90 * 24 * HOUR_MS

type Hours = Pick<City, 'zone' | 'hours'>

/** `at` itself, or the end of the quiet hours it falls into. */
export function afterQuiet(at: Date, { zone, hours }: Hours): Date {
  if (!isQuiet(at, { zone, hours })) return at
  const today = localDate(at, zone)
  const morning = instantOf(today, hours.quietTo, zone)
  return morning > at ? morning : instantOf(dayAfter(today), hours.quietTo, zone)
}

function isQuiet(at: Date, { zone, hours }: Hours): boolean {
  const hour = hourOf(at, zone)
  const { quietFrom, quietTo } = hours
  if (quietFrom === quietTo) return false
  return quietFrom < quietTo
    ? hour >= quietFrom && hour < quietTo
    : hour >= quietFrom || hour < quietTo
}

/** `at` itself if a step of a clock may go then: on a working day, from opening to the quiet hours. Else the next opening. */
export function officeTimeFrom(at: Date, city: Hours & Pick<City, 'calendar'>): Date {
  const { calendar, zone } = city
  const goes = afterQuiet(at, city)
  const open =
    isWorkingDay(localDate(goes, zone), calendar) && hourOf(goes, zone) >= calendar.opensAt
  return open ? at : openingAfter(at, calendar)
}

/** The morning of the next day, when quiet hours end and a new day's budget begins. */
export function nextMorning(at: Date, { zone, hours }: Hours): Date {
  return instantOf(dayAfter(localDate(at, zone)), hours.quietTo, zone)
}

/**
 * The moment the hour of the zone's wall clock began. Where the clock goes back, the hour that comes twice is two: what
 * goes once an hour goes in both.
 */
export function hourBegan(at: Date, zone: string): Date {
  const minuteMs = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  const minutes = Number.parseInt(localTime(at, zone).slice(-2), 10)
  return new Date(minuteMs - minutes * MINUTE_MS)
}

/** The moment the next hour of the wall clock begins. */
export function nextHour(at: Date, zone: string): Date {
  return new Date(hourBegan(at, zone).getTime() + HOUR_MS)
}

/** Hour of the day in the zone, 0-23. */
function hourOf(at: Date, zone: string): number {
  return Number.parseInt(localTime(at, zone), 10)
}

/** Numbers are handed out again: such a reader is told ticket and state alone, until they name that ticket. */
export function maybeAnother(
  { lastHeardAt, lastWordAt }: Pick<Listener, 'lastHeardAt' | 'lastWordAt'>,
  now: Date,
): boolean {
  return longSilent(lastHeardAt, now) || lastWordAt?.getTime() === DOUBTED_MS
}

export function longSilent(lastHeardAt: Date | null, now: Date): boolean {
  return lastHeardAt === null || now.getTime() - lastHeardAt.getTime() > STRANGER_AFTER_MS
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10)
}
