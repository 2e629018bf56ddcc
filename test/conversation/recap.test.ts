// REKAP at its longest: what is told by SMS fits one reply of two segments, whatever the figures.

import { describe, expect, test } from '@jest/globals'
import { SegmentedMessage } from 'sms-segments-calculator'
import type { City } from '../../src/city/city.ts'
import { STATES } from '../../src/complaints/complaint.ts'
import type { Figures } from '../../src/complaints/figures.ts'
import type { Ranked } from '../../src/complaints/ranking.ts'
import { OFFICIAL_CLOCKS } from '../../src/complaints/tallies.ts'
import { composed } from '../../src/conversation/lines.ts'
import { recapLines } from '../../src/conversation/officer/recap.ts'
import { render } from '../../src/conversation/phrases.ts'
import type { Context, Person } from '../../src/conversation/turn.ts'
import type { Language } from '../../src/message.ts'
import { madeUpCity, referenceCity } from '../support/city.ts'

const MANY = 9_999
const HOURS = { n: MANY, median: 999, p90: 9_999 }

function agencyRow(agency: string, rank: number | null): Ranked {
  return {
    ...{ agency, rank, score: rank === null ? null : 100, assigned: MANY, open: MANY, late: MANY },
    ...{ met: MANY, missed: MANY, returned: MANY, cameBack: MANY, rating: { n: MANY, mean: 4.94 } },
    response: { n: MANY, median: 99, p90: 999 },
  }
}

/** Each agency of the city, most with a rank. */
function fullFigures(city: City): Figures {
  return {
    ...{ filed: MANY, confidential: MANY, open: MANY, late: MANY, ranked: 41 },
    counts: {
      state: STATES.map((key) => ({ key, n: MANY })),
      class: [{ key: 'complaint', n: MANY }],
      category: city.categories.map(({ id }) => ({ key: id, n: MANY })),
      kelurahan: [{ key: null, n: MANY }],
      channel: [{ key: 'sms', n: MANY }],
    },
    hours: { verified: HOURS, first_answer: HOURS, closed: HOURS },
    clocks: OFFICIAL_CLOCKS.map((clock) => ({ clock, met: 3_333, missed: 0 })),
    done: { assigned: MANY, answered: MANY, returned: MANY, dissatisfied: MANY, reopened: MANY },
    rating: { n: MANY, mean: 4.94 },
    agencies: city.agencies.map(({ id }, at) => agencyRow(id, at % 5 === 0 ? null : 10 + at)),
  }
}

function contextOf(city: City, language: Language, style: Person['style']): Context {
  return {
    ...{ now: new Date('2026-12-30T03:00:00Z'), city, code: '1708' },
    person: {
      ...{
        id: 'x',
        channel: style === 'sms' ? 'sms' : 'telegram',
        style,
        buttons: false,
        language,
      },
      ...{ stopped: false, privacyTold: 'x', filedToday: 0, messagesThisHour: 0 },
      ...{ lastHeardAt: null, doubted: false, blocked: false },
    },
    ...{ newTickets: [], newCode: '', mine: [], named: [], foreign: [], supported: [] },
    ...{ offered: [], near: null, file: null, quoted: null, desk: null },
  }
}

function told(
  city: City,
  language: Language,
  style: Person['style'],
  asked: {
    readonly agency?: string
    readonly page?: number | 'own'
    readonly figures?: Figures
  },
): string {
  const { agency = null, page = 1, figures = fullFigures(city) } = asked
  const context = contextOf(city, language, style)
  const period = { since: '2026-12-01', until: '2026-12-30' }
  const say = composed(context, recapLines(context, { period, agency, figures }, page))
  return say === null ? '' : render(city, language, style, say.phrase)
}

const spoken = [
  ...(['id', 'en'] as const).map((language) => [language, referenceCity().city] as const),
  ...(['id', 'en'] as const).map((language) => [language, madeUpCity().city] as const),
]

describe.each(spoken)('in %s', (language, city) => {
  const segments = (text: string) => {
    const { encodingName, segments: parts } = new SegmentedMessage(text)
    return [encodingName, parts.length <= 2 || text] as const
  }

  test('the summary of all fits', () => {
    expect(segments(told(city, language, 'sms', {}))).toEqual(['GSM-7', true])
  })

  test('the summary of each agency fits', () => {
    for (const { id } of city.agencies) {
      const own = { ...fullFigures(city), agencies: [agencyRow(id, 41)] }
      for (const page of ['own', 1] as const) {
        const text = told(city, language, 'sms', { agency: id, figures: own, page })
        expect(segments(text)).toEqual(['GSM-7', true])
      }
    }
  })

  test('every page of agencies fits, says how to read on, and no agency is left out', () => {
    const named: string[] = []
    for (let page = 2; ; page += 1) {
      const text = told(city, language, 'sms', { page })
      expect(segments(text)).toEqual(['GSM-7', true])
      named.push(...city.agencies.flatMap(({ id, short }) => (text.includes(short) ? [id] : [])))
      if (!text.includes(`${page + 1}.`)) break
      expect(text).toMatch(new RegExp(`(REKAP|RECAP) ${page + 1}\\.$`))
    }
    expect(new Set(named).size).toBe(city.agencies.length)
  })
})

const { city } = referenceCity()

test('a page beyond the last is the last', () => {
  expect(told(city, 'id', 'chat', { page: 99 })).toBe(told(city, 'id', 'chat', { page: 5 }))
})

test('in a chat the counts stand below, and what of confidential ones is not counted', () => {
  const text = told(city, 'id', 'chat', {})
  expect(text).toContain('Keadaan: menunggu verifikasi 9999, ')
  expect(text).toContain('Laporan rahasia 9999:')
})

test('before anything was counted there is nothing but how to go on', () => {
  const figures = { ...fullFigures(city), filed: 0, agencies: [] }
  expect(told(city, 'id', 'sms', { page: 2, figures })).toBe(
    'Belum ada angka dari instansi. Daftar laporan: TUGAS.',
  )
})
