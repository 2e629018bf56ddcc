// The first word names a government: ours, also misspelt or glued; another's is never taken for ours.

import { describe, expect, test } from '@jest/globals'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { madeUpCity, referenceCity } from '../../support/city.ts'

const { city } = referenceCity()

describe('ours', () => {
  test.each([
    ['BANJARMASIN got mampet', 'got mampet'],
    ['banjarmasin: got mampet', 'got mampet'],
    ['BANJARMASIN.got mampet', 'got mampet'],
    ['banjarmasin,got mampet', 'got mampet'],
    ['BANJARMASINgot mampet', 'got mampet'],
    ['banjarmsin got mampet', 'got mampet'],
    ['BANJARMASN got mampet', 'got mampet'],
    ['bjrmsin got mampet', 'got mampet'],
    ['Banjar masin got mampet', 'got mampet'],
    ['kota banjarmasin got mampet', 'got mampet'],
    ['BJM got mampet', 'got mampet'],
    ['bjmgot mampet', 'got mampet'],
    ['assalamualaikum BJM got mampet', 'got mampet'],
  ])('%s', (text, words) => {
    expect(understand(text, city)).toMatchObject({ prefix: { whose: 'ours' }, words })
  })

  test('a district that begins with the city keeps its name in the words', () => {
    const reading = understand('BANJARMASIN UTARA banjir lagi', city)
    expect(reading.prefix.whose).toBe('ours')
    expect(reading.place.district).toBe('Banjarmasin Utara')
  })
})

describe("another government's", () => {
  test.each([
    ['BANJAR jln rusak', 'Kabupaten Banjar'],
    ['banjar. jln rusak', 'Kabupaten Banjar'],
    ['Kab. Banjar jln rusak', 'Kabupaten Banjar'],
    ['BANJARBARU jln rusak', 'Kota Banjarbaru'],
    ['bjb jln rusak', 'Kota Banjarbaru'],
  ])('%s', (text, name) => {
    expect(understand(text, city)).toMatchObject({
      prefix: { whose: 'other', name },
      words: 'jln rusak',
    })
  })
})

describe('none', () => {
  test.each([
    'jalan rusak di gg 8',
    'banjir lagi di gg 8',
    'banjar indah jalannya rusak',
    'orang banjar di gg 8 resah, lampu mati',
  ])('%s', (text) => {
    expect(understand(text, city)).toMatchObject({ prefix: { whose: 'none' }, words: text })
  })
})

test('the made-up city reads its own prefix and not ours', () => {
  const other = madeUpCity()
  expect(understand(`${other.prefix} jalan rusak`, other.city).prefix.whose).toBe('ours')
  expect(understand('BANJARMASIN jalan rusak', other.city).prefix.whose).not.toBe('ours')
})
