// Limits, silences and long texts: what a transcript would be too long for.

import { describe, expect, test } from '@jest/globals'
import { SegmentedMessage } from 'sms-segments-calculator'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { Effect } from '../../src/conversation/effect.ts'
import { needs } from '../../src/conversation/needs.ts'
import { initialState, readState } from '../../src/conversation/state.ts'
import type { InboundMessage } from '../../src/message.ts'
import { DOUBTED_MS } from '../../src/store/people-port.ts'
import { referenceCity } from '../support/city.ts'
import { createWorld, type Happened } from './world.ts'

const { city } = referenceCity()
const SMS = 'sms:+628115000001'
const CHAT = 'whatsapp:628116000001'

const open = () => createWorld(city, instantOf('2026-11-25', 10, city.zone))
const textsOf = ({ replies }: Happened) => replies.map(({ text }) => text)
const silenceOf = ({ turn }: Happened) =>
  turn.effects.flatMap((effect: Effect) => (effect.type === 'silent' ? [effect.reason] : []))

describe('thirty messages an hour', () => {
  const busy = () => {
    const world = open()
    for (let n = 1; n <= 30; n++) world.say(SMS, { text: 'STATUS' })
    return world
  }

  test('the thirty-first is told once, and then there is silence', () => {
    const world = busy()
    expect(textsOf(world.say(SMS, { text: 'STATUS' }))[0]).toContain('terlalu banyak')
    expect(silenceOf(world.say(SMS, { text: 'STATUS' }))).toEqual(['over-limit'])
    expect(silenceOf(world.say(SMS, { text: 'lampu jalan mati di gang 5' }))).toEqual([
      'over-limit',
    ])
  })

  test('an emergency is filed all the same', () => {
    const world = busy()
    const happened = world.say(SMS, { text: 'tolong kebakaran rumah di depan gang 5 sekarang' })
    expect(happened.filed.map(({ urgent, overLimit }) => [urgent, overLimit])).toEqual([
      [true, false],
    ])
    expect(textsOf(happened)[0]).toContain(city.emergency.general)
  })

  test('STOP still stops', () => {
    const world = busy()
    const { turn } = world.say(SMS, { text: 'STOP' })
    expect(turn.effects.map(({ type }) => type)).toContain('stop-notices')
  })

  test('an hour later everything is as before', () => {
    const world = busy()
    world.say(SMS, { text: 'STATUS' })
    world.now = new Date(world.now.getTime() + 3_600_001)
    expect(textsOf(world.say(SMS, { text: 'STATUS' }))[0]).toContain('Tidak ada laporan')
  })
})

test('the sixth complaint of a day is filed over the limit, and the coordinators are alerted', () => {
  const world = open()
  for (let n = 1; n <= 5; n++) world.say(SMS, { text: `LAPOR lampu jalan mati di depan gang ${n}` })
  const { filed, turn } = world.say(SMS, { text: 'LAPOR sampah menumpuk di depan gang 6' })
  expect(filed.map(({ overLimit }) => overLimit)).toEqual([true])
  expect(turn.effects).toContainEqual({
    type: 'alert',
    alert: 'over-limit',
    ticket: filed[0]?.ticket,
  })
})

test('a blocked number gets no answer', () => {
  const world = open()
  world.talk(SMS).blockedAt = world.now
  expect(silenceOf(world.say(SMS, { text: 'lampu jalan mati' }))).toEqual(['blocked'])
})

test('a blocked number may still ask what is kept of it, and have it erased', () => {
  const world = open()
  world.talk(SMS).blockedAt = world.now
  expect(world.say(SMS, { text: 'DATA SAYA' }).replies[0]?.text).toMatch(/^Data Anda sejak/)
  world.say(SMS, { text: 'HAPUS DATA' })
  expect(silenceOf(world.say(SMS, { text: 'ya' }))).toEqual(['blocked'])
  const { turn } = world.say(SMS, { text: 'HAPUS YA' })
  expect(turn.effects).toContainEqual({ type: 'erase' })
})

describe('from a number that may have changed hands, HAPUS DATA', () => {
  /** Whoever had it before filed, or only greeted; then the provider names somebody else. */
  function handedOn(before: string) {
    const world = open()
    world.say(CHAT, { text: before })
    world.now = new Date(world.now.getTime() + 3 * 3_600_000)
    world.timeout(CHAT)
    world.talk(CHAT).heardAt.push(new Date(DOUBTED_MS))
    return world
  }
  const asked = (before: string) => {
    const world = handedOn(before)
    return [world.say(CHAT, { text: 'HAPUS DATA' }), world.say(CHAT, { text: 'HAPUS YA' })]
  }
  const FILED = 'lampu jalan mati di depan gang 5'

  test('erases what was sent since, and says the same whether or not anything was filed before', () => {
    const [first, last] = asked(FILED)
    expect(first?.replies[0]?.text).toMatch(/sejak itu/)
    const erase = { type: 'erase', sinceMs: expect.any(Number) }
    expect(last?.turn.effects).toContainEqual(erase)
    const words = (all: readonly Happened[]) =>
      all.flatMap(({ replies }) => replies.map(({ text }) => text))
    expect(words(asked('halo'))).toEqual(words(asked(FILED)))
  })

  test('is in doubt still after a message that nothing answers', () => {
    const world = handedOn(FILED)
    world.talk(CHAT).blockedAt = world.now
    world.say(CHAT, { text: 'halo' })
    world.say(CHAT, { text: 'HAPUS DATA' })
    const { effects } = world.say(CHAT, { text: 'HAPUS YA' }).turn
    expect(effects.find(({ type }) => type === 'erase')).toHaveProperty('sinceMs')
  })

  test('erases everything once one of its report numbers was named', () => {
    const world = handedOn(FILED)
    expect(world.tickets).toHaveLength(1)
    world.say(CHAT, { text: `STATUS ${world.tickets[0]}` })
    world.say(CHAT, { text: 'HAPUS DATA' })
    const { effects } = world.say(CHAT, { text: 'HAPUS YA' }).turn
    expect(effects.find(({ type }) => type === 'erase')).toEqual({ type: 'erase' })
  })
})

test('what the provider answered itself is recorded in silence', () => {
  const { turn } = open().say(SMS, { text: 'STOP', consent: 'stop' })
  expect(turn.effects.map(({ type }) => type)).toEqual(['silent', 'stop-notices'])
})

test('the privacy notice is told once, with its version, and by SMS as one further message', () => {
  const world = open()
  const first = world.say(SMS, { text: 'lampu jalan mati di depan gang 5' })
  expect(first.turn.effects).toContainEqual({ type: 'privacy-told', version: city.privacyVersion })
  expect(first.replies.length).toBe(2)
  const second = world.say(SMS, { text: 'LAPOR sampah menumpuk di depan gang 7' })
  expect(second.replies.length).toBe(1)
})

test('a long chat message is filed to its last word', () => {
  const world = open()
  const words = `LAPOR lampu jalan mati di depan gang 5 ${'dan gelap '.repeat(300)}sampai ujung`
  world.say(CHAT, { text: words })
  world.say(CHAT, { text: 'lewati' })
  world.say(CHAT, { text: '1' })
  const { filed } = world.say(CHAT, { text: 'ya' })
  expect(filed[0]?.text?.endsWith('sampai ujung')).toBe(true)
  expect(filed[0]?.text?.length).toBe(words.length - 'LAPOR '.length)
})

describe('a long answer by SMS', () => {
  const answered = (words: string) => {
    const world = open()
    world.say(SMS, { text: 'lampu jalan mati di depan gang 5' })
    const ticket = world.tickets[0] ?? ''
    world.official(ticket, { move: 'answer', note: words })
    return { world, ticket }
  }
  const LONG = Array.from({ length: 90 }, (_, n) => `kata${n}`).join(' ')

  test('STATUS cuts it at a word and says how to read on', () => {
    const { world, ticket } = answered(LONG)
    const [text = ''] = textsOf(world.say(SMS, { text: `STATUS ${ticket}` }))
    expect(text).toMatch(new RegExp(`kata\\d+\\.\\.\\. LIHAT ${ticket}$`))
    expect(new SegmentedMessage(text).segments.length).toBe(2)
  })

  test.each([
    ['plain letters', LONG],
    ['other letters', LONG.replaceAll('kata', '≈')],
  ])('LIHAT shows it whole, page by page, in %s', (_, whole) => {
    const { world, ticket } = answered(whole)
    const pages: string[] = []
    for (let n = 0; n < 12; n++) {
      const [text = ''] = textsOf(world.say(SMS, { text: `LIHAT ${ticket}` }))
      expect(new SegmentedMessage(text).segments.length).toBeLessThanOrEqual(2)
      pages.push(text.replace(/^.*?: /, '').replace(` ... LIHAT ${ticket}`, ' '))
      if (!text.endsWith(`LIHAT ${ticket}`)) break
    }
    expect(
      pages
        .join('')
        .replace(/\.\.\. LIHAT \d{8}/g, ' ')
        .split(/\s+/),
    ).toEqual(whole.split(' '))
  })
})

describe('bringing a case here', () => {
  const asked = () => {
    const world = open()
    world.say(SMS, { text: 'lampu jalan mati di depan gang 5' })
    const ticket = world.tickets[0] ?? ''
    const [told] = world.say(CHAT, { text: `HUBUNGKAN ${ticket}` }).elsewhere
    return { world, ticket, code: /\b\d{6}\b/.exec(told?.text ?? '')?.[0] ?? '' }
  }
  const links = ({ turn }: Happened) => turn.effects.filter(({ type }) => type === 'link').length

  test('the code goes to where it was filed, and opens it once', () => {
    const { world, code } = asked()
    const used = world.say(CHAT, { text: code })
    expect([links(used), used.elsewhere.map(({ to }) => to)]).toEqual([1, [SMS]])
    expect(links(world.say(CHAT, { text: code }))).toBe(0)
  })

  test('after ten minutes it opens nothing', () => {
    const { world, code } = asked()
    world.now = new Date(world.now.getTime() + 600_000)
    expect(links(world.say(CHAT, { text: code }))).toBe(0)
  })

  test('after three wrong codes the right one opens nothing', () => {
    const { world, code } = asked()
    for (const wrong of ['000000', '000001', '000002']) world.say(CHAT, { text: wrong })
    expect(links(world.say(CHAT, { text: code }))).toBe(0)
  })

  test('after five wrong codes in an hour it waits an hour, with any ticket', () => {
    const { world, ticket } = asked()
    for (const wrong of ['000000', '000001', '000002', '000003', '000004'])
      world.say(CHAT, { text: wrong })
    const waiting = world.say(CHAT, { text: `HUBUNGKAN ${ticket}` })
    expect([waiting.elsewhere, textsOf(waiting)[0]]).toEqual([
      [],
      expect.stringContaining('satu jam'),
    ])
    world.now = new Date(world.now.getTime() + 3_600_001)
    expect(world.say(CHAT, { text: `HUBUNGKAN ${ticket}` }).elsewhere.length).toBe(1)
  })

  test('a case that does not exist is answered like one that does', () => {
    const { world } = asked()
    const told = (text: string) => textsOf(world.say(CHAT, { text }))[0]?.replaceAll(/\d{8}/g, '#')
    expect(told('HUBUNGKAN 10000004')).toBe(told(`HUBUNGKAN ${world.tickets[0]}`))
    expect(told('123456')).toBe(told('654321'))
  })
})

describe('stored state', () => {
  test.each([
    ['nothing', null],
    ['an empty object', '{}'],
    ['no JSON', 'garbage {'],
    ['another version', '{"v":2}'],
    ['a wrong shape', JSON.stringify({ ...initialState, draft: 7 })],
  ])('%s begins afresh', (_, json) => {
    expect(readState(json)).toEqual(initialState)
  })

  test('a draft of another day is still a draft', () => {
    const world = open()
    world.say(CHAT, { text: 'lampu jalan mati' })
    const stored = world.talk(CHAT).state
    expect(JSON.stringify(readState(stored))).toBe(stored)
  })
})

test('looked up are the tickets in the text and in the open question, and the quoted message', () => {
  const text = 'STATUS 10000004 dan 12345678'
  const message = { text, quotedId: 'q1', edits: null, choice: null } as InboundMessage
  const state = { ...initialState, question: { type: 'rate', ticket: '99999992' } as const }
  expect(needs(state, { type: 'message', message }, city)).toEqual({
    tickets: ['10000004', '99999992'],
    offered: [],
    quotedId: 'q1',
    desk: null,
  })
})

test('a button is about its question, not about the message it stood on; an edit is about the message it changes', () => {
  const of = (given: Partial<InboundMessage>) => {
    const message = { text: '', quotedId: 'q1', edits: null, choice: null, ...given }
    return needs(initialState, { type: 'message', message: message as InboundMessage }, city)
  }
  expect(of({ choice: 'skip@3' }).quotedId).toBeNull()
  expect(of({ edits: 'm1' }).quotedId).toBe('m1')
})
