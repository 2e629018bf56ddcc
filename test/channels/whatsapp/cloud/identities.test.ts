// People with a number, with an id that stands for it, with another number later: each known again, none for another.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
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
