// Every step of the clocks of those who must act, at its hour, claimed once, whatever happens to the process.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes, openDesk } from './support/desk.ts'
import { DESK, offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()

describe('the steps of a clock', () => {
  test('verify: halfway and the day before coincide, then late, and every working day until the end', async () => {
    const { file, hourly } = await office()
    await file(filed(MORNING))
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
    await file(filed(MORNING))
    const heard = await hourly(DESK, '2026-11-30 12.00')
    expect(heard.filter((hour) => /11-26|11-28|11-29/.test(hour))).toEqual([])
  })

  test('first follow-up: 3 days after, the day before, and after the date', async () => {
    const { desk, file, hourly } = await office()
    const complaint = filed(MORNING)
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
    const complaint = filed(MORNING)
    await file(complaint)
    expect(await hourly(ANA, '2026-12-08 12.00')).toEqual(['11-30 08'])
    expect(sentTo(ANA)).toEqual([
      `Maaf, ID ${complaint.ticket} belum diverifikasi sampai batas 27/11/2026. Koordinator sudah kami ingatkan. Cek: STATUS ${complaint.ticket}.`,
    ])
  })

  test('the citizen hears which agency is late', async () => {
    const { desk, file, hourly, sentTo } = await office()
    const complaint = filed(MORNING)
    await file(complaint)
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await hourly(ANA, '2026-12-02 12.00')
    expect(sentTo(ANA).at(-1)).toContain(
      'melewati batas 01/12/2026. Koordinator sudah kami ingatkan untuk menagih Dinas Jalan',
    )
  })

  test('a move stops the repetition; the next step still comes', async () => {
    const { desk, file, hourly } = await office()
    const complaint = filed(MORNING)
    await file(complaint)
    expect(await hourly(DESK, '2026-11-25 12.00')).toEqual(['11-25 08'])
    await makes(desk, complaint.ticket, { move: 'take' })
    expect(await hourly(DESK, '2026-11-30 12.00')).toEqual(['11-30 08'])
  })

  test('after three weeks without the process: one message, the latest step, the citizen told', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    const complaint = filed(MORNING)
    await file(complaint)
    await tickAt('2026-12-14 10.17')
    expect(sentTo(DESK)).toHaveLength(1)
    expect(sentTo(ANA)).toHaveLength(1)
    const [verify] = (await caseOf(desk, complaint.ticket)).clocks
    expect(verify?.step).toBe(5)
    await tickAt('2026-12-14 10.18')
    expect(sentTo(DESK)).toHaveLength(1)
  })

  test('a process that comes back on a Sunday, or at night, waits for the next opening', async () => {
    const { file, tickAt, hourly, sentTo } = await office()
    await file(filed(MORNING))
    for (const away of ['2026-12-11 22.30', '2026-12-13 12.00', '2026-12-14 07.30']) {
      await tickAt(away)
      expect([...sentTo(DESK), ...sentTo(ANA)]).toEqual([])
    }
    expect(await hourly(DESK, '2026-12-15 07.00')).toEqual(['12-14 08'])
    expect(sentTo(ANA)).toHaveLength(1)
  })

  test('two ticks at once take each step once', async () => {
    const { desk, file, sentTo } = await office()
    await file(filed(MORNING), filed(MORNING))
    const other = await desk.restart()
    desk.setClock(at('2026-11-25 08.00'))
    other.setClock(at('2026-11-25 08.00'))
    await Promise.all([desk.schedule.tick(), other.schedule.tick()])
    await desk.outbox.drain()
    await other.outbox.drain()
    await other.outbox.stop()
    expect(sentTo(DESK)).toHaveLength(1)
  })

  test('a case that cannot be carried on does not keep the others from escalating', async () => {
    const { desk, file, line, sentTo } = await office()
    const [sound, broken] = [filed(MORNING), filed(MORNING)].sort((a, b) =>
      a.ticket.localeCompare(b.ticket),
    ) as [Complaint, Complaint]
    await file(broken, sound)
    const { store } = desk
    const listeners = async (ticket: string) => {
      if (ticket === broken.ticket) throw new Error('a row that cannot be read')
      return store.listeners(ticket)
    }
    const other = await openDesk({
      now: at('2026-11-30 08.00'),
      channels: [line],
      coordinators: [DESK],
      store: { ...store, listeners },
    })
    await other.schedule.tick()
    await other.outbox.drain()
    await other.outbox.stop()
    expect(sentTo(DESK)).toEqual([expect.stringContaining(sound.ticket)])
    expect(sentTo(DESK)[0]).not.toContain(broken.ticket)
    expect((await caseOf(desk, broken.ticket)).clocks[0]?.step).toBe(0)
  })

  test('a store that stumbles once makes no ping an hour late', async () => {
    const { desk, file, line, sentTo } = await office()
    const cases = [filed(MORNING), filed(MORNING)]
    await file(...cases)
    const { store } = desk
    let stumbled = false
    const listeners = async (ticket: string) => {
      if (stumbled) return store.listeners(ticket)
      stumbled = true
      throw new Error('the disk was busy')
    }
    const other = await openDesk({
      now: at('2026-11-30 08.00'),
      channels: [line],
      coordinators: [DESK],
      store: { ...store, listeners },
    })
    await other.schedule.tick()
    await other.outbox.drain()
    await other.outbox.stop()
    expect(stumbled).toBe(true)
    expect(sentTo(DESK)).toHaveLength(1)
    for (const { ticket } of cases) expect(sentTo(DESK)[0]).toContain(ticket)
  })

  test('a restart between two steps neither repeats nor loses one', async () => {
    const { desk, file, line } = await office()
    await file(filed(MORNING))
    let current = desk
    for (const day of ['24', '25', '26', '27', '28', '29', '30']) {
      for (const time of ['07.59', '08.00', '08.01', '16.00']) {
        current = await current.restart()
        current.setClock(at(`2026-11-${day} ${time}`))
        await current.schedule.tick()
        await current.outbox.drain()
        await current.outbox.stop()
      }
    }
    expect(line.sent.filter(({ to }) => to === DESK)).toHaveLength(3)
  })
})
