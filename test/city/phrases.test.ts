// Phrases and vocabulary held against what the code asks for and what the other files know.

import { describe, expect, test } from '@jest/globals'
import { render } from '../../src/conversation/phrases.ts'
import { type Changes, cityWith, mistakes, SMALL, swap } from './mistakes.ts'

function phrases(text: string): Changes {
  return { 'phrases/id.yaml': text }
}

describe('a phrase that is', () => {
  test('missing is named with what it may use', () => {
    expect(mistakes(phrases('hello: Halo\n'))).toEqual([
      'phrases/id.yaml:1: the phrase "ack" is missing | Add it; it may use {id} {date}',
    ])
  })

  test('unknown is named with its line', () => {
    expect(mistakes(phrases('hello: Halo\nack: Dicatat\nakc: Dicatat\n'))).toEqual([
      'phrases/id.yaml:3: nothing says the phrase "akc" | Correct the key, or remove it',
    ])
  })

  test('given a placeholder nobody fills is told which are filled', () => {
    expect(mistakes(phrases('hello: Halo\nack:\n  text: Dicatat {id}\n  sms: ID {tgl}\n'))).toEqual(
      [
        expect.stringMatching(
          /^phrases\/id\.yaml:4: "ack": nobody fills \{tgl\} \| Use only \{id\} \{date\} \{code\}/,
        ),
      ],
    )
  })

  test.each(['Halo {', 'Halo }', 'Halo { id }', 'Halo {}'])(
    'given a loose brace is told so (%s)',
    (text) => {
      expect(mistakes(phrases(`hello: "${text}"\nack: Dicatat\n`))).toEqual([
        expect.stringMatching(
          /^phrases\/id\.yaml:1: "hello" has a brace that belongs to no placeholder \| /,
        ),
      ])
    },
  )

  test('too rich for a plain SMS is told so', () => {
    expect(mistakes(phrases('hello: { text: "Halo …", sms: "Halo …" }\nack: Dicatat\n'))).toEqual([
      expect.stringMatching(/^phrases\/id\.yaml:1: "hello": the sms variant has a character/),
    ])
  })

  test('empty is told so', () => {
    expect(mistakes(phrases('hello: ""\nack: Dicatat\n'))).toEqual([
      expect.stringMatching(/^phrases\/id\.yaml:1: hello > text: the text is empty/),
    ])
  })

  test('a list is told what it must be', () => {
    expect(mistakes(phrases('hello: [a]\nack: Dicatat\n'))).toEqual([
      expect.stringMatching(/^phrases\/id\.yaml:1: hello is a list, it must be /),
    ])
  })
})

test('every phrase may use what the city itself fills, and it is filled', () => {
  const all = '{code} {inst} {city} {zone} {emergency} {police} {ombudsman} {example}'
  const city = cityWith(phrases(`hello: "${all}"\nack: Dicatat\n`))
  expect(city).not.toBeNull()
  if (city === null) return
  const said = render(city, 'id', 'sms', { key: 'hello', params: { code: '99' } })
  expect(said).not.toMatch(/[{}]/)
  expect(said).toContain(city.example.id)
})

describe('a language', () => {
  test('that need not be complete may be', () => {
    const city = cityWith({ 'phrases/en.yaml': 'hello: Hello from {city}.\n' })
    expect(city?.phrases.en).toEqual({ hello: { text: 'Hello from {city}.', sms: null } })
  })

  test('that must be complete is held to it', () => {
    expect(
      mistakes({ 'phrases/en.yaml': 'hello: Hello.\n' }, { ...SMALL, required: ['id', 'en'] }),
    ).toEqual([expect.stringMatching(/^phrases\/en\.yaml:1: the phrase "ack" is missing/)])
  })

  test('that must be complete must be there', () => {
    expect(mistakes({}, { ...SMALL, required: ['id', 'en'] })).toEqual([
      expect.stringMatching(/^phrases\/en\.yaml:1: the file is missing/),
    ])
  })

  test('does not say a phrase that waits for a reader', () => {
    const text = 'hello: { text: "Hai.", review: needed }\nack: { text: "ID {id}" }\n'
    const city = cityWith({ 'phrases/bjn.yaml': text })
    expect(Object.keys(city?.phrases.bjn ?? {})).toEqual(['ack'])
    expect(city && render(city, 'bjn', 'chat', { key: 'hello', params: {} })).toMatch(/^Halo/)
  })

  test('that must be complete may have no phrase waiting for a reader', () => {
    const text = 'hello: { text: Hello., review: needed }\nack: "ID {id}"\n'
    const wanted = { ...SMALL, required: ['id', 'en'] as const }
    expect(mistakes({ 'phrases/en.yaml': text }, wanted)).toEqual([
      'phrases/en.yaml:1: the phrase "hello" waits for a reader and is not said | Have it read by somebody who speaks the language, then take the mark away',
    ])
  })

  test('marks a phrase for a reader in one way only', () => {
    const text = 'hello: { text: "Hai.", review: later }\n'
    expect(mistakes({ 'phrases/bjn.yaml': text })).toEqual([
      expect.stringMatching(
        /^phrases\/bjn\.yaml:1: hello > review is "later" \| Write one of: needed/,
      ),
    ])
  })

  test('id must be complete even when nobody says so', () => {
    expect(mistakes({ phrases: null }, { ...SMALL, required: [] })).toEqual([
      expect.stringMatching(/^phrases\/id\.yaml:1: the file is missing/),
    ])
  })
})

describe("the city's own words", () => {
  const example = (value: string) => ({
    'city.yaml': (text: string) => text.replace(/^example: .*$/m, `example: ${value}`),
  })

  test('may be one text for every language', () => {
    const city = cityWith(example('jalan rusak di gang 3'))
    expect(city?.example).toEqual({ id: 'jalan rusak di gang 3' })
  })

  test('are told in the language of the reader, else in Indonesian', () => {
    const city = cityWith({
      ...example('{ id: jalan rusak, en: road damaged }'),
      ...phrases('hello: "{example}"\nack: Dicatat\n'),
    })
    const said = (language: 'id' | 'en' | 'bjn') =>
      city && render(city, language, 'sms', { key: 'hello', params: {} })
    expect([said('id'), said('en'), said('bjn')]).toEqual([
      'jalan rusak',
      'road damaged',
      'jalan rusak',
    ])
  })

  test('must be there in Indonesian', () => {
    expect(mistakes(example('{ en: road damaged }'))).toEqual([
      expect.stringMatching(/^city\.yaml:6: example > id is missing \| Add it, with text/),
    ])
  })

  test('are plain and short in every language', () => {
    expect(mistakes(example('{ id: jalan rusak, en: "road damaged…" }'))).toEqual([
      expect.stringMatching(/^city\.yaml:6: example > en: "road damaged…" has a character that/),
    ])
  })
})

describe('the vocabulary', () => {
  test('gives cue words only to categories that exist', () => {
    expect(mistakes({ 'vocabulary.yaml': swap('  tumpukan:', '  tumpuan:') })).toEqual([
      expect.stringMatching(
        /^vocabulary\.yaml:\d+: there is no category "tumpuan" \| Use one of .*categories\.yaml/,
      ),
    ])
  })

  test('names only categories, agencies, districts and prefixes that exist', () => {
    const cues = `agency_cues:
  - { agency: NOBODY, by_district: { "9.9": NOONE }, categories: [nothing], when: [x], unless: [] }
`
    const outside = `outside:
  - { agency: NEMO, name: Seberang, prefixes: [LUAR], places: [seberang] }
`
    expect(
      mistakes({
        'vocabulary.yaml': (text) =>
          swap(
            'outside: []\n',
            outside,
          )(
            swap(
              'agency_cues: []\n',
              cues,
            )(swap('usual_categories:\n', 'usual_categories:\n  - none\n')(text)),
          ),
      }).map((line) => line.replace(/^[^ ]* (.*) \|.*$/, '$1')),
    ).toEqual([
      'there is no category "none"',
      'there is no category "nothing"',
      'there is no agency "NOBODY"',
      'there is no agency "NOONE"',
      'there is no agency "NEMO"',
      'there is no district "9.9"',
      'there is no prefix "LUAR"',
    ])
  })

  test('is held to its shape', () => {
    expect(mistakes({ 'vocabulary.yaml': (text) => `${text}\nshouting: [A]\n` })).toEqual([
      expect.stringMatching(/^vocabulary\.yaml:\d+: "shouting" is not known here/),
    ])
  })
})
