// Dates and hours of a zone, with and without daylight saving.

import { describe, expect, test } from '@jest/globals'
import {
  addDays,
  instantOf,
  isoWithOffset,
  localDate,
  localTime,
  midnightBefore,
} from '../../src/complaints/clocks.ts'

const NEW_YORK = 'America/New_York'
const MAKASSAR = 'Asia/Makassar'

describe('in a zone without daylight saving', () => {
  test('a date begins eight hours before it does in Greenwich', () => {
    expect(localDate(new Date('2026-11-24T15:59:59.999Z'), MAKASSAR)).toBe('2026-11-24')
    expect(localDate(new Date('2026-11-24T16:00:00.000Z'), MAKASSAR)).toBe('2026-11-25')
  })
  test('a time is told with a dot', () => {
    expect(localTime(new Date('2026-11-25T06:30:59Z'), MAKASSAR)).toBe('14.30')
    expect(localTime(new Date('2026-11-24T16:00:00Z'), MAKASSAR)).toBe('00.00')
  })
  test('an hour of a date is one moment', () => {
    expect(instantOf('2026-11-25', 16, MAKASSAR)).toEqual(new Date('2026-11-25T08:00:00Z'))
  })
  test('midnight before a moment is that of its own date', () => {
    const midnight = new Date('2026-11-24T16:00:00Z')
    expect(midnightBefore(midnight, MAKASSAR)).toEqual(midnight)
    expect(midnightBefore(new Date('2026-11-25T15:59:59Z'), MAKASSAR)).toEqual(midnight)
  })
  test('a moment is written with the offset', () => {
    expect(isoWithOffset(new Date('2026-11-25T08:00:00Z'), MAKASSAR)).toBe(
      '2026-11-25T16:00:00.000+08:00',
    )
  })
})

describe('where clocks are changed', () => {
  test.each([
    ['2026-01-15', 8, '2026-01-15T13:00:00Z'],
    ['2026-07-15', 8, '2026-07-15T12:00:00Z'],
    ['2026-03-07', 16, '2026-03-07T21:00:00Z'],
    ['2026-03-08', 0, '2026-03-08T05:00:00Z'],
    ['2026-03-08', 1, '2026-03-08T06:00:00Z'],
    ['2026-03-08', 3, '2026-03-08T07:00:00Z'],
    ['2026-03-08', 16, '2026-03-08T20:00:00Z'],
    ['2026-11-01', 0, '2026-11-01T04:00:00Z'],
    ['2026-11-01', 2, '2026-11-01T07:00:00Z'],
    ['2026-11-01', 16, '2026-11-01T21:00:00Z'],
  ])('%s at %i.00 in New York is %s', (date, hour, utc) => {
    expect(instantOf(date, hour, NEW_YORK)).toEqual(new Date(utc))
  })
  test('an hour that is skipped is the one after the jump', () => {
    expect(instantOf('2026-03-08', 2, NEW_YORK)).toEqual(new Date('2026-03-08T07:00:00Z'))
  })
  test('an hour that comes twice is the first', () => {
    expect(instantOf('2026-11-01', 1, NEW_YORK)).toEqual(new Date('2026-11-01T05:00:00Z'))
  })
  test('a day whose midnight is skipped begins with the jump', () => {
    const jump = new Date('2026-09-06T04:00:00Z')
    expect(midnightBefore(new Date('2026-09-06T15:00:00Z'), 'America/Santiago')).toEqual(jump)
  })
  test('half hours and the west have their offsets', () => {
    expect(instantOf('2026-07-15', 8, 'Asia/Kolkata')).toEqual(new Date('2026-07-15T02:30:00Z'))
    expect(isoWithOffset(new Date('2026-07-15T12:00:00Z'), 'America/St_Johns')).toBe(
      '2026-07-15T09:30:00.000-02:30',
    )
  })
})

test('dates go over the end of February and of the year', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
})
