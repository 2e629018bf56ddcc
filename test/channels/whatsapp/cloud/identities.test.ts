// People with a number, with an id that stands for it, with another number later: each known again, none for another.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { TOKEN } from '../../../support/in-process.ts'
import { type CloudHouse, openCloudHouse, type Who } from './house.ts'

let at: CloudHouse

beforeAll(async () => {
  at = await openCloudHouse()
})

afterAll(() => at.close())

const last = (name: string) => at.told(name).at(-1)

const nameOf = (who: Who) => who.from ?? who.from_user_id ?? ''

/** Files it, skipping what is asked beside; the ticket. */
async function files(who: Who, words: string): Promise<string> {
  await at.says(who, words)
  for (;;) {
    const said = last(nameOf(who))
    const ticket = /ID (\d{8})/.exec(said?.text ?? '')?.[1]
    if (ticket !== undefined) return ticket
    const next = said?.choices.find(({ title }) => /^(Lewati|Biasa|Kirim)$/.test(title))
    if (said === undefined || next === undefined) throw new Error(`stuck at: ${said?.text}`)
    await at.presses(who, said, next.title)
  }
}

async function moves(ticket: string, move: string, more: object): Promise<void> {
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ move, actor: 'Bu Rini', ...more })
  await fetch(`${at.house.url}/api/complaints/${ticket}/moves`, { method: 'POST', headers, body })
  await at.house.assembly.drain()
}

test('whoever writes under an id alone is answered there, and found again once the number is told', async () => {
  const ticket = await files({ from_user_id: 'ID.100' }, 'lampu jalan mati di gang 5')
  expect(last('ID.100')?.body).toMatchObject({ recipient: 'ID.100' })
  await at.says({ from: '6281200000100', from_user_id: 'ID.100' }, 'STATUS')
  expect(last('6281200000100')?.text).toContain(ticket)
  await at.says({ from_user_id: 'ID.100' }, 'STATUS')
  expect(at.told('6281200000100').at(-1)?.text).toContain(ticket)
  expect(at.told('6281200000100')).toHaveLength(2)
  const trail = await at.house.store.auditTrail(5)
  expect(trail.map(({ action }) => action)).toContain('move-address')
})

test('a question that was asked under the id is answered under the number', async () => {
  await at.says({ from_user_id: 'ID.101' }, 'sampah menumpuk tidak diangkut')
  const asked = last('ID.101')?.text
  await at.says({ from: '6281200000101', from_user_id: 'ID.101' }, 'di gang 8 pekapuran raya')
  expect(asked).toMatch(/Di mana/)
  expect(last('6281200000101')?.text).toMatch(/foto atau pesan suara/)
})

test('whoever changes their number keeps their case; the next owner of the old one sees nothing', async () => {
  const [old, now] = ['6281200000102', '6281200000202']
  const ticket = await files(
    { from: old, from_user_id: 'ID.102' },
    'jalan berlubang di gang 3 pekauman',
  )
  const system = { type: 'user_changed_number', wa_id: now, user_id: 'ID.202', body: 'x' }
  await at.posts({ from: old, type: 'system', system })
  await at.says({ from: now, from_user_id: 'ID.202' }, 'STATUS')
  expect(last(now)?.text).toContain(ticket)
  const before = at.told(now).length
  await at.says({ from: old, from_user_id: 'ID.302' }, 'STATUS')
  await at.says({ from: old, from_user_id: 'ID.302' }, `STATUS ${ticket}`)
  expect(
    at
      .told(old)
      .slice(-2)
      .every(({ text }) => !text.includes('gang')),
  ).toBe(true)
  expect(last(old)?.text).not.toContain('Diverifikasi')
  expect(at.told(now)).toHaveLength(before)
})

test('a number with another id than before must first show that it knows a ticket', async () => {
  const number = '6281200000103'
  const ticket = await files({ from: number, from_user_id: 'ID.103' }, 'pohon tumbang di gang 9')
  await at.says({ from: number, from_user_id: 'ID.999' }, 'STATUS')
  expect(last(number)?.text).not.toContain(ticket)
  await at.says({ from: number, from_user_id: 'ID.999' }, 'DATA SAYA')
  expect(last(number)?.text).not.toContain(ticket)
  await at.says({ from: number, from_user_id: 'ID.999' }, `STATUS ${ticket}`)
  expect(last(number)?.text).toContain(ticket)
})

test('whoever has the number now goes on with nothing of who had it, and shows nothing by a ticket of their own', async () => {
  const number = '6281200000105'
  const now = { from: number, from_user_id: 'ID.205' }
  const ticket = await files({ from: number, from_user_id: 'ID.105' }, 'jalan rusak di gang 2')
  await moves(ticket, 'assign', { agency: 'DPUPR' })
  await moves(ticket, 'answer', { note: 'sudah diaspal' })
  const before = at.told(number).length
  await at.says(now, 'sudah seminggu pak')
  await moves(ticket, 'answer', { note: 'aspal kedua sudah selesai' })
  at.house.push(1_000)
  const own = await files(now, 'sampah menumpuk di jalan veteran')
  await at.says(now, `STATUS ${own}`)
  await at.says(now, 'STATUS')
  const told = at
    .told(number)
    .slice(before)
    .map(({ text }) => text)
  expect(told[0]).not.toContain(ticket)
  expect(told.join()).not.toContain('aspal')
  expect(told.at(-1)).toContain('Untuk keamanan')
  const events = (await at.house.store.caseFile(ticket))?.history ?? []
  expect(events.map(({ move }) => move)).toEqual(['file', 'assign', 'answer', 'answer'])
  // Nor does the former one go on where the later one is known.
  await at.says({ from: number, from_user_id: 'ID.105' }, `STATUS ${ticket}`)
  await at.says(now, 'STATUS')
  expect(last(number)?.text).toContain('Untuk keamanan')
})

test('a person who takes over the number of another sees nothing of theirs', async () => {
  const number = '6281200000106'
  const theirs = await files({ from: number, from_user_id: 'ID.106' }, 'lampu mati di gang 4')
  await files({ from: '6281200000206', from_user_id: 'ID.206' }, 'pohon tumbang di gang 9')
  await at.says({ from: number, from_user_id: 'ID.206' }, `STATUS ${theirs}`)
  expect(last(number)?.text).toContain('tidak ditemukan')
})

test('a changed number that is told again takes nobody along who was given the old one', async () => {
  const [old, now] = ['6281200000107', '6281200000207']
  await files({ from: old, from_user_id: 'ID.107' }, 'selokan mampet di gang 12 sungai miai')
  const system = { type: 'user_changed_number', wa_id: now, user_id: 'ID.207' }
  const note = { id: 'wamid.changed', from: old, type: 'system', system }
  await at.posts(note)
  const ticket = await files({ from: old, from_user_id: 'ID.307' }, 'pohon tumbang di gang 7')
  await at.posts(note)
  await at.says({ from_user_id: 'ID.207' }, 'STATUS')
  expect(last(now)?.text).toMatch(/^ID /)
  expect(last(now)?.text).not.toContain(ticket)
})

test('an officer whose number bears another id acts no more; whose id Meta changed does', async () => {
  const number = '6281200000108'
  const expiresAt = new Date(at.house.now().getTime() + 3_600_000)
  const who = { role: 'officer', agency: 'DPUPR', name: 'Budi' } as const
  const invitation = { ...who, staffId: null, expiresAt }
  await at.house.store.invite(
    { type: 'invite', code: 'C2BUDI', invitation, by: 'operator' },
    at.house.now(),
  )
  await at.says({ from: number, from_user_id: 'ID.108' }, 'DAFTAR C2BUDI')
  const system = { type: 'user_changed_user_id', user_id: 'ID.208' }
  await at.posts({ from: number, type: 'system', system })
  await at.says({ from: number, from_user_id: 'ID.208' }, 'TUGAS')
  expect(last(number)?.text).toMatch(/^Tugas|laporan/)
  await at.says({ from: number, from_user_id: 'ID.308' }, 'TUGAS')
  expect(last(number)?.text).toContain('belum paham')
})
