// Counting working days: Monday to Friday without the holidays of the city's list (product.md section 4).
// Day 0 is the day of receipt, or the next calendar day after closing time; counting begins the day after.

import { addDays, instantOf, localDate } from './zone.ts'

/** What counting working days needs; built once from the city's configuration. */
export interface Calendar {
  /** IANA zone: `Asia/Makassar`. */
  readonly zone: string
  /** Hour of the day at which the office closes: 16. */
  readonly closesAt: number
  /** Hour of the morning at which steps, reminders and digests go: 8. */
  readonly opensAt: number
  /** Official holidays and cuti bersama as `2026-12-25`. */
  readonly holidays: ReadonlySet<string>
  /** Years whose list is official; in any other, a date told is an estimate. */
  readonly officialYears: ReadonlySet<number>
}

const DAY_MS = 86_400_000

/** Days since 1970: counting in them costs a thirtieth of counting in dates as text. */
function numberOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

const holidayNumbers = new WeakMap<ReadonlySet<string>, ReadonlySet<number>>()

function holidaysOf({ holidays }: Calendar): ReadonlySet<number> {
  const known = holidayNumbers.get(holidays)
  if (known !== undefined) return known
  const numbers = new Set([...holidays].map(numberOf))
  holidayNumbers.set(holidays, numbers)
  return numbers
}

function isWorking(day: number, holidays: ReadonlySet<number>): boolean {
  const weekday = (day + 4) % 7 // 1 January 1970 was a Thursday
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

export function isWorkingDay(date: string, calendar: Calendar): boolean {
  return isWorking(numberOf(date), holidaysOf(calendar))
}

/** The `n`th working day after the date, before it when negative; for 0 the date itself or the first working day after it. */
export function addWorkingDays(date: string, n: number, calendar: Calendar): string {
  const holidays = holidaysOf(calendar)
  const stride = n < 0 ? -1 : 1
  let day = numberOf(date)
  if (n === 0) {
    while (!isWorking(day, holidays)) day += 1
    return dateOf(day)
  }
  for (let left = Math.abs(n); left > 0; ) {
    day += stride
    if (isWorking(day, holidays)) left -= 1
  }
  return dateOf(day)
}

/** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: string, to: string, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  const holidays = holidaysOf(calendar)
  const last = numberOf(to)
  let count = 0
  for (let day = numberOf(from) + 1; day <= last; day += 1) if (isWorking(day, holidays)) count += 1
  return count
}

/** Day 0 of what happens at this moment. 16.00 sharp is still today. */
export function dayZeroOf(at: Date, calendar: Calendar): string {
  const today = localDate(at, calendar.zone)
  const closing = instantOf(today, calendar.closesAt, calendar.zone)
  return at.getTime() > closing.getTime() ? addDays(today, 1) : today
}

/** The first opening hour of a working day after this moment. */
export function openingAfter(at: Date, calendar: Calendar): Date {
  const today = localDate(at, calendar.zone)
  const first = instantOf(addWorkingDays(today, 0, calendar), calendar.opensAt, calendar.zone)
  if (first.getTime() > at.getTime()) return first
  return instantOf(addWorkingDays(today, 1, calendar), calendar.opensAt, calendar.zone)
}

/** True in a year without an official list of holidays: the date can only be told as an estimate. */
export function isEstimate(date: string, calendar: Calendar): boolean {
  return !calendar.officialYears.has(Number(date.slice(0, 4)))
}

/** True when counting from one date to the other touches a year without an official list. */
export function isEstimatedSpan(from: string, to: string, calendar: Calendar): boolean {
  const first = from < to ? from : to
  const last = from < to ? to : from
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1)
    if (!calendar.officialYears.has(year)) return true
  return false
}
