// What a gateway keeps of people who block it and of groups that take it in: stored before it is acknowledged.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Receive } from '../src/channels/channel.ts'
import type { Address } from '../src/message.ts'
import { type InProcess, openInProcess } from './support/in-process.ts'

const ANA: Address = 'telegram:5001'
const GROUP: Address = 'telegram:-5001'
const MOVED: Address = 'telegram:-1005001'

let gateway: InProcess
let receive: Receive

beforeAll(async () => {
  gateway = await openInProcess({}, { channels: [chat()] })
})
afterAll(() => gateway.stop())

test('somebody who blocked the account gets nothing more by it, until they let it in again', async () => {
  await says('halo')
  await gateway.assembly.drain()
  await receive({ type: 'opt-out', from: ANA, account: 'chat' })
  expect(await closed('pagi')).toBe(true)
  await receive({ type: 'opt-in', from: ANA, account: 'chat' })
  expect(await closed('selamat pagi')).toBe(false)
})

test('somebody never heard of may block it too', async () => {
  await receive({ type: 'opt-out', from: 'telegram:5009', account: 'chat' })
})

test('a group that moved is the same group at its new address', async () => {
  const base = { type: 'group', account: 'chat', title: 'Warga', state: 'member' } as const
  await receive({ ...base, address: GROUP, movedTo: null })
  const before = await idOf(GROUP)
  expect(await kept(GROUP)).toMatchObject({ account: 'chat', state: 'member' })
  await receive({ ...base, address: GROUP, movedTo: MOVED })
  expect(await idOf(MOVED)).toBe(before)
  expect(await kept(MOVED)).toMatchObject({ state: 'member' })
})

test('a group that put us out is known as left', async () => {
  const left = { type: 'group', account: 'chat', title: null, state: 'left' } as const
  await receive({ ...left, address: 'telegram:-5077', movedTo: null })
  expect(await kept('telegram:-5077')).toMatchObject({ state: 'left' })
})

async function idOf(address: Address): Promise<string> {
  const ids = { personId: `p ${address}`, addressId: `a ${address}` }
  return (await gateway.store.ensureAddress(address, ids, new Date(0))).addressId
}

async function kept(address: Address): Promise<unknown> {
  return JSON.parse((await gateway.store.getFact(`group:${await idOf(address)}`)) ?? 'null')
}

async function says(text: string): Promise<void> {
  const ids = { channel: 'telegram', account: 'chat', providerId: text, from: ANA, text } as const
  const none = {
    quotedId: null,
    album: null,
    edits: null,
    start: null,
    choice: null,
    consent: null,
  } as const
  const message = { ...ids, ...none, media: [], position: null, answerable: true }
  await receive({ type: 'message', message })
}

/** Whether the answer to these words is held back. */
async function closed(text: string): Promise<boolean> {
  const before = sent.length
  await says(text)
  await gateway.assembly.drain()
  return sent.length === before
}

const sent: string[] = []
function chat() {
  return {
    ...({ name: 'telegram', account: 'chat', buttons: true } as const),
    start: async (handler: Receive) => {
      receive = handler
    },
    send: async ({ id, text }: { readonly id: string; readonly text: string }) => {
      sent.push(text)
      return { outcome: 'accepted', providerIds: [id] } as const
    },
    stop: async () => {},
    check: async () => ({ ok: true, detail: '' }),
    health: () =>
      ({ state: 'up', since: new Date(0), lastIn: null, lastOut: null, why: null }) as const,
  }
}
