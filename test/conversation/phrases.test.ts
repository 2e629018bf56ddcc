// The words of config/phrases: what they cost on SMS, and that nothing is left unfilled.

import { describe, expect, test } from '@jest/globals'
import { SegmentedMessage } from 'sms-segments-calculator'
import type { City } from '../../src/city/city.ts'
import { questionLines } from '../../src/conversation/ask.ts'
import { EMPTY_DRAFT } from '../../src/conversation/draft-state.ts'
import { filed } from '../../src/conversation/filing.ts'
import { composed } from '../../src/conversation/lines.ts'
import { formatDate, render, toldIn } from '../../src/conversation/phrases.ts'
import { REPLIES } from '../../src/conversation/reply-keys.ts'
import { type Draft, readState } from '../../src/conversation/state.ts'
import type { Context } from '../../src/conversation/turn.ts'
import { LANGUAGES, type Language } from '../../src/message.ts'
import { madeUpCity, referenceCity } from '../support/city.ts'
import { forEvery } from '../support/for-every.ts'

/** Placeholders that carry words of people, or are themselves put together from phrases. */
const CARRIES_WORDS = [
  'note',
  'answer',
  'words',
  'place',
  'list',
  'first',
  'second',
  'media',
  'label',
  'privacy',
  'about',
  'field',
  'other',
  'value',
  'door',
]

const A_PHOTO = {
  ...({ kind: 'photo', id: 'x', url: 'x' } as const),
  ...{ contentType: null, name: null, bytes: null },
}

/** More than any city of ours will see in a month. */
const RECAP = {
  ...Object.fromEntries(
    'filed open late kept dates returned unhappy reopened ratings count median most percent'
      .split(' ')
      .map((name) => [name, '99999']),
  ),
  ...{ since: '31/12/2026', until: '31/12/2026', share: '100%', whole: '4', tenth: '9' },
  ...{ verify: '999/9999', solve: '999/9999', close: '999/9999', response: '99/999' },
  ...{ rating: '4,9 (99999x)', rank: '99', ranked: '99', score: '100', page: '99', pages: '99' },
}

const longest = (texts: readonly string[]) =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '')

function longestParams(city: City, language: Language): Record<string, string> {
  const phrases = (start: string) =>
    Object.keys(city.phrases.id)
      .filter((key) => key.startsWith(start))
      .map((key) => render(city, language, 'sms', { key, params: { id: '12345678' } }))
  const shorts = [...city.agencies, ...city.categories].map(({ short }) => short)
  return {
    id: '12345678',
    into: '12345678',
    date: render(city, language, 'sms', { key: 'estimate_date', params: { date: '31/12/2026' } }),
    n: '10',
    from: '33',
    to: '36',
    did: `${longest(phrases('desk_did_'))} ${'X'.repeat(30)}`,
    code: '1708',
    link_code: '123456',
    invite_code: 'ABCD2345',
    role: `${longest(phrases('desk_role_'))} ${longest(shorts)}`,
    pin: '1234',
    actor: 'X'.repeat(30),
    agency: longest(shorts),
    category: longest(shorts),
    name: longest(city.prefixes.others.map(({ name }) => name)),
    turn: longest([
      ...city.prefixes.others.map(({ turnTo }) => toldIn(language, turnTo)),
      ...city.agencies.map(({ turnTo }) => (turnTo === null ? '' : toldIn(language, turnTo))),
    ]),
    reason: longest(phrases('reason_')),
    state: longest(phrases('short_')),
    external: 'X'.repeat(24),
    unit: longest([...city.agencyIds]),
    roles: 'coordinator, overseer, officer, head',
    days: '36500',
    text_days: '36500',
    ...RECAP,
  }
}

const [reference, madeUp] = [referenceCity().city, madeUpCity().city]
/** The made-up city lacks in Banjar what the reference city lacks: said in Indonesian, which it is tested in. */
const spoken = [
  ...LANGUAGES.map((language) => [reference.shortName, language, reference] as const),
  ...(['id', 'en'] as const).map((language) => [madeUp.shortName, language, madeUp] as const),
]

describe.each(spoken)('%s in %s', (_, language, city) => {
  const params = longestParams(city, language)

  const fixed = Object.entries(REPLIES).filter(
    ([, names]) => !names.some((name: string) => CARRIES_WORDS.includes(name)),
  )

  test('every fixed phrase fits one SMS of plain letters', () =>
    forEvery(
      fixed,
      ([key]) => key,
      ([key]) => {
        const text = render(city, language, 'sms', { key, params })
        const counted = new SegmentedMessage(text)
        expect([text, counted.encodingName, counted.segments.length]).toEqual([text, 'GSM-7', 1])
        expect(text).not.toMatch(/[{}]/)
      },
    ))

  test('every phrase is filled whole on chat', () => {
    const filled = Object.fromEntries(CARRIES_WORDS.map((name) => [name, 'x']))
    const whole = { ...filled, ...params, text: 'x' }
    forEvery(Object.keys(REPLIES), String, (key) =>
      expect(render(city, language, 'chat', { key, params: whole })).not.toMatch(/[{}]/),
    )
  })

  test('every ticket that can be told by SMS fits two segments, with all that goes with it', () => {
    const tooLong = drafts(city).flatMap((draft) => {
      const context = contextOf(city, language)
      const outcome = filed({ state: readState(null), context }, draft)
      const say = composed(context, [
        ...outcome.lines,
        ...questionLines({ state: outcome.state, context }),
      ])
      const text = say === null ? '' : render(city, language, 'sms', say.phrase)
      if (draft.urgent && !text.includes(city.emergency.general)) return [text]
      return new SegmentedMessage(text).segments.length > 2 ? [text] : []
    })
    expect(tooLong).toEqual([])
  })
})

test('a date is told as day, month, year in the zone of the city', () => {
  const late = new Date('2026-12-24T23:30:00Z')
  expect(formatDate(late, referenceCity().city)).toBe('25/12/2026')
})

/** Every combination of what a complaint can be, with the longest names there are. */
function drafts(city: City): readonly Draft[] {
  const villages = city.places.districts
    .flatMap((district) => district.villages)
    .sort((a, b) => b.name.length - a.name.length)
    .map(({ code }) => code)
    .slice(0, 5)
  const outside = city.agencies
    .filter((agency) => agency.outside)
    .sort((a, b) => (b.turnTo?.id ?? '').length - (a.turnTo?.id ?? '').length)
  const truth = [false, true]
  const places = [
    { open: [], villages: [] },
    { open: ['place' as const], villages: [] },
    { open: ['place' as const], villages: villages.length > 1 ? villages : [] },
  ]
  return truth.flatMap((anonymous) =>
    truth.flatMap((confidential) =>
      truth.flatMap((urgent) =>
        truth.flatMap((sensitive) =>
          [null, '12345678'].flatMap((near) =>
            [null, outside[0]?.id ?? null].flatMap((agency) =>
              places.map((place) => ({
                ...EMPTY_DRAFT,
                words: ['x'],
                media: anonymous ? [A_PHOTO] : [],
                agency,
                anonymous,
                confidential: confidential || sensitive,
                sensitive,
                urgent,
                near,
                ...place,
              })),
            ),
          ),
        ),
      ),
    ),
  )
}

function contextOf(city: City, language: Language): Context {
  return {
    now: new Date('2027-12-30T03:00:00Z'),
    city,
    code: '1708',
    person: {
      id: 'x',
      channel: 'sms',
      style: 'sms',
      buttons: false,
      language,
      stopped: false,
      privacyTold: 'x',
      filedToday: 0,
      messagesThisHour: 0,
      lastHeardAt: null,
      doubted: false,
      blocked: false,
    },
    newTickets: ['12345678'],
    newCode: '123456',
    mine: [],
    named: [],
    foreign: [],
    supported: [],
    offered: [],
    near: null,
    file: null,
    quoted: null,
    desk: null,
  }
}
