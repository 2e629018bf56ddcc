// Kelurahan by name, spelling and marker; the spot in the citizen's own words; places beyond the city.

import { describe, expect, test } from '@jest/globals'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()
const names = new Map(
  city.places.districts.flatMap(({ villages }) => villages.map(({ code, name }) => [code, name])),
)

function villagesIn(text: string): string {
  return understand(text, city)
    .place.villages.map((code) => names.get(code) ?? code)
    .join(', ')
}

describe('a kelurahan is found', () => {
  test.each([
    ['got mampet di sei miai', 'Sungai Miai'],
    ['got mampet di sungai miay', 'Sungai Miai'],
    ['got mampet di plambuan', 'Pelambuan'],
    ['got mampet di pekapurn raya', 'Pekapuran Raya'],
    ['got mampet di klayan dlm', 'Kelayan Dalam'],
    ['got mampet ditelukdalam', 'Teluk Dalam'],
    ['got mampet di benua anyar', 'Banua Anyar'],
    ['got mampet di basirih selatan', 'Basirih Selatan'],
    ['got mampet di basirih', 'Basirih'],
    ['got mampet kel mawar', 'Mawar'],
    ['got mampet di kampung melayu', 'Melayu'],
    ['got mampet di seberang masjid', 'Seberang Mesjid'],
  ])('%s', (text, name) => {
    expect(villagesIn(text)).toBe(name)
  })
})

describe('an ordinary word is no kelurahan', () => {
  test.each([
    'bunga mawar di taman layu',
    'jl mawar banjir',
    'got mampet di jl pangeran antasari',
    'orang melayu ribut di gg 8',
  ])('%s', (text) => {
    expect(villagesIn(text)).toBe('')
  })
})

describe('what is ambiguous stays so', () => {
  test('two kelurahan named are both told', () => {
    expect(villagesIn('jalan antara telawang dan pelambuan rusak')).toBe('Telawang, Pelambuan')
  })

  test('a first name that several share names all of them', () => {
    expect(villagesIn('lampu mati di alalak')).toBe('Alalak Tengah, Alalak Utara, Alalak Selatan')
  })

  test('the district chooses among them', () => {
    expect(villagesIn('lampu mati di kelayan banjarmasin tengah')).toBe('Kelayan Luar')
  })

  test('a street that runs through several names none by itself', () => {
    expect(villagesIn('jalan rusak di kelayan a')).not.toMatch(/^[^,]+$/)
  })
})

test.each([
  ['lampu mati di gg 8 dekat pos ronda', 'gg 8 dekat pos ronda'],
  ['pipa pecah jl cempaka 2 rt 7', 'jl cempaka 2 rt 7'],
  ['got mampet depan mushola', 'depan mushola'],
])('the spot of "%s" is "%s"', (text, spot) => {
  expect(understand(text, city).place.text).toBe(spot)
})

describe('beyond the city', () => {
  test('a place of a neighbour is told', () => {
    const { place, agency } = understand('jalan rusak di martapura', city)
    expect([place.outside, agency]).toEqual(['Kabupaten Banjar', 'LUAR_KAB_BANJAR'])
  })

  test('a direction is not the scene', () => {
    expect(understand('macet arah martapura di gg 8', city).place.outside).toBeNull()
  })

  test('a kelurahan of ours outweighs it', () => {
    expect(
      understand('truk dari martapura bikin rusak jalan telawang', city).place.outside,
    ).toBeNull()
  })
})

describe('a kelurahan whose name is an ordinary word', () => {
  test.each([
    ['pasar lama', 'Pasar Lama'],
    ['Pasar Lama rt 3', 'Pasar Lama'],
    ['gadang', 'Gadang'],
    ['pasar lama kotor sekali', ''],
    ['orang gadang', ''],
  ])('"%s" names "%s"', (text, village) => {
    expect(villagesIn(text)).toBe(village)
  })
})

test('a place alone is no complaint', () => {
  expect(understand('gg 8 rt 3 kelayan dalam', city).intent).toBe('place')
})
