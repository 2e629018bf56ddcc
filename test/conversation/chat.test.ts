// What chats bring that SMS does not: long texts, many pictures, hurried taps, menus, states of an earlier release.

import { describe, expect, test } from '@jest/globals'
import { instantOf } from '../../src/complaints/clocks.ts'
import { EMPTY_DRAFT } from '../../src/conversation/draft-state.ts'
import { menuOf } from '../../src/conversation/menu.ts'
import { asTyped } from '../../src/conversation/slash.ts'
import { initialState, readState } from '../../src/conversation/state.ts'
import type { Context } from '../../src/conversation/turn.ts'
import { understand } from '../../src/conversation/understand/understand.ts'
import { type Address, type InboundMessage, LANGUAGES } from '../../src/message.ts'
import { madeUpCity, referenceCity } from '../support/city.ts'
import { readMessage } from './transcript.ts'
import { createWorld, type World } from './world.ts'

const ME: Address = 'telegram:500001'
const { city } = referenceCity()

function open(...lines: readonly string[]): World {
  const world = createWorld(city, instantOf('2026-11-23', 10, city.zone))
  for (const line of lines) world.say(ME, readMessage(line))
  return world
}

const filedBy = (world: World) => world.tickets.map((ticket) => world.complaint(ticket))
const say = (world: World, line: string) => world.say(ME, readMessage(line))

describe('a complaint of 4,096 characters with emoji', () => {
  const start = 'lampu jalan mati di depan gang 5 '
  // Of two UTF-16 units each, from an odd place on: some stand across every even limit.
  const text = `${start}${'😡'.repeat((4_096 - start.length - 1) / 2)}!`
  const whole = () => open(`(foto) ${text}`, '(tekan open)')

  test('is as long as a chat lets it be', () => {
    expect(text).toHaveLength(4_096)
  })

  test('is filed to its last character', () => {
    const world = whole()
    say(world, '(tekan send)')
    expect(filedBy(world).map((one) => one.text)).toEqual([text])
  })

  test('is shown by its beginning, whole characters only, with the buttons in one message of any chat', () => {
    const world = open(`(foto) ${text}`)
    const [summary] = say(world, '(tekan open)').replies
    expect(summary?.text.length).toBeLessThanOrEqual(1_024)
    expect(summary?.text).not.toMatch(/\p{Surrogate}/u)
    expect(summary?.text).toContain('😡 ...')
    expect(summary?.choices.length).toBeGreaterThan(1)
  })
})

test('two taps on the same button send one complaint', () => {
  const world = open('(foto) ANONIM lampu jalan mati di depan gang 5')
  const tapped = world.talk(ME).offered.find(({ value }) => value.startsWith('send@'))?.value ?? ''
  const answers = [1, 2].map(() => world.say(ME, { choice: tapped }).replies.length)
  expect([filedBy(world).length, answers]).toEqual([1, [1, 1]])
})

test('a button of the question that is still open holds, however often it was asked again', () => {
  const world = open('lampu jalan mati di depan gang 5')
  const [skip] = world.talk(ME).offered
  say(world, '(stiker)')
  say(world, 'BANTUAN')
  const { turn } = world.say(ME, { choice: skip?.value ?? '' })
  expect(turn.state.draft?.open).toEqual(['privacy', 'summary'])
})

test('an album of ten is one complaint with ten attachments, and one answer', () => {
  const world = open()
  const told = Array.from({ length: 10 }, (_, at) =>
    say(world, `(album a)(foto)${at === 0 ? ' ANONIM lampu jalan mati di depan gang 5' : ''}`),
  )
  expect(told.map(({ replies }) => replies.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  const { turn } = say(world, '(tekan send)')
  const filed = turn.effects.flatMap((effect) => (effect.type === 'file' ? [effect.media] : []))
  expect(filed.map((media) => new Set(media.map(({ id }) => id)).size)).toEqual([10])
})

test('words behind a bare beginning are a complaint', () => {
  const { turn } = open().say(ME, { start: '', text: 'lampu jalan mati di depan gang 5' })
  expect(turn.state.draft?.words).toEqual(['lampu jalan mati di depan gang 5'])
})

test('an album is not cut in its middle by the limit of an hour', () => {
  const { limits } = city
  const world = open()
  for (let at = 1; at < limits.messagesPerHour; at += 1) say(world, `halo ${at}`)
  say(world, '(album a)(foto) lampu jalan mati di depan gang 5')
  const { turn } = say(world, '(album a)(foto)')
  expect(turn.state.draft?.media.length).toBe(2)
  const over = say(world, '(foto)').turn.state
  expect([over.draft?.media.length, over.told.hourMs]).toEqual([2, world.now.getTime()])
})

test('of a live position nobody waits for, no step is answered', () => {
  const moved = { edits: '1:2', position: { lat: -3.4, lon: 114.5 } }
  expect(open().say(ME, moved).replies).toEqual([])
})

test('three stickers in a row: the open question twice, then no more', () => {
  const world = open('lampu jalan mati di depan gang 5')
  const told = [1, 2, 3].map(() => say(world, '(stiker)').replies.length)
  expect(told).toEqual([1, 1, 0])
})

test.each([
  ['lampu jalan mati', 'lampu jalan mati di gang 5'],
  ['', 'lampu jalan mati di gang 5'],
])('a caption edited from "%s" does not add its picture a second time', (before, after) => {
  const photo = { kind: 'photo', url: '', contentType: null, name: null, bytes: null } as const
  const media = [{ ...photo, id: 'P1' }]
  const world = open()
  world.say(ME, { providerId: '1:1', media, text: before })
  const edit = { providerId: '1:1:9', edits: '1:1', media, text: after }
  const { turn } = world.say(ME, edit)
  expect(turn.state.draft?.media.map(({ id }) => id)).toEqual(['P1'])
  expect(turn.state.draft?.words).toEqual([after])
})

const picture = (id: string) => ({
  ...({ kind: 'photo', id, url: '', contentType: null, name: null, bytes: null } as const),
})

test.each([
  ['1:1', 'lampu jalan mati'],
  ['1:2', ''],
])('a picture put into message %s, saying "%s", goes with the draft', (edits, text) => {
  const world = open()
  world.say(ME, { providerId: '1:1', text: 'lampu jalan mati' })
  world.say(ME, { providerId: '1:2', text: '', media: [picture('P1')] })
  const edit = { providerId: `${edits}:9`, edits, text, media: [picture('P2')] }
  const { turn, replies } = world.say(ME, edit)
  expect(turn.state.draft?.media.map(({ id }) => id)).toEqual(['P1', 'P2'])
  expect(replies[0]?.text).toMatch(/^Perubahan Anda sudah dipakai/)
})

test('a picture put in the place of another of a filed complaint belongs to it', () => {
  const world = open()
  const said = { media: [picture('P1')], text: 'kebakaran di jalan veteran' }
  const { turn } = world.say(ME, { providerId: '1:1', ...said })
  const filed = turn.effects.find((effect) => effect.type === 'file')
  const swap = { ...said, providerId: '1:1:9', edits: '1:1', media: [picture('P2')] }
  const after = world.say(ME, swap)
  expect(filed).toBeDefined()
  expect(after.turn.effects).toContainEqual({ type: 'about', ticket: filed?.ticket })
  expect(after.replies).toEqual([])
})

test('a live position moves the pin of a draft without a word', () => {
  const world = open('(foto) lampu jalan mati')
  world.say(ME, { providerId: '1:2', position: { lat: -3.3, lon: 114.6 } })
  const moved = { providerId: '1:2:5', edits: '1:2', position: { lat: -3.4, lon: 114.5 } }
  const { turn, replies } = world.say(ME, moved)
  expect([turn.state.draft?.place.lat, turn.state.draft?.place.lon, replies]).toEqual([
    -3.4,
    114.5,
    [],
  ])
})

test.each([city, madeUpCity().city])('no choice is longer than a button may carry', (one) => {
  const villages = one.places.districts.flatMap((district) => district.villages)
  const values = [...one.categories.map(({ id }) => id), ...villages.map(({ code }) => code)]
  const longest = Math.max(...values.map((value) => Buffer.byteLength(`${value}@9999999`)))
  expect(longest).toBeLessThanOrEqual(64)
})

describe.each(LANGUAGES)('the menu in %s', (language) => {
  const entries = menuOf(city, language)
  const context = { person: { style: 'chat' } } as Context

  test('has entries, each as the Bot API takes it', () => {
    expect(entries.length).toBeGreaterThan(4)
    for (const { command, description } of entries) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
      expect(description.length).toBeLessThanOrEqual(256)
    }
    expect(new Set(entries.map(({ command }) => command)).size).toBe(entries.length)
  })

  test.each(entries.map(({ command }) => command))('/%s is understood', (command) => {
    const text = `/${command}`
    const typed = asTyped({ text, start: null } as InboundMessage, context).text
    const { command: alone } = understand(typed, city)
    const { command: file } = understand(`${typed} lampu jalan mati di gang 5`, city)
    expect(alone ?? file).not.toBeNull()
  })
})

test('a draft of an earlier release is read whole, and goes on', () => {
  const { from, parts, leafed, placeFrom, photoAt, guessed, picked, before, ...first } = EMPTY_DRAFT
  const words = ['lampu jalan mati di depan gang 5']
  const draft = { ...first, words, category: null, open: ['category', 'photo', 'summary'] }
  const { later, step, album, sources, poster, ...old } = initialState
  const stored = JSON.stringify({ ...old, draft })
  const state = readState(stored)
  expect(state.draft).toEqual({ ...EMPTY_DRAFT, ...draft })
  const world = open()
  world.talk(ME).state = stored
  expect(say(world, 'lampu jalan').turn.state.draft?.open).not.toContain('category')
})

test('a question of an earlier release is read whole', () => {
  const village = { type: 'village', ticket: '12345674', villages: ['1'], words: 'x' }
  const category = { type: 'category', ticket: '12345674', categories: ['jalan'] }
  const read = [village, category].map(
    (question) => readState(JSON.stringify({ ...initialState, question })).question,
  )
  expect(read).toEqual([
    { ...village, guessed: false },
    { ...category, leafed: 0 },
  ])
})
