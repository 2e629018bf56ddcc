// Working days and due dates: every vector of product.md section 4, and the boundaries around them.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  addWorkingDays,
  dayZeroOf,
  isEstimate,
  isWorkingDay,
  localDate,
  startClock,
  workingDaysBetween,
} from '../../src/complaints/clocks.ts'
import { addDays } from '../../src/complaints/zone.ts'
import { at, CALENDAR, ZONE } from './example.ts'

function due(received: string, days: number): string {
  return localDate(startClock('verify', days, at(received), CALENDAR).dueAt, ZONE)
}

describe('the vectors of the product page', () => {
  test.each([
    ['2026-03-16 10.00', 3, '2026-03-26'],
    ['2026-05-13 10.00', 3, '2026-05-20'],
    ['2026-12-18 10.00', 3, '2026-12-23'],
    ['2026-11-20 10.00', 3, '2026-11-25'],
    ['2026-11-25 10.00', 14, '2026-12-15'],
    ['2026-11-19 16.30', 3, '2026-11-25'],
    ['2026-11-20 16.30', 3, '2026-11-25'],
    ['2026-11-22 10.00', 3, '2026-11-25'],
  ])('%s and %i working days end on %s', (received, days, date) => {
    expect(due(received, days)).toBe(date)
  })
  test('a clock runs out at 16.00 of its due date', () => {
    expect(startClock('verify', 3, at('2026-11-20 10.00'), CALENDAR).dueAt).toEqual(
      at('2026-11-25 16.00'),
    )
  })
})

describe('day 0', () => {
  test('is today at 16.00 sharp and tomorrow one millisecond later', () => {
    const closing = at('2026-11-19 16.00')
    expect(dayZeroOf(closing, CALENDAR)).toBe('2026-11-19')
    expect(dayZeroOf(new Date(closing.getTime() + 1), CALENDAR)).toBe('2026-11-20')
  })
  test('is the calendar day, though it be a Saturday', () => {
    expect(dayZeroOf(at('2026-11-21 09.00'), CALENDAR)).toBe('2026-11-21')
    expect(dayZeroOf(at('2026-11-20 16.01'), CALENDAR)).toBe('2026-11-21')
  })
  test('is today in the first minute of the day', () => {
    expect(dayZeroOf(at('2026-11-19 00.00'), CALENDAR)).toBe('2026-11-19')
  })
})

describe('boundaries', () => {
  test.each([
    ['2026-11-21 10.00', 3, '2026-11-25', 'a Saturday'],
    ['2026-05-26 10.00', 1, '2026-05-29', 'the eve of a holiday with a common day off'],
    ['2026-05-26 16.01', 1, '2026-05-29', 'the eve of a holiday after closing'],
    ['2026-03-17 10.00', 1, '2026-03-25', 'the eve of the longest holidays'],
    ['2026-12-23 10.00', 3, '2026-12-30', 'Christmas Eve'],
    ['2026-12-31 10.00', 1, '2027-01-01', 'the end of the list'],
    ['2028-02-28 10.00', 1, '2028-02-29', 'the eve of 29 February'],
    ['2028-02-28 16.01', 1, '2028-03-01', '29 February as day 0'],
    ['2026-11-21 10.00', 0, '2026-11-23', 'no days from a Saturday'],
    ['2026-11-20 10.00', 0, '2026-11-20', 'no days from a Friday'],
  ])('%s and %i working days end on %s: %s', (received, days, date) => {
    expect(due(received, days)).toBe(date)
  })
  test('holidays and weekends are no working days', () => {
    expect(isWorkingDay('2026-12-24', CALENDAR)).toBe(false)
    expect(isWorkingDay('2026-11-21', CALENDAR)).toBe(false)
    expect(isWorkingDay('2026-11-23', CALENDAR)).toBe(true)
  })
  test('days are counted backwards too', () => {
    expect(addWorkingDays('2026-03-25', -1, CALENDAR)).toBe('2026-03-17')
    expect(addWorkingDays('2026-11-21', -1, CALENDAR)).toBe('2026-11-20')
  })
})

describe('estimates', () => {
  test('a year without an official list gives estimates', () => {
    expect(isEstimate('2026-12-31', CALENDAR)).toBe(false)
    expect(isEstimate('2027-01-01', CALENDAR)).toBe(true)
  })
  test('a clock that only begins in an official year is an estimate', () => {
    expect(startClock('finish', 14, at('2026-12-21 10.00'), CALENDAR).estimate).toBe(true)
    expect(startClock('verify', 3, at('2026-12-21 10.00'), CALENDAR).estimate).toBe(false)
  })
})

const dates = fc.integer({ min: 0, max: 360 }).map((n) => addDays('2026-01-01', n))

describe('counting', () => {
  test('forward and between agree', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 80 }), (date, n) => {
        const end = addWorkingDays(date, n, CALENDAR)
        expect(isWorkingDay(end, CALENDAR)).toBe(true)
        expect(workingDaysBetween(date, end, CALENDAR)).toBe(n)
        expect(workingDaysBetween(end, date, CALENDAR)).toBe(-n)
      }),
    )
  })
  test('in two parts is counting at once', () => {
    const few = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(dates, few, few, (date, n, m) => {
        const middle = addWorkingDays(date, n, CALENDAR)
        expect(addWorkingDays(middle, m, CALENDAR)).toBe(addWorkingDays(date, n + m, CALENDAR))
      }),
    )
  })
})
