// Working hours between two moments: those from opening to closing time of working days, in the city's zone.
// Nights, weekends and holidays count for nothing, whoever worked in them.

import { addWorkingDays, type Calendar, isWorkingDay, workingDaysBetween } from './working-days.ts'
import { instantOf, localDate } from './zone.ts'

const HOUR_MS = 3_600_000

/** Milliseconds of working time from one moment to the other; 0 when the second is not after the first. */
export function workingMsBetween(from: Date, to: Date, calendar: Calendar): number {
  if (to.getTime() <= from.getTime()) return 0
  const first = localDate(from, calendar.zone)
  const last = localDate(to, calendar.zone)
  if (first === last) return workedOn(first, from, to, calendar)
  const dayBefore = addWorkingDays(last, -1, calendar)
  const whole = dayBefore > first ? workingDaysBetween(first, dayBefore, calendar) : 0
  return (
    workedOn(first, from, to, calendar) +
    whole * (calendar.closesAt - calendar.opensAt) * HOUR_MS +
    workedOn(last, from, to, calendar)
  )
}

/** As tallied: begun hours count whole, so that n reads "at most n working hours". */
export function workingHoursBetween(from: Date, to: Date, calendar: Calendar): number {
  return Math.ceil(workingMsBetween(from, to, calendar) / HOUR_MS)
}

/** What of that day's office hours lies between the two moments. */
function workedOn(date: string, from: Date, to: Date, calendar: Calendar): number {
  if (!isWorkingDay(date, calendar)) return 0
  const opening = instantOf(date, calendar.opensAt, calendar.zone).getTime()
  const closing = instantOf(date, calendar.closesAt, calendar.zone).getTime()
  return Math.max(0, Math.min(to.getTime(), closing) - Math.max(from.getTime(), opening))
}
