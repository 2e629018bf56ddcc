// An officer who acts from WhatsApp: cards with what can be tapped, words that say the same, a press that comes too late.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { StaffRole } from '../../../../src/complaints/staff.ts'
import { type CloudHouse, openCloudHouse, type Who } from './house.ts'

const CITIZEN = 'sms:+6281340000009'
const KORA: Who = { from: '6281340000001' }
const BUDI: Who = { from: '6281340000003' }

let at: CloudHouse
let ticket = ''

/** But for the day's digest: it comes whenever the schedule first looks, between any two of these. */
const last = ({ from = '' }: Who) =>
  at.told(from).findLast(({ text }) => !text.startsWith('Ringkasan'))
const labels = (who: Who) => (last(who)?.choices ?? []).map((one) => one.description ?? one.title)
const stateNow = async () => (await at.house.store.complaint(ticket))?.state

async function enrol(who: Who, name: string, role: StaffRole, agency: string | null) {
  const code = `C2${name.toUpperCase()}`
  const expiresAt = new Date(at.house.now().getTime() + 3_600_000)
  const invitation = { role, agency, name, staffId: null, expiresAt }
  await at.house.store.invite({ type: 'invite', code, invitation, by: 'operator' }, at.house.now())
  await at.says(who, `DAFTAR ${code}`)
}

beforeAll(async () => {
  at = await openCloudHouse()
  await enrol(KORA, 'Kora', 'coordinator', null)
  await enrol(BUDI, 'Budi', 'officer', 'DPUPR')
  await at.house.says(CITIZEN, 'lampu jalan mati di gang 5 pekapuran raya')
  ticket = (await at.house.store.complaints({ limit: 1 })).files[0]?.complaint.ticket ?? ''
})

afterAll(() => at.close())

test('a coordinator assigns by one tap', async () => {
  const card = last(KORA) ?? never()
  expect(card.body).toMatchObject({ interactive: { type: 'list' } })
  const proposed = labels(KORA).find((label) => label.startsWith('Ke ')) ?? never()
  await at.presses(KORA, card, proposed)
  expect(await stateNow()).toBe('assigned')
})

test('the officer’s card has its moves below it; a press accepts, the same press again comes too late', async () => {
  const card = last(BUDI) ?? never()
  expect(card.text).toContain(ticket)
  const accept = labels(BUDI).find((label) => /terima/i.test(label)) ?? never()
  await at.presses(BUDI, card, accept)
  expect(await stateNow()).toBe('in_progress')
  await at.presses(BUDI, card, accept)
  expect(last(BUDI)?.text).toContain('diterima oleh Budi')
  expect(await stateNow()).toBe('in_progress')
})

test('words in reply to the card are asked what they are, and go to the citizen by a tap', async () => {
  const card = at.told(BUDI.from ?? '').find(({ text }) => text.includes(ticket)) ?? never()
  const context = { from: '1', id: card.providerId }
  await at.posts({ ...BUDI, type: 'text', text: { body: 'lampu sudah diganti' }, context })
  const asked = last(BUDI) ?? never()
  expect(asked.choices).not.toEqual([])
  await at.presses(BUDI, asked, asked.choices[0]?.title ?? '')
  await at.says(BUDI, 'YA')
  expect(await stateNow()).toBe('answered')
  const heard = at.house.sent.filter(({ to }) => to === CITIZEN).at(-1)
  expect(heard?.text).toContain('lampu sudah diganti')
})

function never(): never {
  throw new Error('nothing was said')
}
