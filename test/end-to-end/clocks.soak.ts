// Weeks pass by restarting with a pushed clock, at each moment at which something is due or must not be yet.
// No step is skipped, none comes twice. clocks.test.ts has a few of these moments; the night and the list
// of an hour, without restarts, are in test/notify (lanes, pings, due-list).

import { expect, test } from '@jest/globals'
import { ANI, BUDI, CICI, file, openWeeks, pings, tells } from '../support/weeks-story.ts'
import { COORDINATOR, inWorld } from '../support/world.ts'

test('weeks of silence: pings, apology, reminders, archive and closing, each once and at its hour', () =>
  inWorld(async (world) => {
    const weeks = await openWeeks(world)
    const { late, held, answered } = weeks

    // Halfway and the day before the due date coincide.
    expect(await weeks.at('2026-11-27T07:59:00+08:00', 0)).toEqual([])
    expect(await weeks.at('2026-11-27T08:01:00+08:00', 1)).toEqual([
      pings('1 laporan', late, '30/11/2026'),
    ])
    expect(await weeks.at('2026-11-28T10:00:00+08:00', 0)).toEqual([])
    expect(await weeks.at('2026-11-30T08:30:00+08:00', 1)).toEqual([pings(late)])
    expect(await weeks.at('2026-12-01T08:30:00+08:00', 2)).toEqual([
      pings(late, 'TERLAMBAT'),
      tells(ANI, late, 'belum diverifikasi'),
    ])
    expect(await weeks.at('2026-12-02T08:30:00+08:00', 3)).toEqual([
      pings(late, 'TERLAMBAT'),
      tells(BUDI, held, 'menunggu keterangan', '09/12/2026'),
      tells(CICI, answered, 'menunggu tanggapan', '09/12/2026'),
    ])
    // Away for two working days: what was missed comes once.
    expect(await weeks.at('2026-12-07T08:30:00+08:00', 1)).toEqual([pings(late)])
    expect((await weeks.gateway().move(late, 'take')).status).toBe(200)
    expect(await weeks.at('2026-12-09T16:01:00+08:00', 2)).toEqual([
      tells(BUDI, held, 'diarsipkan'),
      tells(CICI, answered, 'ditutup'),
    ])
    expect(await weeks.gateway().complaint(held)).toMatchObject({ state: 'archived' })
    const { state, history } = await weeks.gateway().complaint(answered)
    expect([state, history.at(-1)]).toEqual([
      'closed',
      expect.objectContaining({ move: 'close', actor: 'system' }),
    ])
    // Whoever took it is left in peace.
    expect(await weeks.at('2026-12-11T08:30:00+08:00', 0)).toEqual([])
    expect(await weeks.gateway().stop()).toBe(0)
  }))

test('all pings for one coordinator at one hour are one message', () =>
  inWorld(async (world) => {
    let gateway = await world.start({ at: '2026-11-25T10:00:00+08:00' })
    const tickets = [
      await file(world, gateway, ANI, 'lampu jalan padam di jl kuin selatan'),
      await file(world, gateway, BUDI, 'sampah menumpuk di pasar lama'),
      await file(world, gateway, CICI, 'got mampet di jl belitung darat'),
    ]
    await world.replies(COORDINATOR, 3)
    expect(await gateway.stop()).toBe(0)
    gateway = await world.start({ at: '2026-11-27T08:30:00+08:00' })
    const list = (await world.replies(COORDINATOR, 4))[3] ?? ''
    expect(list).toMatch(/3 laporan/)
    for (const ticket of tickets) expect(list).toContain(ticket)
    expect(await gateway.stop()).toBe(0)
  }))

test('at night STATUS and an emergency go out at once; notices and a new case wait for 07.00', () =>
  inWorld(async (world) => {
    let gateway = await world.start({ at: '2026-11-25T20:55:00+08:00' })
    const ticket = await file(world, gateway, ANI, 'lampu jalan padam di jl kuin selatan')
    await world.replies(COORDINATOR, 1)
    expect(await gateway.stop()).toBe(0)
    gateway = await world.start({ at: '2026-11-25T22:00:00+08:00' })
    await gateway.move(ticket, 'assign', { agency: 'DPUPR' })
    await gateway.move(ticket, 'accept')
    expect(await gateway.sms(ANI, `STATUS ${ticket}`)).toBe(200)
    const [, , status] = await world.replies(ANI, 3)
    expect(status).toMatch(/ditindaklanjuti/)
    const waiting = (await gateway.complaint(ticket)).messages.filter((m) => m.status === 'pending')
    const notices = waiting.flatMap(({ kind }) => (kind === 'reply' ? [] : [kind]))
    expect(notices).toEqual(['assign', 'accept'])
    const late = await file(world, gateway, CICI, 'got mampet di jl belitung darat')
    expect(await gateway.sms(BUDI, 'BANJARMASIN rumah terbakar, api besar di pasar lama')).toBe(200)
    const [first] = await world.replies(BUDI, 1)
    expect(first).toMatch(/112[\s\S]*(?<!\d)[1-9]\d{7}(?!\d)/)
    expect((await world.replies(COORDINATOR, 2))[1]).toMatch(/DARURAT/)
    expect(await gateway.stop()).toBe(0)
    gateway = await world.start({ at: '2026-11-26T07:01:00+08:00' })
    const morning = (await world.replies(ANI, 5)).slice(3)
    expect(morning[0]).toMatch(/diteruskan/)
    expect(morning[1]).toMatch(/ditindaklanjuti/)
    await world.sending(({ to, body }) => to === COORDINATOR && body.includes(late))
    expect(await gateway.stop()).toBe(0)
  }))
