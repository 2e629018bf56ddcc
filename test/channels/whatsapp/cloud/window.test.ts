// The 24 hours after a person's last message through a whole gateway: what Meta gets, and what the citizen reads.

import { afterEach, describe, expect, test } from '@jest/globals'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import { referenceCity } from '../../../support/city.ts'
import {
  type FakeMeta,
  postFromMeta,
  startFakeMeta,
  webhookOf,
} from '../../../support/fake-meta.ts'
import { type InProcess, openInProcess, TOKEN } from '../../../support/in-process.ts'
import { optionsFor } from './contract-bench.ts'

const HOUR_MS = 3_600_000
const NUMBER = '628125551234'
const DESK = 'sms:+628999999999'
const ANSWER = `Lubang sudah ditambal.\n\n${'Terima kasih atas laporannya. '.repeat(30)}`.trim()

const { city } = referenceCity()
const REGISTERED = city.templates.flatMap(({ name, text: { id, en } }) => [
  { name, language: 'id', text: id },
  ...(en === undefined ? [] : [{ name, language: 'en', text: en }]),
])

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function opened(registered = REGISTERED) {
  const fake = await startFakeMeta()
  fake.registers(registered)
  let gateway: InProcess | null = null
  const clock = () => gateway?.now() ?? new Date('2026-11-25T02:00:00Z')
  const channel = createWhatsAppCloud(optionsFor(fake, clock))
  gateway = await openInProcess({ COORDINATORS: DESK }, {}, [channel])
  closing.push(fake.stop, gateway.stop)
  return personOf(fake, gateway)
}

/** A citizen by WhatsApp, and the desk by the API. */
function personOf(fake: FakeMeta, gateway: InProcess) {
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' }
  let said = 0
  const told = () => fake.sent.map(({ text }) => text)
  const says = async (body: string) => {
    const before = told().length
    said += 1
    const message = { id: `wamid.${said}`, from: NUMBER, type: 'text', text: { body } }
    expect(await postFromMeta(gateway.url, webhookOf([message]))).toBe(200)
    await gateway.assembly.drain()
    return told().slice(before)
  }
  const moves = async (ticket: string, move: string, more: object = {}) => {
    const url = `${gateway.url}/api/complaints/${ticket}/moves`
    const body = JSON.stringify({ move, actor: 'Bu Rini', ...more })
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    await gateway.assembly.drain()
  }
  const caseOf = async (ticket: string) =>
    (await fetch(`${gateway.url}/api/complaints/${ticket}`, { headers })).json() as Promise<{
      readonly messages: readonly { readonly text: string; readonly status: string }[]
    }>
  /** Twice: the first may be one that was under way. */
  const ticks = async () => {
    for (const _ of [1, 2]) await gateway.assembly.tick()
    await gateway.assembly.drain()
  }
  /** Filed as it stands once it was left alone, and assigned. */
  const files = async () => {
    await says('lampu jalan mati di gang 5 kelayan dalam sudah seminggu')
    gateway.push(3 * HOUR_MS)
    await ticks()
    const ticket = /\b[1-9]\d{7}\b/.exec(told().join(' '))?.[0] ?? ''
    await moves(ticket, 'assign', { agency: city.agencies[0]?.id })
    return ticket
  }
  return { fake, gateway, says, moves, caseOf, files, told, ticks }
}

describe('an answer after 25 hours', () => {
  test('goes by template, and LIHAT brings it whole', async () => {
    const { fake, gateway, says, moves, files, told } = await opened()
    const ticket = await files()
    gateway.push(25 * HOUR_MS)
    await moves(ticket, 'answer', { note: ANSWER })
    expect(fake.sent.at(-1)?.body).toMatchObject({
      type: 'template',
      template: { name: 'laporan_dijawab', language: { code: 'id' } },
    })
    expect(told().at(-1)).toMatch(new RegExp(`^Laporan Anda dengan ID ${ticket} sudah dijawab`))
    expect(told().at(-1)).not.toContain('ditambal')
    expect((await says(`LIHAT ${ticket}`)).join()).toContain(ANSWER)
    expect((await says('lihat')).join()).toContain(ANSWER)
    expect((await says('PUAS')).join()).toContain('selesai')
  })

  test('in English where that was chosen', async () => {
    const { gateway, says, moves, files, told } = await opened()
    const ticket = await files()
    await says('BAHASA INGGRIS')
    gateway.push(25 * HOUR_MS)
    await moves(ticket, 'answer', { note: ANSWER })
    expect(told().at(-1)).toMatch(new RegExp(`^Your complaint with ID ${ticket} was answered`))
    expect((await says(`SHOW ${ticket}`)).join()).toContain(ANSWER)
  })

  test('that Meta has no template for is not sent, and the coordinator is pinged', async () => {
    const { fake, gateway, moves, caseOf, files, ticks } = await opened([])
    const ticket = await files()
    const sent = fake.sent.length
    gateway.push(25 * HOUR_MS)
    await moves(ticket, 'answer', { note: ANSWER })
    await ticks()
    expect(fake.sent).toHaveLength(sent)
    const { messages } = await caseOf(ticket)
    expect(messages.find(({ text }) => text.includes('ditambal'))?.status).toBe('failed')
    const pings = gateway.sent.filter(({ to }) => to === DESK).map(({ text }) => text)
    expect(pings).toContainEqual(expect.stringMatching(new RegExp(`${ticket}.*tidak sampai`, 'i')))
  })
})

test('what Meta refuses after all goes again as a template, and is sent once', async () => {
  const { fake, moves, caseOf, files, told } = await opened()
  const ticket = await files()
  fake.shuts(NUMBER)
  const before = fake.attempts()
  await moves(ticket, 'answer', { note: ANSWER })
  expect(fake.attempts() - before).toBe(2)
  expect(told().at(-1)).toContain(`Balas LIHAT ${ticket}`)
  const { messages } = await caseOf(ticket)
  expect(messages.filter(({ text }) => text.includes('ditambal')).map((one) => one.status)).toEqual(
    ['sent'],
  )
})
