// The words of notices and pings, as config/phrases holds them: plain letters, and short enough for SMS.
// Every placeholder is taken at its longest in the city of config/.

import { describe, expect, test } from '@jest/globals'
import { segmentsOf, toGsm7 } from '../../src/channels/text.ts'
import type { PhraseKeys } from '../../src/city/phrases-schema.ts'
import { ARCHIVE_REASONS, STATES } from '../../src/complaints/complaint.ts'
import { NOTICES } from '../../src/conversation/notice-keys.ts'
import { render, toldIn } from '../../src/conversation/phrases.ts'
import { PINGS } from '../../src/conversation/ping-keys.ts'
import { LANGUAGES, type Language } from '../../src/message.ts'
import { commandsLine, joined } from '../../src/notify/card-words.ts'
import { referenceCity } from '../support/city.ts'
import { forEvery } from '../support/for-every.ts'

const { city } = referenceCity()
const keys: PhraseKeys = { ...NOTICES, ...PINGS }

/** Their length is set by somebody's words, or by how many cases are late; they are cut to their segments. */
const WITH_WORDS = ['excerpt', 'list', 'tickets', 'text', 'last', 'move']

/** What a coordinator can do with a report that nobody has, when its ping repeats. */
const MOST_COMMANDS = ['show', 'assign', 'hold', 'archive', 'take'] as const

function longest(words: readonly string[]): string {
  return words.reduce((long, word) => (word.length > long.length ? word : long), '')
}

const ID = '88888888'

type Params = Readonly<Record<string, string>>

/** Every placeholder of a notice at its longest in this language. */
function longestIn(language: Language): Params {
  const said = (key: string, params: Params = {}) => sms(language, key, params)
  const agency = longest([
    ...city.agencies.map(({ short }) => short),
    said('notice_part_coordinator'),
  ])
  const category = longest([
    ...city.categories.map(({ short }) => short),
    said('ping_part_no_category'),
  ])
  const kel = longest([
    ...city.places.districts.flatMap(({ villages }) => villages.map(({ name }) => name)),
    said('ping_part_no_place'),
  ])
  const state = longest(
    STATES.flatMap((name) => [
      said(`notice_state_${name}`, { agency, into: ID }),
      said(`support_state_${name}`, { agency }),
    ]),
  )
  // In a year without an official list of holidays.
  const date = said('notice_part_estimate', { date: '25/12/2027' })
  const channel = 'WhatsApp (baileys)'
  const time = '00.00'
  const people = { name: 'Nur Hidayatullah Rahman', n: '60' }
  const figures = { open: '9999', unassigned: '999', today: '999', late: '9999', answered: '999' }
  const since = said('ping_part_since', { date: '25/12/2027' })
  return {
    ...{ id: ID, into: ID, date, agency, category, kel, state, door: '', channel, time, since },
    ...{ until: '25/12/2027', ...people, ...figures },
  }
}

function sms(language: Language, key: string, params: Params): string {
  return render(city, language, 'sms', { key, params }).trim()
}

describe.each(LANGUAGES)('every phrase of a notice in %s', (language) => {
  const LONGEST = longestIn(language)

  test('is GSM-7 as it stands', () =>
    forEvery(Object.keys(keys), String, (key) => {
      const text = render(city, language, 'sms', { key, params: {} })
      expect(text).not.toBe('')
      expect(toGsm7(text)).toBe(text)
      expect(segmentsOf(text).encoding).toBe('gsm7')
    }))

  const fixed = Object.entries(keys).filter(
    ([key, names]) => key !== 'notice_correct' && !names.some((name) => WITH_WORDS.includes(name)),
  )
  test('fits one SMS with its longest placeholders, but where somebody has words in it', () =>
    forEvery(
      fixed,
      ([key]) => key,
      ([key]) =>
        expect(segmentsOf(sms(language, key, LONGEST))).toEqual({ encoding: 'gsm7', segments: 1 }),
    ))

  const words = { excerpt: 'kata.', text: 'kata', last: 'kata', move: 'kata', changes: 'lokasi' }
  const complete = { ...LONGEST, ...words, list: 'ID', tickets: ID }
  test('leaves no placeholder open', () =>
    forEvery(Object.keys(keys), String, (key) =>
      expect(sms(language, key, complete)).not.toMatch(/[{}]/),
    ))

  test('a correction of everything at once fits three', () => {
    const part = (key: string) => sms(language, `notice_part_${key}`, LONGEST)
    const changes = ['category', 'class_information', 'kelurahan', 'not_confidential', 'anonymous']
    const text = sms(language, 'notice_correct', { id: ID, changes: changes.map(part).join(', ') })
    expect(segmentsOf(text).segments).toBeLessThanOrEqual(3)
  })

  test.each(ARCHIVE_REASONS)(
    'an archive notice for %s fits one SMS with its next door',
    (reason) => {
      const text = sms(language, `notice_archive_${reason}`, {
        ...LONGEST,
        door: toldIn(language, city.nextDoor[reason] ?? { id: '' }),
      })
      expect(segmentsOf(text).segments).toBe(1)
    },
  )

  const reader = { address: 'sms:+628', language } as const
  const commands = (...actions: Parameters<typeof commandsLine>[1]) =>
    commandsLine(reader, actions, ID, city)
  test("an officer's card of a new case fits one SMS with its commands", () => {
    const told = sms(language, 'ping_new', { ...LONGEST, date: '25/12/2027' })
    const card = joined(reader, told, commands('show', 'accept', 'return'))
    expect(segmentsOf(card)).toEqual({ encoding: 'gsm7', segments: 1 })
  })

  const cards = Object.keys(PINGS).filter((key) => !/part|list|group|move|button|next/.test(key))
  test('of a case fits two with the most commands there are', () =>
    forEvery(cards, String, (key) => {
      const card = joined(reader, sms(language, key, LONGEST), commands(...MOST_COMMANDS))
      expect(segmentsOf(card).segments).toBeLessThanOrEqual(2)
    }))
})
