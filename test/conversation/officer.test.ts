// Every state of the officers' dialogue times every kind of input, and any events in any order: an answer or a named
// silence, a known state that survives JSON, and nothing made that was not asked for. Citizens meet none of it.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { instantOf } from '../../src/complaints/clocks.ts'
import { deskButton } from '../../src/complaints/desk-button.ts'
import type { StaffMember } from '../../src/complaints/staff.ts'
import { readState } from '../../src/conversation/state.ts'
import type { Address } from '../../src/message.ts'
import { referenceCity } from '../support/city.ts'
import { spokenOrSilent } from './rules.ts'
import { readMessage } from './transcript.ts'
import { createWorld, type World } from './world.ts'

const AGENCY = 'DPUPR'
const OFFICER: StaffMember = { id: 's1', number: 1, name: 'Budi', role: 'officer', agency: AGENCY }
const RINA: Address = 'telegram:500009'
const SITI: Address = 'sms:+628115000001'
const TELLING = ['telegram', 'sms'] as const

function desk(channel: (typeof TELLING)[number]) {
  const { city } = referenceCity()
  const world = createWorld(city, instantOf('2026-11-25', 10, city.zone))
  const me: Address = channel === 'sms' ? 'sms:+628115000009' : RINA
  world.enrol(me, OFFICER)
  world.say(SITI, { text: 'LAPOR lampu jalan mati di gang 5 pekapuran raya' })
  world.now = new Date(world.now.getTime() + 3_600_000)
  const [ticket = ''] = world.tickets
  world.official(ticket, { move: 'assign', agency: AGENCY })
  const say = (text: string) => world.say(me, readMessage(text.replaceAll('{t}', ticket)))
  return { world, me, ticket, say }
}

/** What waits, and what leads there. */
const OPENINGS = {
  nothing: [null, 'TUGAS'],
  'words of an update': ['asking', 'KABAR {t}'],
  'days of an extension': ['asking', 'TERIMA {t}', 'PERPANJANG {t}'],
  'yes to an answer': ['confirm', 'JAWAB {t} Lampu sudah diganti.'],
  'what words that answer nothing are': ['words', 'JAWAB {t} mohon bersabar'],
  'what words to a card are': ['words', '(kutip {t}) Tiang nomor berapa?'],
  'words of an update beside a draft': ['asking', 'lampu jalan mati di depan gang 7', 'KABAR {t}'],
} as const

type Opening = (typeof OPENINGS)[keyof typeof OPENINGS]

function opened(channel: (typeof TELLING)[number], [waits, ...texts]: Opening) {
  const set = desk(channel)
  for (const text of texts) set.say(text)
  const { desk: held } = readState(set.world.talk(set.me).state)
  const open = (['asking', 'confirm', 'words'] as const).filter((one) => held?.[one] != null)
  expect(open).toEqual(waits === null ? [] : [waits])
  return set
}

const INPUTS = [
  'Lampunya sudah dipesan.',
  'begitulah kira kira',
  '',
  '1',
  '9',
  'YA',
  'TIDAK',
  'BATAL',
  'STATUS',
  'BANTUAN',
  'TUGAS',
  'LANJUT',
  'LIHAT {t}',
  'TERIMA {t}',
  'KABAR {t} Sudah dicek.',
  'TERIMA 10000004',
  'TERIMA 12345678',
  'LAPOR pohon tumbang di depan gang 3',
  '(foto)',
  '(foto) Sudah menyala.',
  '(kutip {t}) Sudah menyala.',
  '(kutip {t}) (stiker)',
  '(stiker)',
  '(suara)',
  '(titik -3.31, 114.59)',
  '(tekan desk-yes:1)',
  '(tekan desk-pick:0:1)',
  '(tekan desk:accept:{t}:2)',
  '(tekan desk:accept:{t}:1)',
  '(tekan desk:tasks:-:0:8)',
  '(tekan desk:nothing:{t}:2)',
  '(tekan yes)',
  '(album a)(foto)',
  '(ubah x) Sudah dicek.',
] as const

describe.each(TELLING)('by %s', (channel) => {
  describe.each(Object.entries(OPENINGS))('while %s waits', (_, opening) => {
    test.each(INPUTS)('answers %s, or is silent for a named reason', (input) => {
      const { world, me, say } = opened(channel, opening)
      const { turn, replies } = say(input)
      spokenOrSilent(turn)
      // Nothing of what can be done next is cut away.
      for (const { text } of replies) expect(text).not.toMatch(/\.\.\.$/)
      expect(readState(JSON.stringify(turn.state))).toEqual(turn.state)
      world.now = new Date(world.now.getTime() + 3 * 3_600_000)
      expect(() => world.timeout(me)).not.toThrow()
    })
  })

  test.each(Object.entries(OPENINGS))(
    'what is said long after %s waited is no answer to it',
    (_, opening) => {
      const { world, say, ticket } = opened(channel, opening)
      const { version } = world.complaint(ticket)
      world.now = new Date(world.now.getTime() + 2 * 3_600_000)
      say('Sudah menyala semua.')
      say('YA')
      expect(world.complaint(ticket).version).toBe(version)
    },
  )

  test('a choice of an earlier question leaves what waits as it is', () => {
    const { say, world, ticket } = opened(channel, OPENINGS['words of an update'])
    say('(tekan desk-pick:0:1)')
    say('Lampunya sudah dipesan.')
    expect(world.complaint(ticket).state).toBe('in_progress')
  })

  test('words that wait are sent as nothing once somebody else has moved the case', () => {
    const { say, world, ticket } = opened(channel, OPENINGS['what words to a card are'])
    world.official(ticket, { move: 'accept' })
    const { version } = world.complaint(ticket)
    const { replies } = say('2')
    expect(replies.map(({ text }) => text).join()).toContain('sementara itu diterima')
    expect(world.complaint(ticket).version).toBe(version)
  })

  test('any events leave an answer or a named silence, and move nothing without a word that says so', () => {
    const said = fc.constantFrom(
      ...INPUTS,
      ...Object.values(OPENINGS).flatMap(([, ...texts]) => texts),
    )
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 14 }), (texts) => {
        const { world, say, ticket } = desk(channel)
        for (const text of texts) {
          const before = world.complaint(ticket).state
          const { turn } = say(text)
          spokenOrSilent(turn)
          expect(readState(JSON.stringify(turn.state))).toEqual(turn.state)
          if (before !== 'answered' && world.complaint(ticket).state === 'answered')
            expect(['YA', '1', '2', '(tekan yes)']).toContain(text)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('somebody who is not enrolled', () => {
  const answersTo = (texts: readonly string[], filed: boolean) => {
    const { city } = referenceCity()
    const world: World = createWorld(city, instantOf('2026-11-25', 10, city.zone))
    if (filed) world.say(SITI, { text: 'LAPOR lampu jalan mati di gang 5 pekapuran raya' })
    const [ticket = '10000004'] = world.tickets
    const me: Address = 'telegram:500019'
    const words = texts.map((text) => readMessage(text.replaceAll('{t}', ticket)))
    return words.map((message) =>
      world.say(me, message).replies.map(({ text }) => text.replaceAll(ticket, '{t}')),
    )
  }
  const { officer_commands } = referenceCity().city.vocabulary
  const words = Object.values(officer_commands).flat()

  test.each(words)('%s is answered alike, whether or not there is such a case', (word) => {
    const texts = [
      `${word} {t}`,
      `${word} {t} mohon segera`,
      word,
      `(tekan ${deskButton('accept', { ticket: '{t}', version: 2 })})`,
    ]
    const [there, nowhere] = [answersTo(texts, true), answersTo(texts, false)]
    expect(there).toEqual(nowhere)
  })
})
