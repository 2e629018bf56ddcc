// The database is stopped under load and comes back; one process is killed meanwhile. Then the audit.
// Each person's messages go to one process: what one process has spooled, another cannot know of.

import { setTimeout as passes } from 'node:timers/promises'
import { expect } from '@jest/globals'
import { openBalancer } from './balancer.ts'
import type { Gateway } from './gateway.ts'
import { eventually, within } from './gateway-process.ts'
import { audit, quiet, repeatsIn } from './kill-story.ts'
import { CONNECTIONS, sharing } from './many-story.ts'
import type { PostgresServer } from './postgres-server.ts'
import { diceOf, openStream } from './stream.ts'
import { MORNING, type World } from './world.ts'

export interface OutageFigures {
  readonly messages: number
  /** Acknowledged while there was no database. */
  readonly spooled: number
  /** From the database's start until nothing waited in any spool and a newcomer was answered. */
  readonly normalAfterMs: number
  readonly repeatedSends: number
}

interface OutageOptions {
  readonly outageMs: number
  /** Messages while there is no database. In all they must stay below the account's daily budget of segments. */
  readonly aSecond: number
  readonly seed: number
  /** How many write at the same time; `CONNECTIONS` unless told. */
  readonly connections?: number
}

const PROCESSES = 2
const VICTIM = 0
/** What was in hand when the database went is free again by then. */
const LATER_MS = 120_000
/** A start waits for the database, but no longer than this. */
const RESTART_BEFORE_MS = 8_000
const MESSAGES_BEFORE = 60
const NEWCOMER = '+628129990001'

export async function outageStory(
  world: World,
  server: PostgresServer,
  { outageMs, aSecond, seed, connections = CONNECTIONS }: OutageOptions,
): Promise<OutageFigures> {
  const dice = diceOf(seed)
  const balancer = openBalancer({ seats: PROCESSES, dice, sticky: true })
  const stream = openStream(connections, dice)
  const living: Gateway[] = []
  world.twilio.answerBy(() => ({ type: 'accept', afterMs: 3 }))
  const started = Date.now()
  const moment = (laterMs = 0) =>
    new Date(Date.parse(MORNING) + (Date.now() - started) + laterMs).toISOString()

  async function start(seat: number): Promise<void> {
    const gateway = await world.start(sharing(world, server.url, moment()))
    living[seat] = gateway
    balancer.seat(seat, gateway)
  }

  async function write(forMs: number): Promise<void> {
    for (let ms = 0; ms < forMs; ms += 500) {
      balancer.allow(aSecond / 2)
      await passes(500)
    }
  }

  /** Stops it under load; half way through, a process that has spooled is killed. */
  async function outage(): Promise<{ spooled: number; back: number; ends: readonly number[] }> {
    const gone = world.twilio.sends.length
    await server.stop()
    const before = balancer.acknowledged()
    await write(outageMs / 2)
    // A first fault is waited out for 5 s.
    const health = async () => (await living[VICTIM]?.http('/health'))?.text ?? ''
    const told = /event\(s\) \(\d+ bytes\) wait in the spool/
    await eventually(health, (text) => told.test(text), 10_000)
    expect(await spooledIn(living[VICTIM])).toBeGreaterThan(0)
    balancer.seat(VICTIM, null)
    await living[VICTIM]?.kill()
    await write(Math.max(0, outageMs / 2 - RESTART_BEFORE_MS))
    const restarted = start(VICTIM)
    await write(Math.min(outageMs / 2, RESTART_BEFORE_MS))
    const spooled = balancer.acknowledged() - before
    // What was in hand when it went may be sent again as soon as it is back.
    const quietUntil = world.twilio.sends.length
    await server.start()
    const back = Date.now()
    await restarted
    return { spooled, back, ends: [gone, quietUntil] }
  }

  async function normal(): Promise<void> {
    const waiting = async () => Promise.all(living.map(spooledIn))
    await eventually(waiting, (counts) => counts.every((count) => count === 0), 60_000)
    expect(await living[VICTIM]?.sms(NEWCOMER, 'STATUS')).toBe(200)
    await world.replies(NEWCOMER, 1, 60_000)
  }

  await Promise.all([...Array(PROCESSES).keys()].map(start))
  world.atClose(balancer.close)
  stream.use(balancer.gateway)
  balancer.allow(MESSAGES_BEFORE)
  const enough = () => `only ${world.twilio.sends.length} sends`
  await within(world.twilio.sendCount(MESSAGES_BEFORE / 2), 60_000, enough)
  const { spooled, back, ends } = await outage()
  await normal()
  const normalAfterMs = Date.now() - back
  balancer.allow(Number.POSITIVE_INFINITY)
  await stream.finish()
  expect(await Promise.all(living.map((each) => each.stop()))).toEqual(living.map(() => 0))

  const last = await world.start(sharing(world, server.url, moment(LATER_MS)))
  // The one coordinator hears of every complaint, one message after the other.
  await quiet(last, 60_000 + 2 * outageMs)
  const repeatedSends = repeatsIn(world.twilio.sends, ends)
  await audit(world, last, stream.written)
  expect(await last.stop()).toBe(0)
  return { messages: stream.written.length, spooled, normalAfterMs, repeatedSends }
}

async function spooledIn(gateway: Gateway | undefined): Promise<number> {
  const page = await gateway?.http('/metrics')
  return Number(page?.text.match(/^kentongan_spool_events (\d+)$/m)?.[1])
}
