// Three cases left alone for weeks, lived through by restarting with a pushed clock: what is said at each start.
// Rule: a start that must say nothing is waited for by a notice that only its first round can send.

import { expect } from '@jest/globals'
import type { Gateway } from './gateway.ts'
import { eventually } from './gateway-process.ts'
import { ticketIn } from './sms.ts'
import { COORDINATOR, type World } from './world.ts'

export const [ANI, BUDI, CICI] = [1, 2, 3].map((n) => `+628121000700${n}`) as [
  string,
  string,
  string,
]
const WITNESS = '+6281210007009'

interface Said {
  readonly to: string
  readonly body: string
}

export interface Weeks {
  /** Nobody has looked at it. */
  readonly late: string
  /** Waits for words of Budi. */
  readonly held: string
  /** Waits for Cici's verdict. */
  readonly answered: string
  gateway(): Gateway
  /** A start at this moment: what was said since the last one, when so much was or nothing is to come. */
  at(moment: string, count: number): Promise<readonly Said[]>
}

export async function file(
  world: World,
  gateway: Gateway,
  from: string,
  words: string,
): Promise<string> {
  expect(await gateway.sms(from, `BANJARMASIN ${words}`)).toBe(200)
  const [ack] = await world.replies(from, 2)
  return ticketIn(ack)
}

export function tells(to: string, ...says: readonly string[]) {
  return { to, body: expect.stringMatching(new RegExp(says.join('.*'))) }
}

export function pings(...says: readonly string[]) {
  return tells(COORDINATOR, ...says)
}

/** All sends but those to the witness. */
function others(world: World) {
  return world.twilio.sends.filter(({ to }) => to !== WITNESS)
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

/** Wednesday, 25 November, at ten: three cases are there, one held, one answered. */
export async function openWeeks(world: World): Promise<Weeks> {
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

  async function at(moment: string, count: number): Promise<readonly Said[]> {
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

  return { late, held, answered, gateway: () => gateway, at }
}
