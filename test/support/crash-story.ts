// Ends the process at one call of the store after the other, then audits what must be true all the same.
// What was acknowledged is there exactly once; what was not is repeated by Twilio and then is.

import { expect } from '@jest/globals'
import Database from 'better-sqlite3'
import { CRASH_AT_STEP } from './breaking.ts'
import { messageFields } from './fake-twilio.ts'
import type { Gateway } from './gateway.ts'
import { eventually, type GatewayProcess } from './gateway-process.ts'
import { ticketIn } from './sms.ts'
import { MORNING, type World } from './world.ts'

/** Who makes a call: the start and what the outside asks, the schedule's first round a second later, or a stop after it. */
export type Caller = 'outside' | 'round' | 'stop'

const LATER_MS = 120_000

interface Person {
  readonly number: string
  readonly mark: string
  readonly fields: Record<string, string>
  acknowledged: boolean
  readonly movesMade: string[]
}

function personOf(place: number): Person {
  const number = `+6281230${String(place).padStart(6, '0')}`
  const mark = `tiang c${place}z`
  const Body = `BANJARMASIN lampu jalan padam di jl kuin selatan ${mark}`
  const fields = messageFields({ From: number, Body })
  return { number, mark, fields, acknowledged: false, movesMade: [] }
}

/** Everything that makes a gateway call its store, to the stop at the end; how it ended. */
async function provoke(
  world: World,
  child: GatewayProcess,
  person: Person,
  caller: Exclude<Caller, 'round'>,
) {
  const gateway = await world.meet(child)
  await gateway.http('/ready')
  await gateway.http('/metrics')
  person.acknowledged = (await gateway.form(person.fields)).status === 200
  const [ack] = await whileAlive(gateway, world.replies(person.number, 1))
  const ticket = ticketIn(ack)
  for (const words of [`STATUS ${ticket}`, 'DATA SAYA', `RAHASIA ${ticket}`])
    await gateway.sms(person.number, words)
  await gateway.complaints()
  for (const [move, more] of [
    ['assign', { agency: 'DPUPR' }],
    ['answer', { note: 'Lampu sudah diganti' }],
  ] as const) {
    const { status } = await gateway.move(ticket, move, more)
    if (status === 200) person.movesMade.push(move)
  }
  const answer = await whileAlive(
    gateway,
    world.sending(({ to, body }) => to === person.number && /diganti/.test(body)),
  )
  await gateway.receipt(answer, 'delivered')
  // The schedule's first round, or the send itself, starts the citizen's clock.
  await eventually(
    async () => (await gateway.complaint(ticket)).due.map(({ clock }) => clock),
    (clocks) => clocks.includes('reply'),
  )
  if (caller === 'stop') await eventually(async () => leaseTaken(world), Boolean)
  return gateway.stop()
}

/** The schedule has had its first round. */
function leaseTaken({ database }: World): boolean {
  const file = new Database(database, { readonly: true })
  const held = file.prepare('select 1 from leases where until > 0').get()
  file.close()
  return held !== undefined
}

async function whileAlive<T>(gateway: Gateway, work: Promise<T>): Promise<T> {
  const died = gateway.process.ended(60_000).then(() => {
    throw new Error('the gateway has ended')
  })
  return Promise.race([work, died])
}

/** Each of these calls with the process ended at these moments of it. */
export async function crashStory(
  world: World,
  calls: Readonly<Record<string, Caller>>,
  moments: readonly ('before' | 'after')[],
): Promise<void> {
  const points = Object.entries(calls).flatMap(([call, caller]) =>
    moments.map((when) => ({ point: `${call} ${when}`, caller })),
  )
  const people = points.map((_, place) => personOf(place))
  const moment = (place: number) => new Date(Date.parse(MORNING) + place * LATER_MS).toISOString()
  for (const [place, { point, caller }] of points.entries()) {
    const env = world.env({ at: moment(place), env: { CRASH_AT: point } })
    const child = world.spawn({ env, preload: CRASH_AT_STEP })
    const person = people[place] ?? personOf(place)
    // Whatever stands in the way of the story, it must be this end of the process.
    const how = await (caller === 'round'
      ? child.ended()
      : provoke(world, child, person, caller).catch(() => child.ended()))
    expect({ point, how }).toEqual({ point, how: 'SIGKILL' })
  }
  const gateway = await world.start({ at: moment(points.length) })
  await audit(world, gateway, people)
  expect(await gateway.stop()).toBe(0)
}

async function audit(world: World, gateway: Gateway, people: readonly Person[]): Promise<void> {
  // Twilio repeats what was not acknowledged, and only that.
  for (const { fields, acknowledged } of people)
    if (!acknowledged) expect((await gateway.form(fields)).status).toBe(200)
  const complaints = await gateway.complaints()
  for (const { mark, movesMade, number } of people) {
    const own = complaints.filter(({ text }) => text?.endsWith(mark))
    expect({ mark, filed: own.length }).toEqual({ mark, filed: 1 })
    for (const move of movesMade) {
      const made = own[0]?.history.filter((event) => event.move === move)
      expect({ mark, move, made: made?.length }).toEqual({ mark, move, made: 1 })
    }
    const ticket = own[0]?.ticket ?? '-'
    await world.sending(({ to, body }) => to === number && body.includes(ticket))
  }
  expect(complaints).toHaveLength(people.length)
}
