// Every call of the store once with the process ended right before it, and once right after it.
// What was acknowledged is there exactly once; what was not is repeated by Twilio and then is.

import { expect, test } from '@jest/globals'
import { CRASH_AT_STEP } from '../support/breaking.ts'
import { messageFields } from '../support/fake-twilio.ts'
import type { Gateway } from '../support/gateway.ts'
import { eventually, type GatewayProcess } from '../support/gateway-process.ts'
import { ticketIn } from '../support/sms.ts'
import { inWorld, MORNING, type World } from '../support/world.ts'

/**
 * The whole port but `quoted` (no SMS quotes another), `setOptOut` (needs a second account of one channel) and
 * `stuck` (read by a command that comes later).
 */
const CALLS = [
  'ensureAddress',
  'ping',
  'counts',
  'conversation',
  'named',
  'commitTurn',
  'leaseDue',
  'segmentsToday',
  'settle',
  'recordReceipt',
  'complaints',
  'complaint',
  'caseFile',
  'listeners',
  'commitMove',
  'commitClocks',
  'close',
]
/** Those of the schedule's first round, a second after the start; `setFacts` only in the first round of all. */
const CALLS_OF_THE_ROUND = [
  'getFact',
  'setFacts',
  'expire',
  'answersDelivered',
  'answersLost',
  'dueClocks',
  'dueConversations',
]
const POINTS = [...CALLS_OF_THE_ROUND, ...CALLS].flatMap((call) => [
  `${call} before`,
  `${call} after`,
])
const POINTS_OF_THE_ROUND = CALLS_OF_THE_ROUND.length * 2
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
async function provoke(world: World, child: GatewayProcess, person: Person) {
  const gateway = await world.meet(child)
  await gateway.http('/ready')
  await gateway.http('/metrics')
  person.acknowledged = (await gateway.form(person.fields)).status === 200
  const [ack] = await whileAlive(gateway, world.replies(person.number, 1))
  const ticket = ticketIn(ack)
  await gateway.sms(person.number, `STATUS ${ticket}`)
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
  return gateway.stop()
}

async function whileAlive<T>(gateway: Gateway, work: Promise<T>): Promise<T> {
  const died = gateway.process.ended(60_000).then(() => {
    throw new Error('the gateway has ended')
  })
  return Promise.race([work, died])
}

test(
  'a process ended before or after any call of its store loses nothing and doubles nothing',
  () =>
    inWorld(async (world) => {
      const people = POINTS.map((_, place) => personOf(place))
      const moment = (place: number) =>
        new Date(Date.parse(MORNING) + place * LATER_MS).toISOString()
      for (const [place, person] of people.entries()) {
        const point = POINTS[place] ?? ''
        const env = world.env({ at: moment(place), env: { CRASH_AT: point } })
        const child = world.spawn({ env, preload: CRASH_AT_STEP })
        // Whatever stands in the way of the story, it must be this end of the process.
        const how = await (place < POINTS_OF_THE_ROUND
          ? child.ended()
          : provoke(world, child, person).catch(() => child.ended()))
        expect({ point, how }).toEqual({ point, how: 'SIGKILL' })
      }

      const gateway = await world.start({ at: moment(people.length) })
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
        const told = await world.sending(
          ({ to, body }) => to === number && body.includes(own[0]?.ticket ?? '-'),
        )
        expect(told.body).toContain(own[0]?.ticket)
      }
      expect(complaints).toHaveLength(people.length)
      expect(await gateway.stop()).toBe(0)
    }),
  300_000,
)
