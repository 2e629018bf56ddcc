// Working hours: the clock of an official, not of the wall.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Calendar, instantOf, isWorkingDay, localDate } from '../../src/complaints/clocks.ts'
import { workingHoursBetween, workingMsBetween } from '../../src/complaints/working-hours.ts'
import { at, CALENDAR } from './example.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const facts: readonly [name: string, from: string, to: string, hours: number][] = [
  ['within a morning', '2026-11-25 09.00', '2026-11-25 11.00', 2],
  ['a begun hour counts whole', '2026-11-25 09.00', '2026-11-25 10.01', 2],
  ['no time at all', '2026-11-25 09.00', '2026-11-25 09.00', 0],
  ['filed at night, looked at before opening', '2026-11-25 20.00', '2026-11-26 07.59', 0],
  ['the lunch break counts', '2026-11-25 08.00', '2026-11-25 16.00', 8],
  ['overnight', '2026-11-25 15.00', '2026-11-26 09.00', 2],
  ['over a weekend', '2026-11-27 15.00', '2026-11-30 09.00', 2],
  ['filed on a Sunday', '2026-11-22 12.00', '2026-11-23 10.00', 2],
  ['answered on a Sunday', '2026-11-20 15.00', '2026-11-22 12.00', 1],
  ['three whole days between', '2026-11-23 15.00', '2026-11-27 09.00', 26],
  ['over the holidays of Christmas', '2026-12-23 15.00', '2026-12-28 09.00', 2],
]
for (const [name, from, to, hours] of facts)
  test(`${name}: ${from} to ${to} is ${hours}`, () => {
    expect(workingHoursBetween(at(from), at(to), CALENDAR)).toBe(hours)
  })

test('a moment before the first is no negative time', () => {
  expect(workingMsBetween(at('2026-11-25 11.00'), at('2026-11-25 09.00'), CALENDAR)).toBe(0)
})

const BERLIN: Calendar = { ...CALENDAR, zone: 'Europe/Berlin' }
const moments = fc
  .integer({ min: 0, max: 400 * 24 * 12 })
  .map((fives) => new Date(at('2026-01-01').getTime() + fives * 5 * MINUTE_MS))
const calendars = fc.constantFrom(CALENDAR, BERLIN)

/** Day by day, each held against its own office hours. */
function byDays(from: Date, to: Date, calendar: Calendar): number {
  let worked = 0
  for (
    let day = from.getTime() - 24 * HOUR_MS;
    day <= to.getTime() + 24 * HOUR_MS;
    day += HOUR_MS
  ) {
    const date = localDate(new Date(day), calendar.zone)
    if (localDate(new Date(day - HOUR_MS), calendar.zone) === date) continue
    if (!isWorkingDay(date, calendar)) continue
    const opening = instantOf(date, calendar.opensAt, calendar.zone).getTime()
    const closing = instantOf(date, calendar.closesAt, calendar.zone).getTime()
    worked += Math.max(0, Math.min(to.getTime(), closing) - Math.max(from.getTime(), opening))
  }
  return worked
}

test('it is the sum of what each day had, also where summer time begins and ends', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 0, max: 40 * 24 * 12 }),
      calendars,
      (from, more, city) => {
        const to = new Date(from.getTime() + more * 5 * MINUTE_MS)
        expect(workingMsBetween(from, to, city)).toBe(byDays(from, to, city))
      },
    ),
    { numRuns: 60 },
  )
})

test('two spans that meet are as long as the whole', () => {
  fc.assert(
    fc.property(fc.tuple(moments, moments, moments), calendars, (three, city) => {
      const [a, b, c] = three.sort((x, y) => x.getTime() - y.getTime())
      const [ab, bc] = [workingMsBetween(a, b, city), workingMsBetween(b, c, city)]
      expect(workingMsBetween(a, c, city)).toBe(ab + bc)
    }),
    { numRuns: 300 },
  )
})
