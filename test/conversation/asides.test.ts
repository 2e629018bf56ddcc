// What people say beside the question of a draft: nothing of it is lost, and it takes nothing away that stands.

import { expect, test } from '@jest/globals'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { Draft } from '../../src/conversation/state.ts'
import type { Address } from '../../src/message.ts'
import { referenceCity } from '../support/city.ts'
import { readMessage } from './transcript.ts'
import { createWorld, type World } from './world.ts'

const ME: Address = 'telegram:500002'
const { city } = referenceCity()

/** The world after these messages, and the draft as it stands. */
function after(...lines: readonly string[]): { readonly world: World; readonly draft: Draft } {
  const world = createWorld(city, instantOf('2026-11-23', 10, city.zone))
  const turns = lines.map((one) => world.say(ME, readMessage(one)).turn)
  const draft = turns.at(-1)?.state.draft ?? null
  if (draft === null) throw new Error('there is no draft')
  return { world, draft }
}

const LAMP = 'lampu jalan mati di gang 9 kelayan dalam'

test.each(['sudah 3 hari', 'sudah lama pak'])('"%s" belongs to the words', (aside) => {
  expect(after(LAMP, aside).draft.words).toEqual([LAMP, aside])
})

test('since when it is so is no answer to where', () => {
  const { draft } = after('lampu jalan mati', 'sudah 3 hari')
  expect([draft.words.length, draft.place.text, draft.open[0]]).toEqual([2, null, 'place'])
})

test.each(['halo pak', 'terima kasih', 'pagi'])('"%s" does not', (courtesy) => {
  expect(after(LAMP, courtesy).draft.words).toEqual([LAMP])
})

test.each(['no hp saya 081234567890', 'nomor meter 12345678', 'dekat masjid'])(
  '"%s" takes the kelurahan away from no draft',
  (aside) => {
    const { place } = after(LAMP, aside).draft
    expect([place.kelurahan, place.text]).toEqual(['Kelayan Dalam', 'gang 9 kelayan dalam'])
  },
)

test('the kelurahan that was picked stays when a landmark is named behind it', () => {
  const { draft } = after('lampu jalan mati', 'kelayan', '1', 'dekat masjid')
  expect(draft.place.kelurahan).toBe('Kelayan Selatan')
})

test('what was written anew tells the category, unless that was picked', () => {
  const summary = [`(foto) ANONIM ${LAMP}`, '(tekan words)', 'sampah menumpuk di depan pasar']
  expect(after(...summary).draft.category).toBe('sampah')
  const picked = [`(foto) ANONIM ${LAMP}`, '(tekan category)', '2', ...summary.slice(1)]
  expect(after(...picked).draft.category).not.toBe('sampah')
})

test('a greeting edited into a complaint can be edited again, before it is filed and after', () => {
  const edit = (text: string, at: number) => ({ providerId: `1:1:${at}`, edits: '1:1', text })
  const { world } = after('(foto) lampu jalan mati')
  const say = (message: object) => world.say('telegram:500003', message)
  say({ providerId: '1:1', text: 'halo' })
  say(edit('ANONIM sampah menumpuk di kelayan dalam', 1))
  const { turn } = say(edit('ANONIM sampah menumpuk di kelayan barat', 2))
  expect(turn.state.draft?.words).toEqual(['sampah menumpuk di kelayan barat'])
  say(readMessage('lewati'))
  say(readMessage('ya'))
  const moved = say(edit('sampah menumpuk di kelayan barat rt 2', 3)).turn.effects
  expect(moved).toContainEqual(expect.objectContaining({ type: 'move' }))
})

test('a picture with nothing but the ticket below it belongs to that case', () => {
  const { world } = after('sampah menumpuk di kelayan dalam')
  for (const line of ['lewati', 'biasa', 'kirim']) world.say(ME, readMessage(line))
  const [ticket = ''] = world.tickets
  const { turn } = world.say(ME, readMessage(`(foto) ${ticket}`))
  expect(turn.effects).toContainEqual(expect.objectContaining({ type: 'move', ticket }))
  expect(world.say(ME, readMessage(ticket)).replies[0]?.text).toContain('menunggu verifikasi')
})

test.each([
  ...[
    'tidak ada foto',
    'ga ada foto',
    'belum ada',
    'nanti saja',
    'blm ada fotonya pak',
    'tidak perlu',
  ],
  ...['tanpa foto', 'lanjut', 'no photo', 'foto tidak ada'],
])('"%s" leaves out the picture', (answer) => {
  const { draft } = after(LAMP, answer)
  expect([draft.words, draft.open]).toEqual([[LAMP], ['privacy', 'summary']])
})

test.each(['biasa saja', 'terserah', 'tidak perlu'])('"%s" asks for no secrecy', (answer) => {
  const { draft } = after(LAMP, 'lewati', answer)
  expect([draft.words, draft.open]).toEqual([[LAMP], ['summary']])
})

test.each(['belum ada yang datang', 'tidak ada air juga'])('"%s" is more than that', (words) => {
  expect(after(LAMP, words).draft.words).toEqual([LAMP, words])
})

test.each(['tidak jadi lapor', 'ga jadi lapor pak'])('"%s" drops the draft', (words) => {
  const { world } = after(LAMP)
  expect(world.say(ME, readMessage(words)).turn.state.draft).toBeNull()
})

test('what is meant for another government is told so, and stays out of the draft', () => {
  const { world, draft } = after(LAMP)
  const { replies, turn } = world.say(ME, readMessage('BANJAR jalan rusak parah di martapura'))
  expect(replies[0]?.text).toContain('Kabupaten Banjar')
  expect([turn.state.draft?.words, turn.state.draft?.open]).toEqual([[LAMP], draft.open])
})

test('an emergency in the midst of a draft is filed as what it is', () => {
  const { world } = after(LAMP)
  world.say(ME, readMessage('kebakaran rumah di sebelah masjid, api besar'))
  const [ticket = ''] = world.tickets
  expect(world.complaint(ticket)).toMatchObject({
    ...{ urgent: true, category: 'kebakaran' },
    place: { kelurahan: 'Kelayan Dalam' },
  })
})
