// Where a channel's window for free words is shut: a template, the next address, or those who must know; never "sent".

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address, OutboundMessage } from '../../src/message.ts'
import { filed } from './support/cases.ts'
import { caseOf, type Desk, makes, writes } from './support/desk.ts'
import { ARI, enrols, RINI } from './support/enrolling.ts'
import { DESK } from './support/office.ts'
import { type PlayedChannel, playedChannel, taken } from './support/played-channel.ts'
import { ANA, desks, later, MORNING, says } from './support/send-desk.ts'
import { town } from './support/town.ts'

const open = desks()
const CHAT: Address = 'whatsapp:628111111111'
const DAY = 24 * 3_600
const SHUT: SendResult = { outcome: 'window-closed' }
const UNKNOWN: SendResult = { outcome: 'rejected', reason: 'there is no such template' }

type Answers = (message: OutboundMessage) => SendResult

const meta = (answer: Answers): PlayedChannel => ({
  ...playedChannel('meta', answer, 'whatsapp'),
  freeForMs: DAY * 1_000,
})
const to = ({ sent }: PlayedChannel, address: Address) => sent.filter((one) => one.to === address)
const names = (sent: readonly OutboundMessage[]) =>
  sent.map(({ template }) => template?.name ?? 'in its own words')

async function runs(desk: Desk): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await desk.outbox.drain()
    await desk.schedule.tick()
  }
  await desk.outbox.drain()
}

/** Ana files by WhatsApp; `sms`: she brought the case from her phone, and spoke by WhatsApp last. */
async function filedBy(answer: Answers, { sms = false, city = town } = {}) {
  const chat = meta(answer)
  const line = playedChannel('line')
  const desk = await open({ channels: [line, chat], coordinators: [DESK], city })
  const complaint = filed(MORNING)
  const { ticket } = complaint
  if (sms) await writes(desk, ANA, { files: [complaint] })
  desk.setClock(later(10))
  await writes(
    desk,
    CHAT,
    sms ? { links: [ticket], account: 'meta' } : { files: [complaint], account: 'meta' },
  )
  await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
  await runs(desk)
  return { desk, chat, line, ticket }
}

const ANSWER = { move: 'answer', note: 'Sudah ditambal' } as const
const statuses = async ({ store }: Desk, ticket: string) =>
  (await store.caseFile(ticket))?.messages
    .filter(({ kind }) => kind === 'answered')
    .map(({ status }) => status)

describe('a notice', () => {
  test('goes in its own words while the window is open, as a template once it is shut', async () => {
    const { desk, chat, ticket } = await filedBy(taken)
    desk.setClock(later(10 + DAY - 1))
    await makes(desk, ticket, { move: 'update', note: 'Besok' })
    await runs(desk)
    desk.setClock(later(10 + DAY))
    await makes(desk, ticket, ANSWER)
    await runs(desk)
    expect(names(to(chat, CHAT))).toEqual([
      'in its own words',
      'in its own words',
      'laporan_dijawab',
    ])
    expect(chat.sent.at(-1)?.template).toEqual({
      name: 'laporan_dijawab',
      language: 'id',
      parameters: [ticket, 'Dinas Jalan Kota Contoh', ticket, '09/12/2026'],
    })
    expect(await statuses(desk, ticket)).toEqual(['sent'])
    const { clocks } = await caseOf(desk, ticket)
    expect(clocks.find(({ name }) => name === 'reply')?.status).toBe('running')
  })

  test('for a reader of English has the Indonesian template behind it, filled in Indonesian', async () => {
    const { desk, chat, ticket } = await filedBy(taken)
    await writes(desk, CHAT, { language: 'en', account: 'meta' })
    desk.setClock(later(10 + 2 * DAY))
    await makes(desk, ticket, { move: 'archive', reason: 'spam' })
    await runs(desk)
    const { template } = chat.sent.at(-1) ?? {}
    expect([template?.language, template?.otherwise?.language]).toEqual(['en', 'id'])
    expect(template?.otherwise?.name).toBe(template?.name)
    expect(template?.otherwise?.parameters).not.toEqual([])
    expect(template?.otherwise).not.toHaveProperty('otherwise')
  })

  test('heard by another account does not open this one', async () => {
    const { desk, chat, ticket } = await filedBy(taken)
    desk.setClock(later(60))
    await writes(desk, CHAT, { account: 'another' })
    await makes(desk, ticket, ANSWER)
    await runs(desk)
    expect(names(to(chat, CHAT)).at(-1)).toBe('laporan_dijawab')
  })

  test('tells where the case stands now, if it has gone on', async () => {
    const { desk, chat, ticket } = await filedBy(taken)
    desk.setClock(later(2 * DAY))
    const { outbox, store } = desk
    await makes(desk, ticket, ANSWER)
    const complaint = await caseOf(desk, ticket)
    const gone = { ...complaint, version: complaint.version + 1, state: 'closed' } as const
    await store.commitMove({
      now: desk.now(),
      changes: [{ expectVersion: complaint.version, complaint: gone, events: [], tallies: [] }],
      outbound: [],
    })
    await outbox.drain()
    expect(chat.sent.at(-1)?.template).toMatchObject({
      name: 'laporan_keadaan',
      parameters: [ticket, 'selesai', ticket],
    })
  })

  test('that the provider refused in its own words goes again as a template, and is sent once', async () => {
    const { desk, chat, ticket } = await filedBy(({ template }) =>
      template === undefined ? SHUT : taken(),
    )
    await makes(desk, ticket, ANSWER)
    await runs(desk)
    const told = to(chat, CHAT).filter(({ text }) => text.includes('ditambal'))
    expect(names(told)).toEqual(['in its own words', 'laporan_dijawab'])
    expect(await statuses(desk, ticket)).toEqual(['sent'])
  })

  test('of which a receipt says so, too, at once; and of the template once only', async () => {
    const { desk, chat, ticket } = await filedBy(({ id, template }) => ({
      outcome: 'accepted',
      providerIds: [`${template === undefined ? 'free' : 'template'}-${id}`],
    }))
    await makes(desk, ticket, ANSWER)
    await desk.outbox.drain()
    const providerId = `free-${chat.sent.at(-1)?.id}`
    await desk.outbox.receipt({
      ...{ channel: 'whatsapp', account: 'meta', providerId, messageId: null },
      ...{ status: 'failed', code: '131047', failure: 'window' },
    })
    expect(await statuses(desk, ticket)).toEqual(['pending'])
    await runs(desk)
    expect(names(to(chat, CHAT)).at(-1)).toBe('laporan_dijawab')
    expect(await statuses(desk, ticket)).toEqual(['sent'])
    await desk.outbox.receipt({
      ...{ channel: 'whatsapp', account: 'meta', messageId: null },
      ...{ providerId: `template-${chat.sent.at(-1)?.id}` },
      ...{ status: 'failed', code: '131047', failure: 'window' },
    })
    const sent = chat.sent.length
    await runs(desk)
    expect(chat.sent).toHaveLength(sent)
    expect(await statuses(desk, ticket)).toEqual(['failed'])
  })

  test.each<[string, Answers, Partial<typeof town>]>([
    ['that no template tells', taken, { templates: [] }],
    ['whose template is not registered', ({ template }) => (template ? UNKNOWN : taken()), {}],
  ])('%s goes to the next address in its own words', async (_what, answer, more) => {
    const { desk, line, ticket } = await filedBy(answer, {
      sms: true,
      city: { ...town, ...more },
    })
    desk.setClock(later(2 * DAY))
    await makes(desk, ticket, ANSWER)
    await runs(desk)
    expect(to(line, ANA).at(-1)?.text).toContain('Sudah ditambal')
    expect(await statuses(desk, ticket)).toEqual(['failed', 'sent'])
    expect(
      to(line, DESK)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('tidak sampai')
  })

  test('that no template tells, and nobody else can be told: the coordinator hears of it', async () => {
    const { desk, chat, line, ticket } = await filedBy(taken, { city: { ...town, templates: [] } })
    desk.setClock(later(2 * DAY))
    await makes(desk, ticket, ANSWER)
    const before = chat.sent.length
    await runs(desk)
    expect(chat.sent).toHaveLength(before)
    expect(await statuses(desk, ticket)).toEqual(['failed'])
    expect(to(line, DESK).at(-1)?.text).toMatch(new RegExp(`^ID ${ticket}.*TIDAK SAMPAI`, 'i'))
  })
})

describe('a reply', () => {
  test('goes in its own words whatever we believe: the provider decides', async () => {
    const chat = meta(taken)
    const desk = await open({ channels: [chat] })
    await says(CHAT, desk, { dueAt: later(DAY), expiresAt: later(2 * DAY) })
    desk.setClock(later(DAY))
    await desk.outbox.drain()
    expect(names(chat.sent)).toEqual(['in its own words'])
  })
})

describe('a ping', () => {
  /** Ari is an officer with WhatsApp, where he was heard last, and unless `alone` a number; Rini coordinates. */
  async function crew(answer: Answers, { alone = false, sms = taken() } = {}) {
    const chat = meta(answer)
    const line = playedChannel('line', (one) => (one.to === ARI ? sms : taken()))
    const desk = await open({ channels: [line, chat] })
    const who = { name: 'Ari', role: 'officer', agency: 'jalan' } as const
    const staff = alone ? {} : { staffId: await enrols(desk, ARI, who) }
    await enrols(desk, RINI, { name: 'Rini', role: 'coordinator' })
    desk.setClock(later(10))
    await enrols(desk, CHAT, { ...who, ...staff, account: 'meta' })
    const complaint = filed(MORNING)
    await desk.store.commitMove({
      now: desk.now(),
      changes: [{ expectVersion: 0, complaint, events: [], tallies: [] }],
      outbound: [],
    })
    const assigns = async () => {
      await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
      await desk.outbox.drain()
      await runs(desk)
    }
    return { desk, chat, line, ticket: complaint.ticket, assigns }
  }
  const cards = (sent: readonly OutboundMessage[]) =>
    sent.filter(({ text }) => / BARU: /.test(text))

  test('goes to the next address at once, with its words and buttons, and to WhatsApp not at all', async () => {
    const { desk, chat, line, assigns } = await crew(taken)
    desk.setClock(later(2 * DAY))
    await assigns()
    expect(cards(to(line, ARI))).toHaveLength(1)
    expect(cards(to(line, ARI))[0]?.choices.length).toBeGreaterThan(0)
    expect(chat.sent).toEqual([])
  })

  test('so one that the provider refuses while we believe the window open', async () => {
    const { chat, line, assigns } = await crew(() => SHUT)
    await assigns()
    expect(cards(to(line, ARI))).toHaveLength(1)
    expect(names(cards(chat.sent))).toEqual(['in its own words'])
  })

  test('of somebody without another address goes as a template', async () => {
    const { desk, chat, ticket, assigns } = await crew(taken, { alone: true })
    desk.setClock(later(2 * DAY))
    await assigns()
    expect(cards(chat.sent).map(({ template }) => template)).toMatchObject([
      {
        name: 'petugas_laporan',
        parameters: [ticket, expect.any(String), expect.any(String), ticket],
      },
    ])
  })

  test('that nothing carries is told to the coordinator', async () => {
    const { desk, line, ticket, assigns } = await crew(() => UNKNOWN, { alone: true })
    desk.setClock(later(2 * DAY))
    await assigns()
    expect(to(line, RINI).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(`^ID ${ticket}: Ari TIDAK TERJANGKAU`),
    )
  })
})
