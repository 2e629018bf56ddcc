// Somebody on duty who cannot be reached at one address: the next one, else the coordinators, and never nobody.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import { filed } from './support/cases.ts'
import { type Desk, makes } from './support/desk.ts'
import { ARI, enrols, RINI } from './support/enrolling.ts'
import { type PlayedChannel, playedChannel, taken } from './support/played-channel.ts'
import { desks, later, MORNING, says } from './support/send-desk.ts'

const open = desks()
const CHAT: Address = 'telegram:4711'
const OTHER: Address = 'sms:+628510000007'
const GONE: SendResult = { outcome: 'rejected', reason: 'chat not found' }

/** But for the digests of the mornings. */
const texts = ({ sent }: PlayedChannel, to: Address) =>
  sent.filter((one) => one.to === to && !one.text.startsWith('Ringkasan')).map(({ text }) => text)
const undelivered = async ({ store, now }: Desk) =>
  (await store.counts(now())).undelivered.filter(({ kind }) => kind !== 'ping_digest')

/** Ari is an officer with a number and, heard from later, a chat; Rini coordinates. */
async function crew(answers: { sms?: (to: Address) => SendResult; chat?: SendResult } = {}) {
  const line = playedChannel('line', ({ to }) => answers.sms?.(to) ?? taken())
  const chat = playedChannel('chat', () => answers.chat ?? taken(), 'telegram')
  const desk = await open({ channels: [line, chat] })
  const who = { name: 'Ari', role: 'officer', agency: 'jalan' } as const
  const ari = await enrols(desk, ARI, who)
  await enrols(desk, RINI, { name: 'Rini', role: 'coordinator' })
  desk.setClock(later(10))
  await enrols(desk, CHAT, { ...who, staffId: ari, account: 'chat' })
  desk.setClock(later(20))
  const complaint = filed(MORNING)
  await says('sms:+628111111111', desk)
  await desk.store.commitMove({
    now: desk.now(),
    changes: [{ expectVersion: 0, complaint, events: [], tallies: [] }],
    outbound: [],
  })
  const run = async () => {
    for (let round = 0; round < 3; round++) {
      await desk.outbox.drain()
      await desk.schedule.tick()
    }
    await desk.outbox.drain()
  }
  return { desk, line, chat, ticket: complaint.ticket, run }
}

const assigned = { move: 'assign', agency: 'jalan' } as const

describe('a card that fails for good', () => {
  test('goes where they were last heard, and to no other address', async () => {
    const it = await crew()
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    expect([texts(it.chat, CHAT).length, texts(it.line, ARI).length]).toEqual([1, 0])
  })

  test('goes to their next address, with its buttons, once', async () => {
    const it = await crew({ chat: GONE })
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    expect(texts(it.line, ARI)).toEqual([expect.stringMatching(`^ID ${it.ticket} BARU`)])
    const card = it.line.sent.find(({ to }) => to === ARI)
    expect(card?.choices.map(({ value }) => value)).toContain(`desk:accept:${it.ticket}:2`)
    expect(texts(it.line, RINI)).toEqual([])
    expect(await undelivered(it.desk)).toEqual([])
  })

  test('on every address: the coordinators hear whom it did not reach, and hold the case', async () => {
    const it = await crew({ chat: GONE, sms: (to) => (to === ARI ? GONE : taken()) })
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    expect(texts(it.line, RINI)).toEqual([
      expect.stringMatching(`^ID ${it.ticket}: Ari TIDAK TERJANGKAU, koordinator memegangnya\\. `),
    ])
    const lost = (await undelivered(it.desk)).map(({ ticket, kind }) => [ticket, kind])
    expect(lost).toEqual([[it.ticket, 'ping']])
  })

  test('to the coordinator too: it is told no further, and stands where the operator sees it', async () => {
    const it = await crew({ chat: GONE, sms: () => GONE })
    await enrols(it.desk, OTHER, { name: 'Sari', role: 'coordinator' })
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    await it.run()
    expect([texts(it.line, RINI).length, texts(it.line, OTHER).length]).toEqual([1, 1])
    expect(await undelivered(it.desk)).toHaveLength(3)
  })
})

test('a digest that fails for good goes to the next address, and to nobody instead', async () => {
  const it = await crew({ chat: GONE })
  await makes(it.desk, it.ticket, assigned)
  await it.run()
  const digests = (to: Address) =>
    it.line.sent.filter((one) => one.to === to && one.text.startsWith('Ringkasan'))
  expect([digests(ARI).length, digests(RINI).length]).toEqual([1, 1])
  expect(texts(it.line, RINI)).toEqual([])
})

describe('the list of an hour that fails for good', () => {
  const FRIDAY = new Date('2026-11-27T00:00:00Z')

  test('goes to the next address as it was', async () => {
    const it = await crew({ chat: GONE })
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    it.desk.setClock(FRIDAY)
    await it.run()
    const lists = texts(it.line, ARI).filter((text) => text.startsWith('Perlu tindakan'))
    expect(lists).toEqual([expect.stringContaining(it.ticket)])
    expect(texts(it.line, RINI).filter((text) => text.includes('TERJANGKAU'))).toEqual([])
  })

  test('on every address is told to the coordinators with its tickets', async () => {
    const it = await crew({ chat: GONE, sms: (to) => (to === ARI ? GONE : taken()) })
    await makes(it.desk, it.ticket, assigned)
    await it.run()
    it.desk.setClock(FRIDAY)
    await it.run()
    const told = texts(it.line, RINI).filter((text) => text.startsWith('Ari TIDAK TERJANGKAU.'))
    expect(told.some((text) => text.includes(`Perlu tindakan, 1 laporan: ID ${it.ticket}`))).toBe(
      true,
    )
  })
})
