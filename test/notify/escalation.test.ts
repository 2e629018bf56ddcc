// Escalation over a real store and a clock that a test pushes: every step at its hour, one message, claimed once.

import { afterEach, describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Complaint } from '../../src/complaints/complaint.ts'
import type { Address } from '../../src/message.ts'
import { at, filed } from './support/cases.ts'
import {
  caseOf,
  type Desk,
  makes,
  openDesk,
  type PlayedChannel,
  playedChannel,
  writes,
} from './support/desk.ts'
import { town } from './support/town.ts'

const ANA: Address = 'sms:+628111111111'
const DESK: Address = 'sms:+628999999999'
const MONDAY = at('2026-11-23 10.00')
const HOUR_MS = 3_600_000
/** Before, at and after the hours of steps, ends and quiet: every hour of the day costs the suite a minute. */
const LIVELY = new Set(['00', '07', '08', '09', '10', '11', '15', '16', '17', '21'])
const open: Desk[] = []

afterEach(async () => {
  for (const desk of open.splice(0)) {
    await desk.outbox.stop()
    await desk.store.close()
  }
})

interface Office {
  readonly desk: Desk
  readonly line: PlayedChannel
  /** Files these from Ana's number. */
  file(...files: readonly Complaint[]): Promise<void>
  /** Ticks at this moment and sends what is due. */
  tickAt(local: string): Promise<void>
  /** Ticks at the hours at which something could happen, and tells when each message to this address went. */
  hourly(to: Address, until: string): Promise<readonly string[]>
  sentTo(to: Address): readonly string[]
}

async function office(coordinators: readonly Address[] = [DESK], now = MONDAY): Promise<Office> {
  const line = playedChannel('line')
  const desk = await openDesk({ now, channels: [line], coordinators })
  open.push(desk)
  const tick = async () => {
    await desk.schedule.tick()
    await desk.outbox.drain()
  }
  const sentTo = (to: Address) => line.sent.filter((one) => one.to === to).map(({ text }) => text)
  return {
    desk,
    line,
    sentTo,
    async file(...files) {
      await writes(desk, ANA, { files })
    },
    async tickAt(local) {
      desk.setClock(at(local))
      await tick()
    },
    async hourly(to, until) {
      const heard: string[] = []
      let count = sentTo(to).length
      for (let ms = nextHour(desk.now()); ms <= at(until).getTime(); ms += HOUR_MS) {
        if (!LIVELY.has(local(new Date(ms)).slice(-2))) continue
        desk.setClock(new Date(ms))
        await tick()
        const now = sentTo(to).length
        for (; count < now; count++) heard.push(local(desk.now()))
      }
      return heard
    },
  }
}

function nextHour(after: Date): number {
  return (Math.floor(after.getTime() / HOUR_MS) + 1) * HOUR_MS
}

function local(moment: Date): string {
  const shifted = new Date(moment.getTime() + 8 * HOUR_MS).toISOString()
  return `${shifted.slice(5, 10)} ${shifted.slice(11, 13)}`
}

/** 160 GSM characters, then 153 each. */
const segments = (text: string) => (text.length <= 160 ? 1 : Math.ceil(text.length / 153))

describe('the steps of a clock', () => {
  test('verify: halfway and the day before coincide, then late, and every working day until the end', async () => {
    const { file, hourly } = await office()
    await file(filed(MONDAY))
    expect(await hourly(DESK, '2026-12-08 12.00')).toEqual([
      '11-25 08',
      '11-27 08',
      '11-30 08',
      '12-01 08',
      '12-02 08',
      '12-03 08',
      '12-04 08',
      '12-07 08',
      '12-08 08',
    ])
  })

  test('no ping on the holiday and at the weekend, though it repeats', async () => {
    const { file, hourly } = await office()
    await file(filed(MONDAY))
    const heard = await hourly(DESK, '2026-11-30 12.00')
    expect(heard.filter((hour) => /11-26|11-28|11-29/.test(hour))).toEqual([])
  })

  test('first follow-up: 3 days after, the day before, and after the date', async () => {
    const { desk, file, hourly } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    const taken: string[] = []
    let step = 0
    for (const day of ['24', '25', '27', '30']) {
      await hourly(DESK, `2026-11-${day} 12.00`)
      const clock = (await caseOf(desk, complaint.ticket)).clocks.find(
        (c) => c.name === 'follow_up',
      )
      if (clock !== undefined && clock.step > step) taken.push(`${day}: ${clock.step}`)
      step = clock?.step ?? step
    }
    expect(taken).toEqual(['27: 1', '30: 2'])
  })

  test('the citizen is told honestly on the working day after the date, once', async () => {
    const { file, hourly, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    expect(await hourly(ANA, '2026-12-08 12.00')).toEqual(['11-30 08'])
    expect(sentTo(ANA)).toEqual([
      `Maaf, ID ${complaint.ticket} belum diverifikasi sampai batas 27/11/2026. Koordinator sudah kami ingatkan. Cek: STATUS ${complaint.ticket}.`,
    ])
  })

  test('the citizen hears which agency is late', async () => {
    const { desk, file, hourly, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await hourly(ANA, '2026-12-02 12.00')
    expect(sentTo(ANA).at(-1)).toContain(
      'melewati batas 01/12/2026. Dinas Jalan sudah kami ingatkan',
    )
  })

  test('a move stops the repetition; the next step still comes', async () => {
    const { desk, file, hourly } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    expect(await hourly(DESK, '2026-11-25 12.00')).toEqual(['11-25 08'])
    await makes(desk, complaint.ticket, { move: 'take' })
    expect(await hourly(DESK, '2026-11-30 12.00')).toEqual(['11-30 08'])
  })

  test('after three weeks without the process: one message, the latest step, the citizen told', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    await tickAt('2026-12-14 10.17')
    expect(sentTo(DESK)).toHaveLength(1)
    expect(sentTo(ANA)).toHaveLength(1)
    const [verify] = (await caseOf(desk, complaint.ticket)).clocks
    expect(verify?.step).toBe(5)
    await tickAt('2026-12-14 10.18')
    expect(sentTo(DESK)).toHaveLength(1)
  })

  test('two ticks at once take each step once', async () => {
    const { desk, file, sentTo } = await office()
    await file(filed(MONDAY), filed(MONDAY))
    const other = await desk.restart()
    desk.setClock(at('2026-11-25 08.00'))
    other.setClock(at('2026-11-25 08.00'))
    await Promise.all([desk.schedule.tick(), other.schedule.tick()])
    await desk.outbox.drain()
    await other.outbox.drain()
    await other.outbox.stop()
    expect(sentTo(DESK)).toHaveLength(1)
  })

  test('a restart between two steps neither repeats nor loses one', async () => {
    const { desk, file, line } = await office()
    await file(filed(MONDAY))
    let current = desk
    for (let ms = nextHour(MONDAY); ms <= at('2026-11-30 12.00').getTime(); ms += HOUR_MS) {
      current = await current.restart()
      current.setClock(new Date(ms))
      await current.schedule.tick()
      await current.outbox.drain()
      await current.outbox.stop()
    }
    expect(line.sent.filter(({ to }) => to === DESK)).toHaveLength(3)
  })
})

describe('one message per coordinator and hour', () => {
  test('all cases of an hour stand in one message, emergencies first, then by date', async () => {
    const { desk, file, tickAt, sentTo } = await office([DESK, 'sms:+628999999998'])
    const early = filed(MONDAY)
    await file(early)
    const late = filed(at('2026-11-24 09.00'), { category: null })
    const urgent = filed(at('2026-11-24 09.00'), { urgent: true, category: 'keran' })
    desk.setClock(at('2026-11-24 09.00'))
    await file(late, urgent)
    await tickAt('2026-11-27 08.00')
    expect(sentTo('sms:+628999999998')).toEqual(sentTo(DESK))
    expect(sentTo(DESK)).toEqual([
      [
        `Perlu tindakan, 3 laporan: ID ${urgent.ticket} Air, Sungai Biru, batas 30/11/2026`,
        `ID ${early.ticket} Jalan, Sungai Biru, batas 27/11/2026`,
        `ID ${late.ticket} kategori belum jelas, Sungai Biru, batas 30/11/2026`,
      ].join('\n'),
    ])
  })

  test('what is late is marked', async () => {
    const { file, tickAt, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    await tickAt('2026-11-30 08.00')
    expect(sentTo(DESK)[0]).toContain(`ID ${complaint.ticket} TERLAMBAT Jalan`)
  })

  test('two clocks of one complaint make one line', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await tickAt('2027-01-20 08.00')
    expect(sentTo(DESK)[0]?.split(complaint.ticket)).toHaveLength(2)
  })

  test('more cases than details fit are named by their ticket', async () => {
    const { file, tickAt, sentTo } = await office()
    const cases = Array.from({ length: 100 }, () => filed(MONDAY))
    await file(...cases)
    await tickAt('2026-11-25 08.00')
    const [text] = sentTo(DESK)
    expect(sentTo(DESK)).toHaveLength(1)
    expect(segments(text ?? '')).toBeLessThanOrEqual(10)
    expect(cases.filter(({ ticket }) => !text?.includes(ticket))).toEqual([])
  })

  test('what cannot be named at all comes in the next hour, and every case comes', async () => {
    const { file, hourly, sentTo } = await office()
    const cases = Array.from({ length: 400 }, () => filed(MONDAY))
    await file(...cases)
    const heard = await hourly(DESK, '2026-11-25 12.00')
    expect(heard).toEqual(['11-25 08', '11-25 09', '11-25 10'])
    const all = sentTo(DESK).join(' ')
    expect(cases.filter(({ ticket }) => all.split(ticket).length !== 2)).toEqual([])
  })

  test('a clock that comes up later in an hour already used waits for the next', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    await file(filed(MONDAY))
    await tickAt('2026-11-25 08.00')
    const restored = filed(at('2026-11-20 10.00'))
    await writes(desk, ANA, { files: [restored] })
    await tickAt('2026-11-25 08.30')
    expect(sentTo(DESK)).toHaveLength(1)
    await tickAt('2026-11-25 09.00')
    expect(sentTo(DESK)).toHaveLength(2)
    expect(sentTo(DESK)[1]).toContain(restored.ticket)
  })

  test('no ping holds a word of the citizen, not of a confidential case either', async () => {
    const { file, tickAt, sentTo } = await office()
    await file(filed(MONDAY, { confidential: true, anonymous: true }))
    await tickAt('2026-11-25 08.00')
    expect(sentTo(DESK)[0]).not.toMatch(/lubang|Kasim|8111111111/)
  })

  test('without coordinators the steps are taken all the same, and the citizen hears', async () => {
    const { file, hourly } = await office([])
    await file(filed(MONDAY))
    expect(await hourly(ANA, '2026-12-01 12.00')).toEqual(['11-30 08'])
  })
})

describe('the clocks of the citizen', () => {
  async function answered() {
    const it = await office()
    const complaint = filed(MONDAY)
    await it.file(complaint)
    const { ticket } = complaint
    await makes(it.desk, ticket, { move: 'assign', agency: 'jalan' })
    await makes(it.desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    return { ...it, ticket }
  }
  const replyOf = (complaint: Complaint) => complaint.clocks.find(({ name }) => name === 'reply')

  test('the time to reply starts when the channel has taken the answer', async () => {
    const { desk, tickAt, ticket } = await answered()
    expect(replyOf(await caseOf(desk, ticket))).toBeUndefined()
    await tickAt('2026-11-24 17.30')
    expect(replyOf(await caseOf(desk, ticket))?.dayZero).toBe('2026-11-25')
  })

  test('one reminder halfway, then silence closes the case and says so', async () => {
    const { desk, hourly, sentTo, ticket } = await answered()
    const heard = await hourly(ANA, '2026-12-31 12.00')
    expect(heard.slice(2)).toEqual(['12-01 08', '12-08 16'])
    expect(sentTo(ANA).slice(2)).toEqual([
      `ID ${ticket}: jawaban Dinas Jalan menunggu tanggapan Anda. Balas PUAS ${ticket} atau BELUM ${ticket}. Tanpa balasan ditutup 08/12/2026.`,
      `ID ${ticket} ditutup karena tidak ada tanggapan Anda. Belum beres? Balas BUKA ${ticket} alasan, paling lambat 22/12/2026.`,
    ])
    expect((await caseOf(desk, ticket)).state).toBe('closed')
  })

  test('the right to reopen ends in silence', async () => {
    const { desk, hourly, ticket } = await answered()
    await hourly(ANA, '2026-12-31 12.00')
    const reopen = (await caseOf(desk, ticket)).clocks.find(({ name }) => name === 'reopen')
    expect(reopen?.status).toBe('ended')
  })

  test('missing facts: one reminder, then archived as incomplete, and told how to come back', async () => {
    const { desk, file, hourly, sentTo } = await office()
    const complaint = filed(MONDAY)
    await file(complaint)
    const { ticket } = complaint
    await makes(desk, ticket, { move: 'hold', note: 'Di mana?' })
    const heard = await hourly(ANA, '2026-12-31 12.00')
    expect(heard).toEqual(['11-23 11', '12-01 08', '12-08 16'])
    expect(sentTo(ANA).at(-1)).toContain(`LENGKAP ${ticket} isi`)
    expect((await caseOf(desk, ticket)).archiveReason).toBe('incomplete')
  })

  test('the process was away over the end: the case closes at the next start, once', async () => {
    const { desk, tickAt, sentTo, ticket } = await answered()
    await tickAt('2026-11-23 10.05')
    await tickAt('2026-11-23 10.06')
    await tickAt('2026-12-21 09.00')
    await tickAt('2026-12-21 09.01')
    expect((await caseOf(desk, ticket)).state).toBe('closed')
    expect(sentTo(ANA).slice(2)).toHaveLength(1)
  })

  test('an answer that reached nobody closes nothing: the coordinators hear of it', async () => {
    const { desk, line, tickAt, sentTo, ticket } = await answered()
    await tickAt('2026-11-23 10.05')
    const answer = line.sent.find(({ text }) => text.includes('Sudah ditambal'))
    await tickAt('2026-11-23 10.06')
    expect(replyOf(await caseOf(desk, ticket))?.status).toBe('running')
    await desk.outbox.receipt({
      channel: 'sms',
      account: 'line',
      providerId: 'unheard-of',
      messageId: answer?.id ?? null,
      status: 'failed',
      code: '30005',
      failure: 'permanent',
    })
    await tickAt('2026-11-23 10.07')
    expect(replyOf(await caseOf(desk, ticket))?.status).toBe('ended')
    expect(sentTo(DESK).at(-1)).toBe(
      `ID ${ticket}: jawaban TIDAK SAMPAI ke pelapor. Jalan, Sungai Biru.`,
    )
  })
})

describe('an answer that is lost', () => {
  const answerOf = (line: PlayedChannel) => line.sent.find(({ text }) => text.includes('Sudah'))
  const pingsOf = (line: PlayedChannel) => line.sent.filter(({ to }) => to === DESK)

  /** The answer is taken; then a receipt brings it back, and from there `fate` decides. */
  async function takenBack(fate: SendResult, moments: readonly string[]) {
    const line = playedChannel('line', ({ text }, before) =>
      text.includes('Sudah') && before > 0
        ? fate
        : { outcome: 'accepted', providerIds: [`r-${before}`] },
    )
    const desk = await openDesk({ now: MONDAY, channels: [line], coordinators: [DESK] })
    open.push(desk)
    const complaint = filed(MONDAY)
    await writes(desk, ANA, { files: [complaint] })
    await makes(desk, complaint.ticket, { move: 'answer', note: 'Sudah ditambal' })
    await desk.outbox.drain()
    await desk.schedule.tick()
    await desk.outbox.receipt({
      channel: 'sms',
      account: 'line',
      providerId: 'r-0',
      messageId: answerOf(line)?.id ?? null,
      status: 'failed',
      code: '30003',
      failure: 'transient',
    })
    for (const moment of moments) {
      desk.setClock(at(moment))
      await desk.outbox.drain()
      await desk.schedule.tick()
      await desk.outbox.drain()
    }
    return { desk, line, after: await caseOf(desk, complaint.ticket) }
  }

  test('rejected by the channel: the coordinators are told once, and nothing is closed', async () => {
    const line = playedChannel('line', ({ text }, before) =>
      text.includes('Sudah')
        ? { outcome: 'rejected', reason: 'no such number' }
        : { outcome: 'accepted', providerIds: [`r-${before}`] },
    )
    const desk = await openDesk({ now: MONDAY, channels: [line], coordinators: [DESK] })
    open.push(desk)
    const complaint = filed(MONDAY)
    await writes(desk, ANA, { files: [complaint] })
    await makes(desk, complaint.ticket, { move: 'answer', note: 'Sudah ditambal' })
    for (const moment of ['2026-11-23 10.05', '2026-11-23 10.06', '2026-12-28 10.00']) {
      desk.setClock(at(moment))
      await desk.outbox.drain()
      await desk.schedule.tick()
      await desk.outbox.drain()
    }
    expect(pingsOf(line).map(({ text }) => text)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
    expect((await caseOf(desk, complaint.ticket)).state).toBe('answered')
  })

  test('taken, brought back by a receipt, then rejected: the clock ends at once', async () => {
    const fate = { outcome: 'rejected', reason: 'no such number' } as const
    const { line, after } = await takenBack(fate, ['2026-11-23 10.05'])
    expect(after.clocks.find(({ name }) => name === 'reply')?.status).toBe('ended')
    expect(pingsOf(line).map(({ text }) => text)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
  })

  test('taken, brought back, and never taken again: silence closes nothing', async () => {
    const fate = { outcome: 'retry', reason: 'busy' } as const
    const { line, after } = await takenBack(fate, ['2026-11-27 10.00', '2026-12-28 10.00'])
    expect(after.state).toBe('answered')
    expect(pingsOf(line).map(({ text }) => text)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
  })
})

test('the town’s rules are those the days above were counted by', () => {
  expect(town.calendar.holidays.has('2026-11-26')).toBe(true)
})
