// Small talk, contentment, spam and auto-responders are no complaints; complaints about such things are.

import { describe, expect, test } from '@jest/globals'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()

describe('the intent', () => {
  test.each([
    ['p', 'greeting'],
    ['halo min', 'greeting'],
    ['tolong pak', 'greeting'],
    ['assalamualaikum wr wb', 'greeting'],
    ['makasih banyak bu', 'thanks'],
    ['makasih pak lampunya sudah terang', 'content'],
    ['masih bau pak, belum ada perubahan', 'discontent'],
    ['menangkan hadiah mobil, anda terpilih, klik link bit.ly/abc', 'spam'],
    ['butuh dana cepat tanpa agunan wa 0812', 'spam'],
    ['saya sedang rapat, nanti saya hubungi', 'unclear'],
    ['xqz wvr', 'unclear'],
    ['', 'empty'],
    ['BANJARMASIN', 'empty'],
  ])('of "%s" is %s', (text, intent) => {
    expect(understand(text, city).intent).toBe(intent)
  })
})

describe('is still a complaint', () => {
  test.each([
    'warga resah banyak judi slot di warung gg 8',
    'banyak penipuan undian berhadiah mengaku petugas dinas, tolong ditindak',
    'makasih pak tapi air di telawang mati lagi',
    'jalan masih rusak di gg 8 belum ditambal',
    'pohon pisang saya dimakan kambing tetangga terus tiap pagi',
  ])('%s', (text) => {
    expect(understand(text, city).intent).toBe('complaint')
  })
})

test('a salam is owed an answer', () => {
  expect(understand('assalamualaikum, got mampet di gg 8', city).salam).toBe(true)
})

test('discontent inside a complaint is told beside it', () => {
  const reading = understand('lampu jalan gg 8 belum diperbaiki juga', city)
  expect([reading.intent, reading.tone]).toEqual(['complaint', 'discontent'])
})

test.each([
  ['anjing kalian, jalan di gg 8 rusak tiga tahun', 'jalan rusak di gg 8'],
  ['bubarkan saja dprd, jalan di gg 8 rusak', 'jalan rusak di gg 8'],
  ['lampu mati rawan kecelakaan di gg 8', 'lampu jalan mati di gg 8'],
])('"%s" is about the same as "%s"', (angry, plain) => {
  const [said, meant] = [angry, plain].map((text) => understand(text, city).categories[0]?.id)
  expect(said).toBe(meant)
})
