// A citizen with several addresses hears once: where they last spoke about the case, and elsewhere when that fails.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, conversationOf, type Desk, makes, writes } from './support/desk.ts'
import { DESK } from './support/office.ts'
import { type PlayedChannel, playedChannel, taken } from './support/played-channel.ts'
import { ANA, BUDI, desks, later, MORNING } from './support/send-desk.ts'

const open = desks()
const CHAT: Address = 'telegram:4711'
const OTHER_CHAT: Address = 'telegram:4712'
const GONE: SendResult = { outcome: 'rejected', reason: 'chat not found' }

const texts = ({ sent }: PlayedChannel, to: Address) =>
  sent.filter((one) => one.to === to).map(({ text }) => text)

/** Ana files by SMS and brings the case to her chat, ten seconds later. */
async function linked(chatAnswers: Parameters<typeof playedChannel>[1] = taken, more = {}) {
  const line = playedChannel('line')
  const chat = playedChannel('chat', chatAnswers, 'telegram')
  const desk = await open({ channels: [line, chat], coordinators: [DESK], ...more })
  const complaint = filed(MORNING)
  await writes(desk, ANA, { files: [complaint] })
  desk.setClock(later(10))
  await writes(desk, CHAT, { links: [complaint.ticket], account: 'chat' })
  desk.setClock(later(20))
  return { desk, line, chat, ticket: complaint.ticket }
}

async function runs(desk: Desk): Promise<void> {
  await desk.outbox.drain()
  await desk.schedule.tick()
  await desk.outbox.drain()
}

describe('where a notice goes', () => {
  test('to the address where the citizen last spoke about it, and to no other', async () => {
    const { desk, line, chat, ticket } = await linked()
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    expect(texts(chat, CHAT)).toHaveLength(1)
    expect(texts(line, ANA)).toHaveLength(0)
    desk.setClock(later(60))
    await writes(desk, ANA, { about: ticket })
    desk.setClock(later(70))
    // About something else.
    await writes(desk, CHAT, { account: 'chat' })
    await makes(desk, ticket, { move: 'accept' })
    await runs(desk)
    expect(texts(chat, CHAT)).toHaveLength(1)
    expect(texts(line, ANA)).toHaveLength(1)
  })

  test('not to where STOP was said: that concerns that address alone', async () => {
    const { desk, line, chat, ticket } = await linked()
    await writes(desk, CHAT, { about: ticket, stops: true, account: 'chat' })
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    expect([texts(chat, CHAT).length, texts(line, ANA).length]).toEqual([0, 1])
  })

  test('to each citizen whose complaints were made one', async () => {
    const { desk, line, chat, ticket } = await linked()
    const other = filed(MORNING)
    await writes(desk, BUDI, { files: [other] })
    await desk.store.commitMove({
      now: desk.now(),
      changes: [],
      follows: [{ ticket, from: other.ticket }],
      outbound: [],
    })
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    expect([CHAT, ANA, BUDI].map((to) => texts(line, to).length + texts(chat, to).length)).toEqual([
      1, 0, 1,
    ])
  })
})

describe('a notice that fails for good at one address', () => {
  test('goes to the next one, in its own words, once', async () => {
    const { desk, line, chat, ticket } = await linked(() => GONE)
    await makes(desk, ticket, { move: 'hold', note: 'Di RT berapa?' })
    await runs(desk)
    await runs(desk)
    expect(texts(chat, CHAT)).toHaveLength(1)
    expect(texts(line, ANA)).toEqual([expect.stringContaining('Di RT berapa?')])
    expect(texts(line, DESK)).toHaveLength(0)
    expect((await desk.store.counts(desk.now())).undelivered).toEqual([])
  })

  test('so an answer: the time to reply begins where it arrived', async () => {
    const { desk, line, ticket } = await linked(() => GONE)
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    await runs(desk)
    await runs(desk)
    expect(texts(line, ANA)).toEqual([expect.stringContaining('Sudah ditambal')])
    expect(texts(line, DESK)).toHaveLength(0)
    const { clocks } = await caseOf(desk, ticket)
    expect(clocks.find(({ name }) => name === 'reply')?.status).toBe('running')
  })

  test('also when a late receipt says so: the clock ends, and begins anew at the next', async () => {
    const chatAnswers = () => ({ outcome: 'accepted', providerIds: ['chat-1'] }) as const
    const { desk, line, ticket } = await linked(chatAnswers)
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    await runs(desk)
    desk.setClock(later(3_600))
    const receipt = { channel: 'telegram', account: 'chat', providerId: 'chat-1' } as const
    const bad = { messageId: null, status: 'failed', code: 'x', failure: 'permanent' } as const
    await desk.outbox.receipt({ ...receipt, ...bad })
    await desk.outbox.receipt({ ...receipt, ...bad })
    await runs(desk)
    await runs(desk)
    expect(texts(line, ANA)).toEqual([expect.stringContaining('Sudah ditambal')])
    expect(texts(line, DESK)).toHaveLength(0)
    const reply = (await caseOf(desk, ticket)).clocks.find(({ name }) => name === 'reply')
    expect(reply?.status).toBe('running')
  })

  test('and when the next one fails as well, the coordinators hear of it once', async () => {
    const line = playedChannel('line', ({ to }) => (to === DESK ? taken() : GONE))
    const chat = playedChannel(
      'chat',
      () => ({ outcome: 'accepted', providerIds: ['chat-2'] }),
      'telegram',
    )
    const desk = await open({ channels: [line, chat], coordinators: [DESK] })
    const complaint = filed(MORNING)
    await writes(desk, ANA, { files: [complaint] })
    await writes(desk, CHAT, { links: [complaint.ticket], account: 'chat' })
    await makes(desk, complaint.ticket, { move: 'answer', note: 'Sudah ditambal' })
    await runs(desk)
    const receipt = { channel: 'telegram', account: 'chat', providerId: 'chat-2' } as const
    const bad = { messageId: null, status: 'failed', code: 'x', failure: 'permanent' } as const
    await desk.outbox.receipt({ ...receipt, ...bad })
    await runs(desk)
    await runs(desk)
    expect(texts(line, DESK)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
  })

  test('an answer that was taken, brought back and then expired: the time to reply begins at the next', async () => {
    let fate: SendResult = { outcome: 'accepted', providerIds: ['chat-3'] }
    const { desk, line, ticket } = await linked(() => fate)
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    await runs(desk)
    fate = { outcome: 'retry', reason: 'busy' }
    const receipt = { channel: 'telegram', account: 'chat', providerId: 'chat-3' } as const
    const bad = { messageId: null, status: 'failed', code: 'x', failure: 'transient' } as const
    await desk.outbox.receipt({ ...receipt, ...bad })
    desk.setClock(at('2026-11-27 10.00'))
    await desk.schedule.tick()
    await runs(desk)
    await runs(desk)
    expect(texts(line, ANA)).toHaveLength(1)
    const reply = (await caseOf(desk, ticket)).clocks.find(({ name }) => name === 'reply')
    expect([reply?.status, reply?.dayZero]).toEqual(['running', '2026-11-27'])
  })

  test('also when it expired on the way, and when the account is closed for the person', async () => {
    const busy = { outcome: 'retry', reason: 'busy' } as const
    const { desk, line, chat, ticket } = await linked(() => busy)
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    desk.setClock(at('2026-11-27 10.00'))
    await runs(desk)
    expect(texts(line, ANA)).toHaveLength(1)
    await desk.store.setOptOut(CHAT, 'chat', true, desk.now())
    const before = chat.sent.length
    await makes(desk, ticket, { move: 'accept' })
    await runs(desk)
    expect(texts(line, ANA)).toHaveLength(2)
    expect(chat.sent).toHaveLength(before)
    // It was not tried there at all.
    expect((await desk.store.counts(desk.now())).failed).toBe(0)
  })

  test('also what was still waiting at an address that said STOP', async () => {
    const { desk, line, ticket } = await linked(() => ({ outcome: 'retry', reason: 'busy' }))
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    await writes(desk, CHAT, { about: ticket, stops: true, account: 'chat' })
    await runs(desk)
    expect(texts(line, ANA)).toHaveLength(1)
  })

  test('at every address of the citizen in turn; then it is listed, and an answer pinged once', async () => {
    const line = playedChannel('line', (message) => (message.to === DESK ? taken() : GONE))
    const chat = playedChannel('chat', () => GONE, 'telegram')
    const desk = await open({ channels: [line, chat], coordinators: [DESK] })
    const complaint = filed(MORNING)
    const { ticket } = complaint
    await writes(desk, ANA, { files: [complaint] })
    await writes(desk, CHAT, { links: [ticket], account: 'chat' })
    await writes(desk, OTHER_CHAT, { links: [ticket], account: 'chat' })
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    for (let minute = 1; minute < 5; minute++) {
      desk.setClock(later(minute * 60))
      await runs(desk)
    }
    expect(
      [ANA, CHAT, OTHER_CHAT].map((to) => texts(line, to).length + texts(chat, to).length),
    ).toEqual([1, 1, 1])
    expect(texts(line, DESK)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
    const { undelivered } = await desk.store.counts(desk.now())
    expect(undelivered.map((one) => [one.ticket, one.kind])).toEqual([[ticket, 'answered']])
  })

  test('once, though two processes find it, and none after a crash between', async () => {
    const { desk, line, ticket } = await linked(() => GONE)
    const other = await desk.restart()
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    const [row] = await desk.store.leaseDue(desk.now(), 60_000, 10, 'notice')
    if (row === undefined) throw new Error('nothing leased')
    const fate = { status: 'failed', reason: 'gone', optedOut: false, account: 'chat' } as const
    await desk.store.settle(row.id, row.lease, { ...fate, at: desk.now() })
    // The process that settled it is gone; the schedules of two others come upon it.
    await Promise.all([desk.schedule.tick(), other.schedule.tick()])
    await Promise.all([desk.outbox.drain(), other.outbox.drain()])
    expect(texts(line, ANA)).toHaveLength(1)
  })

  test.each(['permanent', 'transient'] as const)(
    'not a second time when it was sent after all and failed again, after it was passed on: %s',
    async (failure) => {
      const { desk, line, ticket } = await linked(() => ({ outcome: 'retry', reason: 'busy' }))
      await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
      const [row] = await desk.store.leaseDue(desk.now(), 1, 10, 'notice')
      desk.setClock(at('2026-11-27 10.00'))
      await runs(desk)
      const receipt = { channel: 'telegram', account: 'chat', providerId: 'c-1' } as const
      const ours = { ...receipt, code: null, messageId: row?.id ?? null }
      await desk.outbox.receipt({ ...ours, status: 'sent', failure: null })
      await desk.outbox.receipt({ ...ours, status: 'failed', failure })
      await runs(desk)
      expect(texts(line, ANA)).toHaveLength(1)
      const { undelivered } = await desk.store.counts(desk.now())
      expect(undelivered.filter(({ kind }) => kind !== 'ping')).toEqual([])
    },
  )

  test('tells where the case stands, when it has gone on since', async () => {
    let fate: SendResult = { outcome: 'retry', reason: 'busy' }
    const { desk, line, ticket } = await linked(() => fate)
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await runs(desk)
    await makes(desk, ticket, { move: 'accept' })
    fate = GONE
    desk.setClock(later(3_600))
    await runs(desk)
    await runs(desk)
    expect(texts(line, ANA)).toHaveLength(2)
    expect(texts(line, ANA).every((text) => text.includes(ticket))).toBe(true)
    expect(texts(line, ANA).filter((text) => text.includes('diteruskan'))).toEqual([])
  })
})

test('a group that became a larger one keeps its cases, and what waits for it', async () => {
  const moved: Address = 'telegram:-100999'
  const chat = playedChannel(
    'chat',
    ({ to }) => (to === CHAT ? { outcome: 'moved', to: moved } : taken()),
    'telegram',
  )
  const desk = await open({ channels: [chat] })
  const complaint = filed(MORNING)
  await writes(desk, CHAT, { files: [complaint], account: 'chat' })
  await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
  await runs(desk)
  expect(texts(chat, moved)).toHaveLength(1)
  const { mine } = await conversationOf(desk, moved)
  expect(mine.map((one) => one.complaint.ticket)).toEqual([complaint.ticket])
  const [entry] = await desk.store.auditTrail(1)
  expect(entry).toMatchObject({ action: 'move-address', actor: 'provider' })
})
