// Whatever comes in, in whatever order: an answer or a named silence, a known state, and nothing filed twice.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { instantOf } from '../../src/complaints/clocks.ts'
import { digestOf } from '../../src/conversation/digest.ts'
import { needs } from '../../src/conversation/needs.ts'
import { readState } from '../../src/conversation/state.ts'
import type { Address, ChannelName, InboundMessage } from '../../src/message.ts'
import { referenceCity } from '../support/city.ts'
import { spokenOrSilent } from './rules.ts'
import { readMessage } from './transcript.ts'
import { createWorld, type World } from './world.ts'

const DAY_MS = 86_400_000

/** What people really send: commands, complaints, answers, machines, and the odd things channels bring. */
const said = fc.constantFrom(
  'BANJARMASIN lampu jalan mati di depan gang 5',
  'lampu jalan mati di depan gang 7',
  'air pdam mati sejak kemarin',
  'sampah menumpuk di kelayan',
  'sampah menumpuk di pekapuran raya',
  'sampah tidak diangkut di pekapuran raya dekat pasar',
  'jalan rusak di martapura',
  'BANJAR jalan rusak',
  'ANONIM petugas minta pungli di kantor kelurahan',
  'tolong kebakaran rumah di depan gang 5 sekarang',
  'LAPOR pohon tumbang di depan gang 3',
  'STATUS',
  'STATUS {t1}',
  'STATUS 10000004',
  'STATUS 12345678',
  '{t1}',
  'TAMBAH {t1} tiangnya miring',
  'LENGKAP {t2}',
  'PUAS {t1}',
  'BELUM {t1}',
  'NILAI {t1} 4',
  'BUKA {t1} mati lagi',
  'BATAL',
  'BATAL {t2}',
  'LIHAT {t1}',
  'ANONIM',
  'RAHASIA {t1}',
  'HUBUNGKAN {t1}',
  'DUKUNG {t1}',
  'DUKUNG {t2}',
  'IKUT',
  '123456',
  'BANTUAN',
  'BAHASA',
  'BAHASA INGGRIS',
  'LANGUAGE INDONESIAN',
  'bahasa banjar',
  'street light broken in front of gang 5',
  'thank you, it has been fixed',
  'STOP',
  'MULAI',
  'ya',
  'tidak',
  '1',
  '2',
  '7',
  'lewati',
  'pekapuran raya',
  'ini sudah dua minggu',
  'blm beres pak',
  'mksh sudah diperbaiki, puas',
  'terima kasih',
  'halo',
  'zxcv qwer',
  'Terima kasih, pesan Anda kami terima dan akan kami balas',
  'menang undian klik http://hadiah.xyz',
  '',
  '(foto)',
  '(suara)',
  '(stiker)',
  '(titik -3.31, 114.59)',
  '(foto) lampu jalan mati',
  '(album a)(foto)',
  '(album a)(foto) sampah menumpuk di depan gang 7',
  '(album b)(foto)',
  '(pesan a) lampu jalan mati di depan gang 9',
  '(ubah a) lampu jalan mati di depan gang 11',
  '(ubah a) ANONIM pohon tumbang di depan gang 3',
  '(ubah a) 2',
  '(ubah b) (foto)',
  '(mulai kat-sampah--kel-6371011005)',
  '/start',
  '/lapor',
  '(tekan lama skip)',
  '(tekan lama send)',
  '(tekan skip)',
  '(tekan anonymous)',
  '(tekan words)',
  '(tekan place)',
  '(tekan category)',
  '(tekan more)',
  '(tekan none)',
  '(tekan no)',
  'kel pakapran raya rt 3',
  '(tekan send)',
  '(tekan yes)',
  '(tekan 999)',
  '(kutip {t1}) tambahan dari saya',
  '(pengirim) promo',
  '(operator stop) STOP',
  '😀😀😀',
  'x'.repeat(1_600),
)

const OFFICIAL = [
  'assign',
  'answer',
  'hold',
  'accept',
  'update',
  'archive',
  'close',
  'merge',
] as const

type Step =
  | { readonly does: 'say'; readonly who: number; readonly text: string }
  | { readonly does: 'wait'; readonly minutes: number }
  | { readonly does: 'picture'; readonly who: number }
  | { readonly does: 'move'; readonly move: (typeof OFFICIAL)[number]; readonly nth: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      who: fc.integer({ min: 0, max: 1 }),
      text: fc.oneof({ weight: 9, arbitrary: said }, { weight: 1, arbitrary: fc.string() }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('picture' as const),
      who: fc.integer({ min: 0, max: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 5, 130, 1_500, 20_000, 140_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('move' as const),
      move: fc.constantFrom(...OFFICIAL),
      nth: fc.integer({ min: 0, max: 3 }),
    }),
  },
)

const NAMES: Readonly<Record<ChannelName, readonly [string, string]>> = {
  sms: ['+628115000001', '+628115000002'],
  telegram: ['500001', '500002'],
  whatsapp: ['62811600001', '62811600002'],
}

describe.each(['sms', 'telegram', 'whatsapp'] as const)('by %s', (channel) => {
  test('any events leave an answer or a named silence, a known state, and nothing filed twice', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const { city } = referenceCity()
        const world = createWorld(city, instantOf('2026-11-23', 10, city.zone))
        for (const each of steps) take(world, each, channel)
        expect(filedTwice(world)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

function take(world: World, each: Step, channel: ChannelName): void {
  switch (each.does) {
    case 'wait': {
      world.now = new Date(world.now.getTime() + each.minutes * 60_000)
      for (const address of world.due()) {
        const { turn } = world.timeout(address)
        expect(turn.wakeAt === null || turn.wakeAt > world.now).toBe(true)
      }
      return
    }
    case 'move': {
      const ticket = world.tickets[each.nth]
      if (ticket !== undefined) tryOfficial(world, ticket, each.move)
      return
    }
    case 'picture': {
      const address: Address = `${channel}:${NAMES[channel][each.who] ?? ''}`
      spokenOrSilent(world.picture(address, { lat: -3.31, lon: 114.59 }).turn)
      return
    }
    case 'say': {
      const address: Address = `${channel}:${NAMES[channel][each.who] ?? ''}`
      const message = messageOf(world, each.text)
      const happened = world.say(address, message)
      spokenOrSilent(happened.turn)
      expect(readState(JSON.stringify(happened.turn.state))).toEqual(happened.turn.state)
    }
  }
}

function messageOf(world: World, text: string): Partial<InboundMessage> {
  const named = text.replace(
    /\{t(\d)\}/g,
    (_, n: string) => world.tickets[Number(n) - 1] ?? '10000004',
  )
  return readMessage(named)
}

function tryOfficial(world: World, ticket: string, move: (typeof OFFICIAL)[number]): void {
  const agency = world.city.agencies[0]?.id ?? ''
  const into = world.tickets.find((one) => one !== ticket) ?? ticket
  try {
    if (move === 'assign') world.official(ticket, { move, agency })
    else if (move === 'merge') world.official(ticket, { move, into })
    else if (move === 'archive') world.official(ticket, { move, reason: 'incomplete' })
    else world.official(ticket, { move, note: 'Sudah kami periksa.' })
  } catch {
    // Not possible in this state: the table said so, and that is fine here.
  }
}

/** Tickets with the same words, of one person, within 24 hours, neither of them cancelled. */
function filedTwice(world: World): readonly string[] {
  const seen = new Map<string, { readonly ticket: string; readonly at: number }>()
  return world.tickets.flatMap((ticket) => {
    const { text, filedAt, state } = world.complaint(ticket)
    if (state === 'cancelled' || text === null || text.startsWith('(')) return []
    const key = `${world.reporter(ticket)} ${digestOf(text)}`
    const before = seen.get(key)
    seen.set(key, { ticket, at: filedAt.getTime() })
    const twice = before !== undefined && filedAt.getTime() - before.at < DAY_MS
    return twice ? [`${before.ticket} and ${ticket}: ${text}`] : []
  })
}

test('a button of an earlier step files nothing, moves nothing and leaves what is open as it is', () => {
  const steps = fc.array(said, { minLength: 2, maxLength: 14 })
  fc.assert(
    fc.property(steps, fc.nat(), (texts, nth) => {
      const { city } = referenceCity()
      const world = createWorld(city, instantOf('2026-11-23', 10, city.zone))
      const me: Address = 'telegram:500001'
      for (const text of texts) world.say(me, messageOf(world, text))
      const before = readState(world.talk(me).state)
      const stepOf = ({ value }: { readonly value: string }) => /@(\d+)$/.exec(value)?.[1]
      const late = world
        .talk(me)
        .offered.filter((one) => stepOf(one) !== undefined && stepOf(one) !== `${before.step}`)
      const choice = late[nth % Math.max(1, late.length)]?.value
      if (choice === undefined) return
      const { turn } = world.say(me, { choice })
      const touches = ['file', 'move', 'link', 'unlink', 'erase']
      expect(turn.effects.filter(({ type }) => touches.includes(type))).toEqual([])
      const open = (state: typeof before) => [
        { ...state.draft, touchedMs: 0 },
        state.question,
        state.step,
      ]
      expect(open(turn.state)).toEqual(open(before))
    }),
    { numRuns: 150 },
  )
})

test('the same turn twice is the same turn', () => {
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (texts) => {
      const { city } = referenceCity()
      const run = () => {
        const world = createWorld(city, instantOf('2026-11-23', 10, city.zone))
        return texts.map((text) => world.say('sms:+628115000001', messageOf(world, text)).turn)
      }
      expect(run()).toEqual(run())
    }),
    { numRuns: 60 },
  )
})

test('any stored JSON is read into a state that answers', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
      const state = readState(json)
      const message = { text: 'halo' } as InboundMessage
      expect(needs(state, { type: 'message', message }, referenceCity().city).tickets).toEqual([])
      expect(readState(JSON.stringify(state))).toEqual(state)
    }),
    { numRuns: 200 },
  )
})
