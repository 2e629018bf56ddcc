// Every language says the same as the Indonesian one: the same facts filled in, commands that are understood and mean the same.

import { describe, expect, test } from '@jest/globals'
import type { City } from '../../src/city/city.ts'
import { newTicket } from '../../src/complaints/ticket.ts'
import { readOfficerCommand } from '../../src/conversation/officer/commands.ts'
import { PHRASES } from '../../src/conversation/phrase-keys.ts'
import { render } from '../../src/conversation/phrases.ts'
import { understand } from '../../src/conversation/understand/understand.ts'
import type { Language } from '../../src/message.ts'
import { madeUpCity, referenceCity } from '../support/city.ts'
import { forEvery } from '../support/for-every.ts'
import { replay } from './transcript.ts'

const { city } = referenceCity()
const ticket = newTicket(() => 1_234_567)
const keys = Object.keys(PHRASES)

function textsOf(language: Language, key: string): readonly string[] {
  const phrase = city.phrases[language]?.[key]
  return phrase === undefined ? [] : [phrase.text, phrase.sms ?? phrase.text]
}

function filledIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
}

/** What is to be typed: words in capitals before a ticket, or where a sentence ends with them. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b((?!ID\b)[A-Z]{2,}(?: [A-Z]{3,})?) (?:\{id\}|\{into\}|ID\b)/g)].map(
    (match) => match[1] ?? '',
  )
}

/** What is told to officers is read as theirs. */
function meaningOf(key: string, command: string): string {
  const text = `${command} ${ticket}`
  const officers = /^(desk|ping)_/.test(key)
  const citizens = understand(text, city).command
  const read = officers ? (readOfficerCommand(text, city) ?? citizens) : citizens
  return read?.ticket === ticket ? read.name : `not understood: ${command}`
}

const meanings = (key: string) => (text: string) =>
  [...new Set(commandsIn(text).map((command) => meaningOf(key, command)))].sort()

describe.each(['en', 'bjn'] as const)('%s', (language) => {
  const spoken = keys.filter((key) => city.phrases[language]?.[key] !== undefined)

  test('every phrase fills in what the Indonesian one does', () =>
    forEvery(spoken, String, (key) =>
      expect(textsOf(language, key).map(filledIn)).toEqual(textsOf('id', key).map(filledIn)),
    ))

  test('every phrase offers the commands that the Indonesian one does', () =>
    forEvery(spoken, String, (key) => {
      const meant = meanings(key)
      expect(textsOf(language, key).map(meant)).toEqual(textsOf('id', key).map(meant))
    }))
})

test.each(['id', 'en', 'bjn'] as const)(
  'every command that a phrase of %s names is one',
  (language) => {
    const told = keys.flatMap((key) => textsOf(language, key).flatMap(meanings(key)))
    expect(told.filter((name) => name.startsWith('not'))).toEqual([])
  },
)

describe('bare words that a phrase of English names', () => {
  test.each([
    ['STATUS', 'status'],
    ['HELP', 'help'],
    ['STOP', 'stop'],
    ['START', 'start'],
    ['LANGUAGE', 'language'],
  ])('%s', (text, name) => {
    expect(understand(text, city).command?.name).toBe(name)
  })
})

test('English is complete', () => {
  expect(keys.filter((key) => city.phrases.en?.[key] === undefined)).toEqual([])
})

test('what Banjar lacks is said in Indonesian, never in English', () => {
  const lacking = keys.filter((key) => city.phrases.bjn?.[key] === undefined)
  expect(lacking.length).toBeGreaterThan(0)
  for (const key of lacking)
    expect(render(city, 'bjn', 'sms', { key, params: {} })).toBe(
      render(city, 'id', 'sms', { key, params: {} }),
    )
})

describe('what is stored for the desk is Indonesian, whoever wrote it', () => {
  function storedBy(lines: readonly string[]) {
    const script = ['channel: whatsapp', 'citizen: BAHASA INGGRIS', ...lines].join('\n')
    const { world } = replay(script, referenceCity())
    return world.complaint(world.tickets[0] ?? '').text
  }

  test('a voice without words', () => {
    expect(storedBy(['citizen: (suara)'])).toBe('(pesan suara)')
  })

  test('a picture with a place on the map', () => {
    expect(storedBy(['citizen: (foto)(titik -3.3, 114.6)'])).toBe('(foto)')
  })
})

test('a complaint keeps the language in which its reporter was answered when it was filed', () => {
  const script = [
    'citizen: lampu jalan mati di depan gang 5',
    'citizen: BAHASA INGGRIS',
    'citizen: sampah menumpuk di depan gang 7',
  ]
  const { world } = replay(script.join('\n'), referenceCity())
  const languages = world.tickets.map((one) => world.complaint(one).language)
  expect(languages).toEqual(['id', 'en'])
})

test('a city is asked only for languages that it has phrases in', () => {
  const test = madeUpCity()
  const { bjn: _, ...phrases } = test.city.phrases
  const without: City = { ...test.city, phrases }
  const { text } = replay('citizen: BAHASA BANJAR', { ...test, city: without })
  expect(text).toMatch(/choices: Indonesia \| English$/)
})
