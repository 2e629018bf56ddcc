// Urgent is what goes on now; confidential by default is violence and extortion.

import { describe, expect, test } from '@jest/globals'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()

describe('urgent', () => {
  test.each([
    'kebakaran di gg 8 kelayan dalam',
    'rumah di gg 8 terbakar cepat pak',
    'anak tenggelam di sungai dekat jembatan',
    'ada orang kesetrum di tiang pju',
    'tawuran bawa parang di depan pasar sekarang',
    'kecelakaan di simpang empat korban berdarah',
    'urang tinggalam di higa jambatan',
    'rumah urang tabakar di gg 8 lakasi',
    'ada begal di depan gg 8',
    'ada orang dipukuli di depan gg 8 sekarang',
    'perahu terbalik di muara, penumpangnya belum ditemukan',
  ])('%s', (text) => {
    expect(understand(text, city).urgent).toBe(true)
  })
})

test('an emergency is a complaint, however few its words', () => {
  const { intent, urgent } = understand('pak ada yg kelelep', city)
  expect([intent, urgent]).toEqual(['complaint', true])
})

describe('not urgent', () => {
  test.each([
    'lampu jalan terbakar di gg 8',
    'kantor damkar atapnya bocor',
    'bekas kebakaran di gg 8 belum dibersihkan',
    'sering kecelakaan di tikungan ini',
    'hidran rusak, takut kebakaran',
    'banyak warga kena demam berdarah',
    'sering ada begal di gg 8',
    'bangkai kapal karam di muara menghalangi perahu',
    'syarat bantuan korban kebakaran apa saja',
  ])('%s', (text) => {
    expect(understand(text, city).urgent).toBe(false)
  })
})

test.each([
  ['suami tetangga memukul istrinya', true],
  ['petugas kelurahan minta uang pelicin', true],
  ['got mampet di gg 8', false],
])('"%s" is confidential by default: %s', (text, sensitive) => {
  expect(understand(text, city).sensitive).toBe(sensitive)
})

test('what is missing is asked: the place', () => {
  expect(understand('lampu jalan mati', city).asks).toEqual(['place'])
})

test('a matter of papers is not asked where', () => {
  expect(understand('ktp saya belum jadi sudah 3 bulan', city).asks).toEqual([])
})
