// What Meta says again, too late, too early or in the wrong order: nothing is filed twice, no status goes back.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { META_NUMBER_ID, postFromMeta, webhookOf } from '../../../support/fake-meta.ts'
import { TOKEN } from '../../../support/in-process.ts'
import { type CloudHouse, openCloudHouse } from './house.ts'

const DAY_MS = 86_400_000
const FIRE = 'ada kebakaran rumah di gang 5 pekapuran raya, tolong'
const from = '6281200000104'

let at: CloudHouse

beforeAll(async () => {
  at = await openCloudHouse()
})

afterAll(() => at.close())

const status = (id: string | undefined, is: string, more: object = {}) =>
  postFromMeta(at.house.url, webhookOf([], [{ id, status: is, recipient_id: from, ...more }]))

async function statusOf(ticket: string): Promise<string | undefined> {
  const answer = await fetch(`${at.house.url}/api/complaints/${ticket}`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  })
  const { messages } = (await answer.json()) as {
    readonly messages: readonly { readonly direction: string; readonly status: string }[]
  }
  return messages.find(({ direction }) => direction === 'out')?.status
}

test('the same webhook for a week files nothing twice and says nothing again', async () => {
  const message = { id: 'wamid.week', from, type: 'text', text: { body: FIRE } }
  // Meta tells of it before it has answered our call.
  await status(`wamid.1.${Buffer.from('1').toString('hex')}`, 'delivered')
  await at.posts(message)
  const { files } = await at.house.store.complaints({ limit: 9 })
  const [first] = at.told(from)
  const told = at.told(from).length
  expect([files.length, first?.providerId]).toEqual([1, 'wamid.1.31'])
  const ticket = files[0]?.complaint.ticket ?? ''
  expect(await statusOf(ticket)).toBe('delivered')

  for (let day = 0; day < 7; day++) {
    at.house.push(DAY_MS)
    await at.posts(message)
    for (const is of ['read', 'sent', 'delivered'])
      expect(await status(first?.providerId, is)).toBe(200)
    expect(await statusOf(ticket)).toBe('read')
  }
  const replies = at.told(from).filter(({ text }) => text.includes('Laporan diterima'))
  expect([told > 0, replies.length]).toEqual([true, 1])
  expect((await at.house.store.complaints({ limit: 9 })).files).toHaveLength(1)
})

test('what Meta tells of the price, of others and of what it could not send stops nothing', async () => {
  const priced = { conversation: { id: 'c' }, pricing: { billable: false, category: 'utility' } }
  expect(await status('wamid.nobody', 'sent', priced)).toBe(200)
  expect(await status('wamid.nobody', 'failed', { errors: [{ code: 131026 }] })).toBe(200)
  const changes = [
    { field: 'account_update', value: { event: 'ACCOUNT_RESTRICTION' } },
    { field: 'messages', value: { metadata: { phone_number_id: META_NUMBER_ID }, errors: [{}] } },
  ]
  const told = { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] }
  expect(await postFromMeta(at.house.url, told)).toBe(200)
})

test('what Meta held back for the person’s sake goes again after a day, not before', async () => {
  const person = '6281200000105'
  await at.posts({ from: person, type: 'text', text: { body: FIRE } })
  const [first] = at.told(person)
  const told = at.told(person).length
  expect(await status(first?.providerId, 'failed', { errors: [{ code: 131049 }] })).toBe(200)
  at.house.push(DAY_MS / 2)
  await at.house.assembly.drain()
  expect(at.told(person)).toHaveLength(told)
})
