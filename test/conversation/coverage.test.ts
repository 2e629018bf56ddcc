// Every state of the dialogue times every kind of input: an answer or a named silence, and a state that survives JSON.
// A pair that neither a transcript nor this test has met fails.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { Attachment } from '../../src/conversation/attachment.ts'
import {
  type DialogueState,
  dialogueStateOf,
  readState,
  type State,
} from '../../src/conversation/state.ts'
import type { InboundMessage } from '../../src/message.ts'
import { referenceCity, type TestCity } from '../support/city.ts'
import { spokenOrSilent } from './rules.ts'
import { readMessage, replay } from './transcript.ts'

const FOLDER = fileURLToPath(new URL('transcripts/', import.meta.url))

const LAMP = 'citizen: BANJARMASIN lampu jalan mati di depan gang 5'
const WATER = 'citizen: BANJARMASIN air pdam mati di depan gang 3'
const SAME = 'citizen: BANJARMASIN lampu jalan mati di gang 5 kelurahan pekapuran raya'
const CHAT = 'channel: whatsapp'

const PLACE = { lat: -3.31, lon: 114.59 }
const REFUSED: Attachment = {
  ...{ id: 'M1', account: 'test', kind: 'photo', handle: 'P1', ticket: null },
  news: { type: 'refused', reason: 'too-big' },
}

/** What leads to each state. */
const OPENINGS: Readonly<Record<DialogueState, readonly string[]>> = {
  idle: ['citizen: BANTUAN'],
  language: [CHAT, 'citizen: lampu jalan mati', 'citizen: BAHASA'],
  erase: ['citizen: HAPUS DATA'],
  window: [LAMP],
  linking: ['citizen2: BANJARMASIN lampu jalan mati di depan gang 5', 'citizen: HUBUNGKAN {t1}'],
  place: ['citizen: BANJARMASIN lampu jalan mati sudah seminggu'],
  village: ['citizen: BANJARMASIN lampu jalan mati di kelayan sudah seminggu'],
  category: [CHAT, 'citizen: bau sekali di depan gang 5', 'wait: 3 hours'],
  position: [CHAT, 'citizen: (foto)', 'wait: 3 hours', 'picture: -3.31, 114.59'],
  join: [LAMP, 'wait: 1 hour', 'citizen: lampu jalan mati di depan gang 7'],
  support: ['citizen2: BANJARMASIN lampu jalan mati di gang 5 pekapuran raya', SAME],
  which: [LAMP, WATER, 'wait: 1 hour', 'citizen: ini sudah dua minggu'],
  rate: [LAMP, 'officer: assign {t1} {agency.lights}', 'citizen: PUAS {t1}'],
  solved: [
    LAMP,
    'officer: assign {t1} {agency.lights}',
    'officer: answer {t1} Sudah diganti.',
    'citizen: terima kasih',
  ],
  words: [LAMP, 'citizen: TAMBAH {t1}'],
  cancel: [LAMP, 'citizen: BATAL'],
  prove: ['at: 2026-03-02 10.00', LAMP, 'at: 2026-11-25 10.00', 'citizen: STATUS'],
  'draft:government': ['citizen: lampu jalan mati di depan gang 5'],
  'draft:problem': ['citizen: (titik -3.3, 114.6)'],
  'draft:outside': ['citizen: BANJARMASIN jalan rusak di martapura depan pasar'],
  'draft:category': [CHAT, 'citizen: bau sekali di depan gang 5'],
  'draft:position': [CHAT, 'citizen: (foto) lampu jalan mati', 'picture: -3.31, 114.59'],
  'draft:place': [CHAT, 'citizen: lampu jalan mati'],
  'draft:support': ['citizen2: BANJARMASIN lampu jalan mati di gang 5 pekapuran raya', CHAT, SAME],
  'draft:photo': [CHAT, 'citizen: lampu jalan mati di depan gang 5'],
  'draft:privacy': [CHAT, 'citizen: (foto) lampu jalan mati di depan gang 5'],
  'draft:summary': [CHAT, 'citizen: (foto) ANONIM lampu jalan mati di depan gang 5'],
}

const INPUTS = {
  text: 'jalan berlubang di depan kantor pos',
  unclear: 'begitulah kira kira',
  empty: '',
  number: '1',
  command: 'STATUS',
  'unknown ticket': 'STATUS 10000004',
  photo: '(foto)',
  voice: '(suara)',
  pin: '(titik -3.31, 114.59)',
  button: '(tekan yes)',
  'late button': '(tekan yes@0)',
  sticker: '(stiker)',
  'album picture': '(album a)(foto)',
  edit: '(ubah x) jalan berlubang di depan kantor pos',
  'edited answer': '(ubah x) 2',
  'deep link': '(mulai kel-0)',
  'place of a picture': 'picture',
  'refused picture': 'refused',
  timeout: null,
} as const
type Input = keyof typeof INPUTS

const states = Object.keys(OPENINGS) as DialogueState[]
const inputs = Object.keys(INPUTS) as Input[]
const met = new Set<string>()

/** Made once: what is known of a city's words is worked out for each city anew. */
const onPrefixes = withPrefixes(referenceCity())

function withPrefixes(test: TestCity): TestCity {
  const prefixes = { ...test.city.prefixes, required: true }
  return { ...test, city: { ...test.city, prefixes } }
}

function cityFor(state: DialogueState): TestCity {
  return state === 'draft:government' ? onPrefixes : referenceCity()
}

describe.each(states)('%s', (state) => {
  test.each(inputs)('answers %s, or is silent for a named reason', (input) => {
    const { world, last } = replay(OPENINGS[state].join('\n'), cityFor(state))
    const before = readState(world.talk(last).state)
    expect(dialogueStateOf(before, world.now.getTime())).toBe(state)
    const line = INPUTS[input]
    if (line === null) {
      world.now = world.talk(last).wakeAt ?? new Date(world.now.getTime() + 7_200_000)
      const { turn } = world.timeout(last)
      expect(JSON.parse(JSON.stringify(turn.state))).toEqual(turn.state)
    } else if (line === 'picture') spokenOrSilent(world.picture(last, PLACE).turn)
    else if (line === 'refused') spokenOrSilent(world.attachment(last, REFUSED).turn)
    else spokenOrSilent(world.say(last, readMessage(line)).turn)
    met.add(`${state} × ${input}`)
  })
})

describe('choosing a language loses nothing of', () => {
  const kept = ({ questionMs: _, languageAskedMs: __, eraseAsked: ___, ...state }: State) => state

  test.each(states)('%s', (state) => {
    const { world, last } = replay(OPENINGS[state].join('\n'), cityFor(state))
    const before = readState(world.talk(last).state)
    for (const text of ['BAHASA INGGRIS', 'BAHASA', '1']) {
      const { turn } = world.say(last, readMessage(text))
      expect(turn.effects.filter(({ type }) => type === 'file' || type === 'move')).toEqual([])
      expect(kept(turn.state)).toEqual({ ...kept(before), puzzled: [], chatter: [] })
    }
    expect(world.talk(last).language).toBe('id')
    const open = state === 'language' ? 'draft:place' : state
    expect(dialogueStateOf(readState(world.talk(last).state), world.now.getTime())).toBe(open)
  })
})

test('no pair of state and input was left out', () => {
  for (const file of readdirSync(FOLDER)) {
    const went = replay(readFileSync(FOLDER + file, 'utf8'), referenceCity())
    for (const { state, message } of went.met) met.add(`${state} × ${kindOf(message)}`)
  }
  const all = states.flatMap((state) => inputs.map((input) => `${state} × ${input}`))
  expect(all.filter((pair) => !met.has(pair))).toEqual([])
})

function kindOf(message: InboundMessage): Input {
  if (typeof message.edits === 'string') return 'edit'
  if (typeof message.start === 'string') return 'deep link'
  if (message.choice !== null && message.choice !== undefined) return 'button'
  const [media] = message.media
  if (media !== undefined) return media.kind === 'voice' ? 'voice' : 'photo'
  if (message.position !== null && message.position !== undefined) return 'pin'
  if (message.text.trim() === '') return 'empty'
  if (/^\d{1,7}$/.test(message.text)) return 'number'
  return /^[A-Z]+( |$)/.test(message.text) ? 'command' : 'text'
}
