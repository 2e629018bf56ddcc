// What coordinators hear at once, and what a turn makes others hear.

import { afterEach, describe, expect, test } from '@jest/globals'
import type { Address } from '../../src/message.ts'
import type { TurnNews } from '../../src/notify/turn-news.ts'
import { at, filed, moved, moveOf } from './support/cases.ts'
import { conversationOf, type Desk, openDesk, writes } from './support/desk.ts'

const ANA: Address = 'sms:+628111111111'
const DESK: Address = 'sms:+628999999999'
const MONDAY = at('2026-11-23 10.00')
const NIGHT = at('2026-11-23 23.00')
const nothing: TurnNews = { changes: [], alerts: [], tells: [], resumed: false }
const open: Desk[] = []

afterEach(async () => {
  for (const desk of open.splice(0)) await desk.store.close()
})

async function desk(now = MONDAY): Promise<Desk> {
  const opened = await openDesk({ now, channels: [], coordinators: [DESK] })
  open.push(opened)
  return opened
}

async function told(d: Desk, news: Partial<TurnNews>, address: Address = ANA) {
  const conversation = await conversationOf(d, address)
  return d.herald.turn({ ...nothing, ...news }, conversation, d.now())
}

const filing = (complaint: ReturnType<typeof filed>) => ({
  before: null,
  complaint,
  events: [
    {
      at: complaint.filedAt,
      move: 'file',
      from: null,
      to: 'received',
      role: 'citizen',
      actor: 'citizen',
      note: null,
      detail: {},
    } as const,
  ],
})

describe('a new case', () => {
  test('is told to the coordinators at once, with ticket, category, kelurahan and date', async () => {
    const complaint = filed(MONDAY)
    const rows = await told(await desk(), { changes: [filing(complaint)] })
    expect(rows.map(({ text }) => text)).toEqual([
      `ID ${complaint.ticket} BARU: Jalan, Sungai Biru. Batas 27/11/2026.`,
    ])
    expect(rows[0]?.dueAt).toEqual(MONDAY)
  })

  test('by night it waits for the morning', async () => {
    const rows = await told(await desk(NIGHT), { changes: [filing(filed(NIGHT))] })
    expect(rows[0]?.dueAt).toEqual(at('2026-11-24 07.00'))
  })

  test('an emergency does not wait', async () => {
    const rows = await told(await desk(NIGHT), {
      changes: [filing(filed(NIGHT, { urgent: true }))],
    })
    expect(rows[0]?.dueAt).toEqual(NIGHT)
    expect(rows[0]?.text).toContain('DARURAT')
  })

  test('one over the limit is told as such, once', async () => {
    const complaint = filed(MONDAY, { overLimit: true })
    const rows = await told(await desk(), {
      changes: [filing(complaint)],
      alerts: [{ alert: 'over-limit', ticket: complaint.ticket }],
    })
    expect(rows.map(({ text }) => text)).toEqual([expect.stringContaining('melewati batas harian')])
  })

  test('an emergency over the limit is told as the emergency', async () => {
    const complaint = filed(MONDAY, { overLimit: true, urgent: true })
    const rows = await told(await desk(), {
      changes: [filing(complaint)],
      alerts: [{ alert: 'over-limit', ticket: complaint.ticket }],
    })
    expect(rows.map(({ kind }) => kind)).toEqual(['ping_urgent'])
  })

  test('without place or category it says so', async () => {
    const place = { kelurahan: null, kecamatan: null, text: 'rumah saya', lat: null, lon: null }
    const complaint = filed(MONDAY, { category: null, place })
    const [row] = await told(await desk(), { changes: [filing(complaint)] })
    expect(row?.text).toContain('kategori belum jelas, lokasi belum jelas')
  })
})

describe('what a citizen does', () => {
  const assigned = moved(filed(MONDAY), MONDAY, { move: 'assign', agency: 'jalan' })
  const answered = moved(assigned, MONDAY, { move: 'answer', note: 'Sudah' })
  const citizen = { role: 'citizen', actor: 'citizen' } as const

  test('an unhappy one is told to the coordinators, without their words', async () => {
    const d = await desk()
    const move = moveOf(answered, { move: 'dissatisfied', note: 'bohong' }, MONDAY, citizen)
    const change = { before: move.before, complaint: move.after, events: [move.event] }
    const rows = await told(d, { changes: [change] })
    expect(rows.map(({ text }) => text)).toEqual([
      `ID ${answered.ticket} BELUM BERES menurut pelapor: Jalan, Sungai Biru. Batas 01/12/2026.`,
    ])
  })

  test('a reopened case is told to the coordinators', async () => {
    const closed = moved(answered, MONDAY, { move: 'satisfied' })
    const move = moveOf(closed, { move: 'reopen' }, MONDAY, citizen)
    const change = { before: move.before, complaint: move.after, events: [move.event] }
    const rows = await told(await desk(), { changes: [change] })
    expect(rows.map(({ text }) => text)).toEqual([expect.stringContaining('DIBUKA LAGI')])
  })

  test('the wish to cancel after assignment is told to the coordinators', async () => {
    const d = await desk()
    await writes(d, ANA, { files: [assigned] })
    const alerts = [{ alert: 'cancel-wish', ticket: assigned.ticket }] as const
    const rows = await told(d, { alerts })
    expect(rows.map(({ text }) => text)).toEqual([expect.stringContaining('ingin membatalkan')])
  })

  test('a satisfied one makes no noise', async () => {
    const move = moveOf(answered, { move: 'satisfied' }, MONDAY, citizen)
    const change = { before: move.before, complaint: move.after, events: [move.event] }
    expect(await told(await desk(), { changes: [change] })).toEqual([])
  })

  test('a code for linking goes at once to the address the case was filed from', async () => {
    const d = await desk(NIGHT)
    await writes(d, ANA, { files: [filed(NIGHT)] })
    const complaint = filed(NIGHT)
    await writes(d, ANA, { files: [complaint] })
    const phrase = { key: 'notice_bare', params: { id: complaint.ticket, state: '123456' } }
    const rows = await told(
      d,
      { tells: [{ ticket: complaint.ticket, phrase }] },
      'sms:+628333333333',
    )
    expect(rows).toEqual([
      expect.objectContaining({
        lane: 'reply',
        dueAt: NIGHT,
        text: expect.stringContaining('123456'),
      }),
    ])
  })

  test('MULAI brings the newest state of each open case, by night too', async () => {
    const d = await desk(NIGHT)
    const open = filed(MONDAY)
    const waiting = moved(filed(MONDAY), MONDAY, { move: 'assign', agency: 'jalan' })
    const done = moved(filed(MONDAY), MONDAY, { move: 'cancel' })
    await writes(d, ANA, { files: [open, waiting, done] })
    const rows = await told(d, { resumed: true })
    expect(rows.map(({ text }) => text).sort()).toEqual(
      [
        `ID ${open.ticket}: diterima, menunggu verifikasi. Cek: STATUS ${open.ticket}.`,
        `ID ${waiting.ticket}: diteruskan ke Dinas Jalan. Cek: STATUS ${waiting.ticket}.`,
      ].sort(),
    )
    expect(new Set(rows.map(({ dueAt }) => dueAt))).toEqual(new Set([NIGHT]))
  })

  test('MULAI brings an answer that was missed as the answer', async () => {
    const d = await desk()
    const complaint = filed(MONDAY)
    await writes(d, ANA, { files: [complaint] })
    const move = moveOf(complaint, { move: 'answer', note: 'Loket buka pukul 8' }, MONDAY)
    await d.store.commitMove({
      now: MONDAY,
      changes: [{ expectVersion: 1, complaint: move.after, events: [move.event], tallies: [] }],
      outbound: [],
    })
    const [row] = await told(d, { resumed: true })
    expect(row?.kind).toBe('answered')
    expect(row?.text).toContain('Loket buka pukul 8. Beres?')
  })
})
