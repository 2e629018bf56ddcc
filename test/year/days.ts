// The checker's own calendar: days counted from 1970, working days and office hours of the town. It reads the list of
// holidays as text and shares nothing with the gateway.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG } from './town.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** UTC+8, without daylight saving. */
const ZONE = 8 * HOUR

const holidays = new Set(
  [...readFileSync(join(CONFIG, 'holidays.yaml'), 'utf8').matchAll(/^ +(\d{4}-\d\d-\d\d):/gm)].map(
    ([, date]) => Date.parse(`${date}`) / DAY,
  ),
)

export const dayOf = (at: number): number => Math.floor((at + ZONE) / DAY)
export const opening = (day: number): number => day * DAY - ZONE + 8 * HOUR
export const closing = (day: number): number => day * DAY - ZONE + 16 * HOUR

export function works(day: number): boolean {
  return (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6 && !holidays.has(day)
}

/** The nth working day after (or before); for none this one or the next that is one. */
export function workday(from: number, n: number): number {
  let day = from
  if (n === 0) while (!works(day)) day++
  for (let left = Math.abs(n); left > 0; ) {
    day += Math.sign(n)
    if (works(day)) left--
  }
  return day
}

/** Working days after the one, up to the other; negative backwards. */
export function workdays(from: number, to: number): number {
  if (to < from) return -workdays(to, from)
  let n = 0
  for (let day = from + 1; day <= to; day++) if (works(day)) n++
  return n
}

/** Day 0 of what happens then. */
export function dayZero(at: number): number {
  return at > closing(dayOf(at)) ? dayOf(at) + 1 : dayOf(at)
}
