// An answer that reaches nobody closes nothing: the coordinators hear of it, once.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes, writes } from './support/desk.ts'
import { DESK } from './support/office.ts'
import { type PlayedChannel, playedChannel } from './support/played-channel.ts'
import { ANA, desks, MORNING } from './support/send-desk.ts'

const open = desks()

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
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const complaint = filed(MORNING)
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
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const complaint = filed(MORNING)
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

  test('so with the question of a case on hold, once; one that arrived is not told', async () => {
    const line = playedChannel('line', ({ text }, before) =>
      text.includes('RT berapa')
        ? { outcome: 'rejected', reason: 'no such number' }
        : { outcome: 'accepted', providerIds: [`r-${before}`] },
    )
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const [lost, asked] = [filed(MORNING), filed(MORNING)]
    await writes(desk, ANA, { files: [lost, asked] })
    await makes(desk, lost.ticket, { move: 'hold', note: 'Di RT berapa?' })
    await makes(desk, asked.ticket, { move: 'hold', note: 'Sejak kapan?' })
    for (const moment of ['2026-11-23 10.05', '2026-11-23 10.06', '2026-11-23 10.07']) {
      desk.setClock(at(moment))
      await desk.outbox.drain()
      await desk.schedule.tick()
      await desk.outbox.drain()
    }
    expect(pingsOf(line).map(({ text }) => text)).toEqual([
      expect.stringMatching(new RegExp(`^ID ${lost.ticket}: pertanyaan TIDAK SAMPAI`)),
    ])
  })

  test('taken, brought back by a receipt, then rejected: the clock ends at once', async () => {
    const fate = { outcome: 'rejected', reason: 'no such number' } as const
    const { line, after } = await takenBack(fate, ['2026-11-23 10.05'])
    expect(after.clocks.find(({ name }) => name === 'reply')?.status).toBe('ended')
    expect(pingsOf(line).map(({ text }) => text)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
  })

  test('taken, said to have failed, then said to have arrived: the time to reply begins anew', async () => {
    const line = playedChannel('line', (_, before) => ({
      outcome: 'accepted',
      providerIds: [`r-${before}`],
    }))
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const complaint = filed(MORNING)
    await writes(desk, ANA, { files: [complaint] })
    await makes(desk, complaint.ticket, { move: 'answer', note: 'Sudah ditambal' })
    await desk.outbox.drain()
    await desk.schedule.tick()
    const receipt = { channel: 'sms', account: 'line', providerId: 'r-0' } as const
    const messageId = answerOf(line)?.id ?? null
    const bad = { status: 'failed', code: '30003', failure: 'permanent' } as const
    await desk.outbox.receipt({ ...receipt, messageId, ...bad })
    const clockOf = async () =>
      (await caseOf(desk, complaint.ticket)).clocks.find(({ name }) => name === 'reply')?.status
    expect(await clockOf()).toBe('ended')
    const good = { status: 'delivered', code: null, failure: null } as const
    await desk.outbox.receipt({ ...receipt, messageId, ...good })
    await desk.schedule.tick()
    await desk.outbox.drain()
    expect(await clockOf()).toBe('running')
    expect(pingsOf(line)).toHaveLength(1)
  })

  test('taken, brought back, and never taken again: silence closes nothing', async () => {
    const fate = { outcome: 'retry', reason: 'busy' } as const
    const { line, after } = await takenBack(fate, ['2026-11-27 10.00', '2026-12-28 10.00'])
    expect(after.state).toBe('answered')
    expect(pingsOf(line).map(({ text }) => text)).toEqual([expect.stringContaining('TIDAK SAMPAI')])
  })
})

describe('an answer to somebody who erased themselves', () => {
  const accepts = () =>
    playedChannel('line', (_, n) => ({ outcome: 'accepted', providerIds: [`r-${n}`] }))
  const days = ['2026-11-23 10.05', '2026-11-24 10.00', '2026-12-28 10.00']

  /** Moments pass; what the coordinators heard of it, and where the case stands. */
  async function passes(
    desk: Awaited<ReturnType<typeof open>>,
    line: PlayedChannel,
    ticket: string,
  ) {
    for (const moment of days) {
      desk.setClock(at(moment))
      await desk.outbox.drain()
      await desk.schedule.tick()
      await desk.outbox.drain()
    }
    const pings = line.sent.filter(({ text }) => text.includes('TIDAK SAMPAI'))
    return { pings: pings.length, state: (await caseOf(desk, ticket)).state }
  }

  test('is lost: the coordinators hear of it once, and may close the case', async () => {
    const line = accepts()
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const complaint = filed(MORNING)
    const { ticket } = complaint
    await writes(desk, ANA, { files: [complaint] })
    await writes(desk, ANA, { erases: true })
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    expect(await passes(desk, line, ticket)).toEqual({ pings: 1, state: 'answered' })
    await makes(desk, ticket, { move: 'close', reason: 'Pelapor menghapus datanya' })
    expect((await caseOf(desk, ticket)).state).toBe('closed')
  })

  test('that had arrived before is not known to have: the same', async () => {
    const line = accepts()
    const desk = await open({ channels: [line], coordinators: [DESK] })
    const complaint = filed(MORNING)
    const { ticket } = complaint
    await writes(desk, ANA, { files: [complaint] })
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    await desk.outbox.drain()
    await desk.schedule.tick()
    await writes(desk, ANA, { erases: true })
    expect(await passes(desk, line, ticket)).toEqual({ pings: 1, state: 'answered' })
  })
})
