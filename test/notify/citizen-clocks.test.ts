// The time to reply, to add facts and to reopen: one reminder, then silence decides.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { filed } from './support/cases.ts'
import { caseOf, makes } from './support/desk.ts'
import { DESK, offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()

describe('the clocks of the citizen', () => {
  async function answered() {
    const it = await office()
    const complaint = filed(MORNING)
    await it.file(complaint)
    const { ticket } = complaint
    await makes(it.desk, ticket, { move: 'assign', agency: 'jalan' })
    await makes(it.desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    /** Nobody replies: ticks at the moments at which something is to happen, and at no others. */
    const silence = async (...until: readonly string[]) => {
      for (const moment of ['2026-11-23 10.05', '2026-11-23 10.06', ...until])
        await it.tickAt(moment)
    }
    return { ...it, ticket, silence }
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
      `ID ${ticket} ditutup karena tidak ada tanggapan. Belum beres? Balas BUKA ${ticket} alasan, paling lambat 22/12/2026.`,
    ])
    expect((await caseOf(desk, ticket)).state).toBe('closed')
  })

  test('what silence has closed is in the figures of its day', async () => {
    const { desk, silence } = await answered()
    await silence('2026-12-08 16.00')
    const closed = (await desk.store.daily('2026-01-01', '2026-12-31')).filter(
      ({ measure }) => measure === 'closed',
    )
    expect(closed).toMatchObject([{ day: '2026-12-08', agency: 'jalan', n: 1 }])
  })

  test('the right to reopen ends in silence', async () => {
    const { desk, silence, tickAt, ticket } = await answered()
    const reopen = async () =>
      (await caseOf(desk, ticket)).clocks.find(({ name }) => name === 'reopen')
    await silence('2026-12-08 16.00', '2026-12-22 15.00')
    expect((await reopen())?.status).toBe('running')
    await tickAt('2026-12-22 16.00')
    expect((await reopen())?.status).toBe('ended')
  })

  test('missing facts: one reminder, then archived as incomplete, and told how to come back', async () => {
    const { desk, file, hourly, sentTo } = await office()
    const complaint = filed(MORNING)
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
