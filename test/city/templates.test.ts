// Templates of WhatsApp: what Meta would refuse is refused at the start, and every notice has its template.

import { describe, expect, test } from '@jest/globals'
import { TEMPLATES } from '../../src/conversation/template-keys.ts'
import { referenceCity } from '../support/city.ts'
import { mistakes } from './mistakes.ts'

const FILE = 'whatsapp-templates.yaml'

function entry(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify([
    {
      name: 'laporan_dijawab',
      for: ['notice_answer'],
      category: 'UTILITY',
      parameters: ['ticket', 'agency'],
      text: { id: 'Laporan Anda {{1}} sudah dijawab {{2}} hari ini.' },
      ...more,
    },
  ])
}

const ONE = { parameters: ['ticket'] }
const body = (id: string, more: object = ONE) => entry({ ...more, text: { id } })

test('the file may be left out', () => {
  expect(mistakes({})).toEqual([])
})

test('one that keeps the rules is taken', () => {
  expect(mistakes({ [FILE]: entry() })).toEqual([])
})

describe('refused, with the line and the cure:', () => {
  test.each([
    ['a name in capitals', entry({ name: 'Dijawab' }), /"Dijawab" is no name of a template/],
    ['a name too long', entry({ name: 'a'.repeat(513) }), /is no name of a template/],
    ['another category', entry({ category: 'MARKETING' }), /"MARKETING" \| Write one of: UTILITY/],
    ['what nothing tells', entry({ for: ['notice_x'] }), /nothing tells "notice_x"/],
    [
      'words to fill it',
      entry({ parameters: ['ticket', 'excerpt'] }),
      /Write one of: ticket, state, agency/,
    ],
    [
      'a fact that is not there',
      entry({ for: ['ping_list'], parameters: ['ticket', 'date'] }),
      /"ping_list" has no ticket/,
    ],
    [
      'no Indonesian',
      entry({ text: { en: 'Complaint {{1}} was answered by {{2}} just now.' } }),
      /text > id is missing/,
    ],
    [
      'numbers that skip one',
      body('Laporan {{1}} dan {{3}} sudah dijawab ya', {}),
      /in their order/,
    ],
    ['more than are listed', body('Laporan {{1}} dan {{2}} sudah dijawab ya'), /in their order/],
    ['the same one twice', body('Laporan {{1}} itu ya {{1}} sudah dijawab ya'), /in their order/],
    ['a placeholder first', body('{{1}} sudah dijawab hari ini'), /begins or ends/],
    ['a placeholder last', body('Sudah dijawab hari ini: {{1}}.'), /begins or ends/],
    [
      'two without a word between',
      body('Laporan Anda {{1}}, {{2}} sudah dijawab hari ini', {}),
      /no word between/,
    ],
    ['too few words', body('Laporan {{1}} dijawab'), /too few words/],
    ['a loose brace', body('Laporan {{1}} sudah {dijawab} ya'), /a brace that belongs/],
    ['a tab', body('Laporan {{1}} sudah\tdijawab ya'), /a tab, four spaces/],
    ['three line ends', body('Laporan {{1}} sudah\n\n\ndijawab ya'), /three line ends/],
    ['a text too long', body(`Laporan {{1}} ${'ya '.repeat(310)}sudah`), /longer than 1024/],
  ])('%s', (_what, file, said) => {
    expect(mistakes({ [FILE]: file })).toEqual([expect.stringMatching(said)])
  })

  test('a name given twice, and what two of them tell', () => {
    const [one] = JSON.parse(entry()) as readonly object[]
    expect(mistakes({ [FILE]: JSON.stringify([one, one]) })).toEqual([
      expect.stringMatching(/the name "laporan_dijawab" is already there in line 1/),
      expect.stringMatching(/"notice_answer" is already told by the template in line 1/),
    ])
  })
})

describe('the reference city', () => {
  const { templates } = referenceCity().city

  test.each(Object.keys(TEMPLATES))('tells %s by a template', (key) => {
    expect(templates.filter(({ tells }) => tells.includes(key))).toHaveLength(1)
  })

  test.each(templates.map(({ name, text }) => [name, text] as const))(
    '%s stands in both languages and says what to reply',
    (_name, { id, en }) => {
      expect([id, en]).toEqual([
        expect.stringMatching(/Balas (LIHAT|STATUS|TUGAS)/),
        expect.stringMatching(/Reply (SHOW|STATUS|TASKS)/),
      ])
    },
  )
})
