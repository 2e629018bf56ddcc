// Weeks pass by restarting with a pushed clock: reminders, escalation, closing and archiving by silence.
// No step is skipped, none comes twice, and quiet hours hold what can wait.

import { expect, test } from '@jest/globals'
import type { Gateway } from '../support/gateway.ts'
import { eventually } from '../support/gateway-process.ts'
import { ticketIn } from '../support/sms.ts'
import { COORDINATOR, inWorld, type World } from '../support/world.ts'

const [ANI, BUDI, CICI, WITNESS] = [1, 2, 3, 9].map((n) => `+628121000700${n}`) as [
  string,
  string,
  string,
  string,
]

async function file(world: World, gateway: Gateway, from: string, words: string): Promise<string> {
  expect(await gateway.sms(from, `BANJARMASIN ${words}`)).toBe(200)
  const [ack] = await world.replies(from, 2)
  return ticketIn(ack)
}

/** A closed case of the witness: rating it makes a notice, and no clock of it speaks up. */
async function openWitness(world: World, gateway: Gateway): Promise<string> {
  const ticket = await file(world, gateway, WITNESS, 'pohon tumbang di pekauman')
  await gateway.move(ticket, 'close', { reason: 'Sudah dibersihkan' })
  await world.replies(WITNESS, 3)
  return ticket
}

/** Leaves a notice that only the next start's first round can send: once it comes, that round is gone. */
async function leaveMark(world: World, gateway: Gateway, ticket: string): Promise<void> {
  const refused = new Promise<void>((resolve) => {
    world.twilio.answerBy(() => {
      resolve()
      return { type: 'refuse', status: 503 }
    })
  })
  expect((await gateway.move(ticket, 'rate', { rating: 5 })).status).toBe(200)
  await refused
}

/** All sends but those to the witness. */
function others(world: World) {
  return world.twilio.sends.filter(({ to }) => to !== WITNESS)
}

function tells(to: string, ...says: readonly string[]) {
  return { to, body: expect.stringMatching(new RegExp(says.join('.*'))) }
}

function pings(...says: readonly string[]) {
  return tells(COORDINATOR, ...says)
}

test('weeks of silence: pings, apology, reminders, archive and closing, each once and at its hour', () =>
  inWorld(async (world) => {
    let gateway = await world.start({ at: '2026-11-25T10:00:00+08:00' })
    const late = await file(world, gateway, ANI, 'lampu jalan padam di jl kuin selatan')
    const held = await file(world, gateway, BUDI, 'sampah menumpuk di pasar lama')
    const answered = await file(world, gateway, CICI, 'got mampet di jl belitung darat')
    await gateway.move(held, 'hold', { note: 'Di los nomor berapa?' })
    await world.replies(BUDI, 3)
    await gateway.move(answered, 'assign', { agency: 'DPUPR' })
    await gateway.move(answered, 'answer', { note: 'Got sudah dikeruk' })
    await world.replies(CICI, 4)
    const witness = await openWitness(world, gateway)
    await world.replies(COORDINATOR, 4)
    let heard = others(world).length

    /** A start at this moment: what was said since the last one, when so much was or nothing is to come. */
    const at = async (moment: string, count: number) => {
      const marks = world.sentTo(WITNESS).length
      if (count === 0) await leaveMark(world, gateway, witness)
      expect(await gateway.stop()).toBe(0)
      world.twilio.answerBy(() => ({ type: 'accept' }))
      gateway = await world.start({ at: moment })
      if (count === 0) await world.replies(WITNESS, marks + 1)
      await eventually(
        async () => others(world).length,
        (length) => length >= heard + count,
      )
      const since = others(world).slice(heard)
      heard += since.length
      return since
        .map(({ to, body }) => ({ to, body }))
        .sort((one, other) => one.to.localeCompare(other.to))
    }

    // Halfway and the day before the due date coincide.
    expect(await at('2026-11-27T07:59:00+08:00', 0)).toEqual([])
    expect(await at('2026-11-27T08:01:00+08:00', 1)).toEqual([
      pings('1 laporan', late, '30/11/2026'),
    ])
    expect(await at('2026-11-28T10:00:00+08:00', 0)).toEqual([])
    expect(await at('2026-11-30T08:30:00+08:00', 1)).toEqual([pings(late)])
    expect(await at('2026-12-01T08:30:00+08:00', 2)).toEqual([
      pings(late, 'TERLAMBAT'),
      tells(ANI, late, 'belum diverifikasi'),
    ])
    expect(await at('2026-12-02T08:30:00+08:00', 3)).toEqual([
      pings(late, 'TERLAMBAT'),
      tells(BUDI, held, 'menunggu keterangan', '09/12/2026'),
      tells(CICI, answered, 'menunggu tanggapan', '09/12/2026'),
    ])
    // Away for two working days: what was missed comes once.
    expect(await at('2026-12-07T08:30:00+08:00', 1)).toEqual([pings(late)])
    expect((await gateway.move(late, 'take')).status).toBe(200)
    expect(await at('2026-12-09T16:01:00+08:00', 2)).toEqual([
      tells(BUDI, held, 'diarsipkan'),
      tells(CICI, answered, 'ditutup'),
    ])
    expect(await gateway.complaint(held)).toMatchObject({ state: 'archived' })
    const { state, history } = await gateway.complaint(answered)
    expect([state, history.at(-1)]).toEqual([
      'closed',
      expect.objectContaining({ move: 'close', actor: 'system' }),
    ])
    // Whoever took it is left in peace.
    expect(await at('2026-12-11T08:30:00+08:00', 0)).toEqual([])
    expect(await gateway.stop()).toBe(0)
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

test('at 22.00 STATUS is answered at once while notices wait for 07.00', () =>
  inWorld(async (world) => {
    let gateway = await world.start({ at: '2026-11-25T20:55:00+08:00' })
    const ticket = await file(world, gateway, ANI, 'lampu jalan padam di jl kuin selatan')
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
    expect(await gateway.stop()).toBe(0)
    gateway = await world.start({ at: '2026-11-26T07:01:00+08:00' })
    const morning = (await world.replies(ANI, 5)).slice(3)
    expect(morning[0]).toMatch(/diteruskan/)
    expect(morning[1]).toMatch(/ditindaklanjuti/)
    expect(await gateway.stop()).toBe(0)
  }))

test('a new case at night is told to the coordinator in the morning, an emergency at once', () =>
  inWorld(async (world) => {
    let gateway = await world.start({ at: '2026-11-25T23:30:00+08:00' })
    const ticket = await file(world, gateway, ANI, 'lampu jalan padam di jl kuin selatan')
    expect(await gateway.sms(BUDI, 'BANJARMASIN rumah terbakar, api besar di pasar lama')).toBe(200)
    const [first] = await world.replies(BUDI, 1)
    expect(first).toMatch(/112[\s\S]*(?<!\d)[1-9]\d{7}(?!\d)/)
    expect((await world.replies(COORDINATOR, 1))[0]).toMatch(/DARURAT/)
    expect(await gateway.stop()).toBe(0)
    gateway = await world.start({ at: '2026-11-26T07:01:00+08:00' })
    expect((await world.replies(COORDINATOR, 2))[1]).toContain(ticket)
    expect(world.sentTo(COORDINATOR)).toHaveLength(2)
    expect(await gateway.stop()).toBe(0)
  }))

test('health warns while the clock is shifted', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    const { time, warnings } = JSON.parse((await gateway.http('/health')).text)
    expect(time).toMatch(/^2026-11-25T10:00.*\+08:00$/)
    expect(warnings.join()).toMatch(/KENTONGAN_CLOCK_OFFSET_MS/)
    expect(await gateway.stop()).toBe(0)
  }))
