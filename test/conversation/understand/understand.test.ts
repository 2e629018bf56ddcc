// Any text is read without fault, twice alike, as plain data.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { predictLine, scoreReport } from '../../../src/conversation/understand/predict.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { madeUpCity, referenceCity } from '../../support/city.ts'

const { city } = referenceCity()

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'jalan',
          'rusak',
          'BJM',
          'status',
          'ya',
          'gg',
          '5',
          'rt',
          'kel',
          '?',
          '.',
          'stop',
          'anonim',
          'banjar',
          '22345677',
          'tidak',
          'lubang2',
          'di',
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 30 },
    )
    .map((words) => words.join(' ')),
)

test('any text is read twice alike, as JSON, with its words taken from the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const reading = understand(text, city)
      expect(understand(text, city)).toEqual(reading)
      expect(JSON.parse(JSON.stringify(reading))).toEqual(reading)
      expect(text).toContain(reading.words)
      if (reading.place.text !== null) expect(text).toContain(reading.place.text)
      expect(reading.confidence).toBeGreaterThanOrEqual(0)
      expect(reading.confidence).toBeLessThan(1)
      expect(reading.intent === 'command').toBe(reading.command !== null)
      expect(reading.intent === 'number').toBe(reading.number !== null)
    }),
    { numRuns: 500 },
  )
})

test('of a long text only the beginning is read', () => {
  const text = `got mampet di gg 8 ${'lalu '.repeat(400)}kebakaran`
  const reading = understand(text, city)
  expect(reading.urgent).toBe(false)
  expect(text.startsWith(reading.words)).toBe(true)
  expect(reading.categories.map(({ id }) => id)).toEqual(['drainase'])
})

test('abbreviations, drawn-out letters, doubled words and typos are read as the full word', () => {
  for (const text of [
    'lmpu jln mti di gg 8',
    'lampuuu jalaaan matiii di gg 8',
    'lampu2 jalan mati di gg 8',
    'lampo jalan matti di gg 8',
    'lampunya dijalan mati di gg 8',
  ])
    expect([text, understand(text, city).categories[0]?.id]).toEqual([text, 'pju'])
})

test('a 2 behind a word doubles it and parts no cue', () => {
  expect(understand('anak2 punk di simpang', city).categories[0]?.id).toBe('ketertiban')
})

test('words that mean two things are read by their neighbours', () => {
  expect(understand('anak saya tidak diterima di smp 6', city).categories[0]?.id).toBe('sekolah')
  expect(understand('jalan rs parah di gg 8', city).categories[0]?.id).toBe('jalan')
  expect(understand('air pasang masuk rumah', city).categories[0]?.id).toBe('banjir')
})

test('the made-up city reads the same words under its own ids', () => {
  const other = madeUpCity()
  const reading = understand('jalan rusak dan berlubang', other.city)
  expect(reading.categories[0]?.id).toBe(other.matters.roads.category.id)
  expect(reading.agency).toBe(other.matters.roads.agency.id)
})

test('a prediction has its names in order and always three guesses', () => {
  const line = predictLine('7', understand('got mampet di telawang', city), city)
  expect(Object.keys(line)).toEqual(
    'id class intent category categories agency kelurahan urgent confidence asks'.split(' '),
  )
  expect(line).toMatchObject({
    id: '7',
    class: 'complaint',
    category: 'drainase',
    kelurahan: 'Telawang',
  })
  expect(line.categories).toHaveLength(3)
})

test('what is no report has class none and no category', () => {
  const line = predictLine('8', understand('selamat pagi', city), city)
  expect(line).toMatchObject({ class: 'none', category: null, categories: [], agency: null })
})

test('the report counts what agrees with the labels and leaves out what was inferred', () => {
  const text = 'got mampet di telawang'
  const report = scoreReport(
    [
      {
        id: '1',
        text,
        understanding: understand(text, city),
        gold: {
          klass: 'pengaduan',
          slug: 'jalan',
          kelurahan: 'Mawar',
          agency: 'X',
          flags: ['kel_inferred'],
        },
      },
    ],
    city,
  )
  expect(report).toContain('category: drainase, labelled jalan')
  expect(report).toContain('class      1/1 (100 %)')
  expect(report).toContain('category   0/1 (0 %)')
  expect(report).not.toContain('kelurahan ')
})
