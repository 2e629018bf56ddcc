// One citizen, two channels: a case filed by SMS is brought to a chat by a code, in the whole gateway.

import { expect, test } from '@jest/globals'
import type { Address } from '../src/message.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'
import { PARTS, say } from './store/given.ts'
import { type Chat, chatChannel } from './support/chat-channel.ts'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

const BUDI: Address = 'sms:+628115000001'
const CHAT: Address = 'telegram:700100'
const DESK: Address = 'sms:+628115000009'

async function inGateway(fact: (gateway: InProcess, chat: Chat) => Promise<void>) {
  const chat = chatChannel(CHAT)
  const gateway = await openInProcess({ COORDINATORS: DESK }, {}, [
    chat.channel(() => new Date('2026-11-25T02:00:00Z')),
  ])
  try {
    await fact(gateway, chat)
  } finally {
    await gateway.stop()
  }
}

const bySms = ({ sent }: InProcess) => sent.filter(({ to }) => to === BUDI).map(({ text }) => text)

const inTexts = (shape: RegExp, texts: readonly string[]) =>
  shape.exec(texts.join('\n'))?.[0] ?? 'none'

async function moves(gateway: InProcess, ticket: string, body: object) {
  const answer = await fetch(`${gateway.url}/api/complaints/${ticket}/moves`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ actor: 'Rini', ...body }),
  })
  expect(answer.status).toBe(200)
  await gateway.assembly.drain()
}

async function linked(gateway: InProcess, chat: Chat): Promise<string> {
  await gateway.says(BUDI, 'lampu jalan mati di gang 5 pekapuran raya')
  const ticket = inTexts(/\b\d{8}\b/, bySms(gateway))
  await chat.says(`HUBUNGKAN ${ticket}`)
  await gateway.assembly.drain()
  await chat.says(inTexts(/\b\d{6}\b/, bySms(gateway)))
  await gateway.assembly.drain()
  return ticket
}

test('what the chat adds stands in the case; notices go where the citizen spoke last, and back when that is gone', () =>
  inGateway(async (gateway, chat) => {
    const ticket = await linked(gateway, chat)
    expect(bySms(gateway).at(-1)).toContain('terhubung dari tempat lain')
    const unknown = { contentType: null, name: null, bytes: null }
    const picture = { kind: 'photo', id: 'file-1', url: '', ...unknown } as const
    await chat.says(`TAMBAH ${ticket} tiangnya miring`, { media: [picture] })
    await gateway.assembly.drain()
    const { messages } = (await gateway.store.caseFile(ticket)) ?? { messages: [] }
    expect(messages.some((one) => one.channel === 'telegram' && one.direction === 'in')).toBe(true)

    const before = bySms(gateway).length
    await moves(gateway, ticket, { move: 'assign', agency: 'DPUPR' })
    expect(chat.told.at(-1)?.text).toContain(ticket)
    expect(bySms(gateway)).toHaveLength(before)

    chat.gone = true
    await moves(gateway, ticket, { move: 'answer', note: 'Tiang sudah ditegakkan.' })
    await gateway.assembly.drain()
    expect(bySms(gateway).at(-1)).toContain('Tiang sudah ditegakkan')
    expect(gateway.sent.some(({ to, text }) => to === DESK && text.includes('TIDAK SAMPAI'))).toBe(
      false,
    )
  }))

test('what the citizen does at one address is not told to them at the other', () =>
  inGateway(async (gateway, chat) => {
    const ticket = await linked(gateway, chat)
    gateway.push(60_000)
    await gateway.says(BUDI, `STATUS ${ticket}`)
    const before = bySms(gateway).length
    gateway.push(60_000)
    await chat.says(`RAHASIA ${ticket}`)
    await gateway.assembly.drain()
    expect((await gateway.store.complaint(ticket))?.confidential).toBe(true)
    expect(bySms(gateway)).toHaveLength(before)
  }))

test('a code is not sent where STOP was said; that one was used is told all the same', () =>
  inGateway(async (gateway, chat) => {
    await gateway.says(BUDI, 'lampu jalan mati di gang 5 pekapuran raya')
    const ticket = inTexts(/\b\d{8}\b/, bySms(gateway))
    await chat.says(`HUBUNGKAN ${ticket}`)
    await gateway.assembly.drain()
    const code = inTexts(/\b\d{6}\b/, bySms(gateway))
    await gateway.says(BUDI, 'STOP')
    await chat.says(code)
    await gateway.assembly.drain()
    expect(bySms(gateway).at(-1)).toContain('terhubung dari tempat lain')

    const other: Address = 'sms:+628115000003'
    await gateway.says(other, `HUBUNGKAN ${ticket}`)
    await gateway.assembly.drain()
    expect(bySms(gateway).at(-1)).toContain('terhubung dari tempat lain')
    const answer = gateway.sent.filter(({ to }) => to === other).at(-1)?.text
    await gateway.says(other, 'HUBUNGKAN 10000004')
    const unknown = gateway.sent.filter(({ to }) => to === other).at(-1)?.text
    expect(unknown?.replace('10000004', 'ID')).toBe(answer?.replace(ticket, 'ID'))
  }))

/** The chat has asked for a code of Budi's case, and knows it. */
async function coded(gateway: InProcess, chat: Chat) {
  await gateway.says(BUDI, 'lampu jalan mati di gang 5 pekapuran raya')
  const ticket = inTexts(/\b\d{8}\b/, bySms(gateway))
  await chat.says(`HUBUNGKAN ${ticket}`)
  await gateway.assembly.drain()
  return { ticket, code: inTexts(/\b\d{6}\b/, bySms(gateway)) }
}

async function answers(gateway: InProcess, chat: Chat, text: string) {
  await chat.says(text)
  await gateway.assembly.drain()
  return chat.told.at(-1)?.text
}

test('who reads the case by the API sees no code that was sent about it', () =>
  inGateway(async (gateway, chat) => {
    const { ticket, code } = await coded(gateway, chat)
    await answers(gateway, chat, code)
    const url = `${gateway.url}/api/complaints/${ticket}`
    const read = await fetch(url, { headers: { Authorization: `Bearer ${TOKEN}` } })
    const body = await read.text()
    expect(body).not.toContain(code)
    expect(body.match(/\*{6}/g)).toHaveLength(1)
  }))

test('a code that was sent before its citizen erased themselves links nothing, and is answered as a wrong one', () =>
  inGateway(async (gateway, chat) => {
    const { ticket, code } = await coded(gateway, chat)
    await gateway.says(BUDI, 'HAPUS DATA')
    await gateway.says(BUDI, 'HAPUS YA')
    const wrong = await answers(gateway, chat, code === '111111' ? '222222' : '111111')
    expect(wrong).toContain('Kode tidak cocok')
    expect(await answers(gateway, chat, code)).toBe(wrong)
    expect(await answers(gateway, chat, `${code.slice(0, 3)} ${code.slice(3)}`)).toBe(wrong)
    expect(await gateway.store.listeners(ticket)).toEqual([])
  }))

test('nor is it linked when its citizen is erased while the code is being used', async () => {
  const chat = chatChannel(CHAT)
  const store = await openStore({ ...PARTS, url: 'sqlite::memory:' })
  let erasing = false
  const listeners: Store['listeners'] = async (ticket) => {
    if (erasing) await say(store, BUDI, { inbound: null, erase: { onDuty: [] } })
    erasing = false
    return store.listeners(ticket)
  }
  const beside = [chat.channel(() => new Date('2026-11-25T02:00:00Z'))]
  const gateway = await openInProcess({}, { store: { ...store, listeners } }, beside)
  const { ticket, code } = await coded(gateway, chat)
  erasing = true
  expect(await answers(gateway, chat, code)).toContain('Kode tidak cocok')
  expect([erasing, await store.listeners(ticket)]).toEqual([false, []])
  await gateway.stop()
  await gateway.store.close()
})

test('many who ask for codes of one case do not flood its citizen; all are answered alike', () =>
  inGateway(async (gateway) => {
    await gateway.says(BUDI, 'lampu jalan mati di gang 5 pekapuran raya')
    const ticket = inTexts(/\b\d{8}\b/, bySms(gateway))
    const before = bySms(gateway).length
    const strangers = Array.from({ length: 13 }, (_, at): Address => `sms:+6281150001${at + 10}`)
    for (const stranger of strangers) await gateway.says(stranger, `HUBUNGKAN ${ticket}`)
    expect(bySms(gateway).length - before).toBe(10)
    const answers = gateway.sent.filter(({ to }) => strangers.includes(to)).map(({ text }) => text)
    expect([answers.length, new Set(answers).size]).toEqual([13, 1])
    gateway.push(25 * 3_600_000)
    await gateway.says(strangers[0] ?? BUDI, `HUBUNGKAN ${ticket}`)
    expect(bySms(gateway).length - before).toBe(11)
  }))
