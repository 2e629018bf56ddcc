// The two cities that come with the project are whole, and what is derived from their files is right.

import { describe, expect, test } from '@jest/globals'
import { DOOR_REASONS } from '../../src/city/city-schema.ts'
import { isGsm7 } from '../../src/city/fields.ts'
import { ARCHIVE_REASONS } from '../../src/complaints/complaint.ts'
import { madeUpCity, referenceCity } from '../support/city.ts'
import { cityWith, swap } from './mistakes.ts'

const reference = referenceCity().city
const madeUp = madeUpCity().city

test('a next door may be given for every reason of archiving, and for nothing else', () => {
  expect([...DOOR_REASONS].sort()).toEqual([...ARCHIVE_REASONS].sort())
})

describe.each([
  ['reference', reference],
  ['made-up', madeUp],
])('the %s city', (_name, city) => {
  test('finds agencies and categories by their ids', () => {
    expect([...city.agencyById.keys()]).toEqual(city.agencies.map(({ id }) => id))
    expect([...city.agencyIds]).toEqual(city.agencies.map(({ id }) => id))
    expect([...city.categoryById.keys()]).toEqual(city.categories.map(({ id }) => id))
  })

  test('has a usual agency for every category', () => {
    for (const { agency } of city.categories) expect(city.agencyIds).toContain(agency)
  })

  test('counts its working days in its own zone', () => {
    expect(city.calendar.zone).toBe(city.zone)
    expect(city.calendar.closesAt).toBe(city.hours.closes)
    expect(city.calendar.opensAt).toBe(city.hours.opens)
  })

  test('tells where to turn for exactly the agencies beyond it', () => {
    for (const { outside, turnTo } of city.agencies) expect(turnTo !== null).toBe(outside)
  })
})

describe('the reference city', () => {
  test('has 35 agencies of its own and 8 beyond it', () => {
    expect(reference.agencies.filter(({ outside }) => !outside)).toHaveLength(35)
    expect(reference.agencies.filter(({ outside }) => outside)).toHaveLength(8)
  })

  test('has 30 categories, 3 of them confidential', () => {
    expect(reference.categories).toHaveLength(30)
    expect(reference.categories.filter(({ confidential }) => confidential)).toHaveLength(3)
  })

  test('has 5 districts with 52 villages, each village knowing its district', () => {
    expect(reference.places.districts).toHaveLength(5)
    const villages = reference.places.districts.flatMap(({ villages }) => villages)
    expect(villages).toHaveLength(52)
    for (const { name, villages } of reference.places.districts)
      for (const village of villages) expect(village.district).toBe(name)
  })

  test('knows the 25 official days of 2026 and none but an estimate for 2027', () => {
    expect(reference.holidays['2026']?.status).toBe('official')
    expect(reference.holidays['2026']?.days).toHaveLength(25)
    expect(reference.holidays['2027']?.status).toBe('estimate')
    expect(reference.calendar.officialYears).toEqual(new Set([2026]))
    expect(reference.calendar.holidays.has('2027-08-17')).toBe(true)
  })

  test('names landmarks in villages by the code of the village', () => {
    const codes = reference.places.districts.flatMap(({ villages }) =>
      villages.map(({ code }) => code),
    )
    const named = reference.places.landmarks.flatMap(({ village }) => village ?? [])
    expect(named.length).toBeGreaterThan(0)
    for (const code of named) expect(codes).toContain(code)
  })
})

describe('the made-up city shares no fact with the reference city', () => {
  test.each([
    ['agency', reference.agencyIds, madeUp.agencyIds],
    ['category', new Set(reference.categoryById.keys()), new Set(madeUp.categoryById.keys())],
    [
      'category name',
      new Set(reference.categories.map(({ name }) => name.id)),
      new Set(madeUp.categories.map(({ name }) => name.id)),
    ],
    ['prefix', new Set(reference.prefixes.ours), new Set(madeUp.prefixes.ours)],
    ['zone', new Set([reference.zone]), new Set([madeUp.zone])],
  ])('%s', (_what, ours, theirs) => {
    expect([...ours].filter((one) => theirs.has(one))).toEqual([])
  })

  test('and no clock', () => {
    expect(madeUp.clocks.at(-1)).not.toMatchObject({ verify: reference.clocks[0]?.verify })
  })

  test('and has no kelurahan', () => {
    expect(madeUp.places.districts).toEqual([])
  })
})

test('clock sets are listed newest first', () => {
  expect(madeUp.clocks.map(({ from }) => from)).toEqual(['2027-01-01', '2026-01-01'])
})

test('prefixes are upper case however they are written', () => {
  const city = cityWith({ 'prefixes.yaml': swap('[WARUKARANG, WKR]', '[Warukarang, wkr]') })
  expect(city?.prefixes.ours).toEqual(['WARUKARANG', 'WKR'])
})

test('a plain SMS carries ASCII and a few more, but no curly quotes, dashes or emoji', () => {
  expect(isGsm7('Kec. Utara, Gg. 5 (RT 03) @ 100% é ü £')).toBe(true)
  for (const text of ['“a”', 'a–b', 'a…', '😀', 'a`b', '中', '[a]', '€'])
    expect(isGsm7(text)).toBe(false)
})
