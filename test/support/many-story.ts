// Three gateways over one PostgreSQL under a stream of messages, killed one after the other, then audited.
// What is true of one process that is killed must be true of three.

import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { expect } from '@jest/globals'
import { openBalancer } from './balancer.ts'
import type { Gateway } from './gateway.ts'
import { eventually } from './gateway-process.ts'
import { audit, quiet, repeatsIn } from './kill-story.ts'
import { diceOf, openStream } from './stream.ts'
import { MORNING, type StartOptions, type World } from './world.ts'

export interface ManyFigures {
  readonly kills: number
  readonly messages: number
  readonly refused: number
  readonly sends: number
  readonly repeatedSends: number
}

/** How many write at the same time, where nobody says otherwise. */
export const CONNECTIONS = 64
const PROCESSES = 3
/** Between two kills. A kill comes when half of it or less was acknowledged, and up to 200 ms later. */
const MESSAGES = 40
/** What a killed process had in hand is free again by then. */
const LATER_MS = 120_000

export async function manyStory(
  world: World,
  url: string,
  kills: number,
  seed: number,
  connections = CONNECTIONS,
): Promise<ManyFigures> {
  const dice = diceOf(seed)
  const balancer = openBalancer({ seats: PROCESSES, dice })
  const stream = openStream(connections, dice)
  const ends: number[] = []
  const living: Gateway[] = []
  world.twilio.answerBy(() => ({ type: 'accept', afterMs: 3 }))
  const started = Date.now()

  const start = async (seat: number) => {
    const at = new Date(Date.parse(MORNING) + (Date.now() - started)).toISOString()
    const gateway = await world.start(sharing(world, url, at))
    living[seat] = gateway
    balancer.seat(seat, gateway)
  }

  await Promise.all(Array.from({ length: PROCESSES }, (_, seat) => start(seat)))
  world.atClose(balancer.close)
  stream.use(balancer.gateway)
  for (let kill = 0; kill < kills; kill++) {
    balancer.allow(MESSAGES)
    const enough = balancer.acknowledged() + Math.floor((dice() * MESSAGES) / 2)
    // Not by what was sent: what the killed ones had in hand holds up its lanes for a minute.
    await eventually(
      async () => balancer.acknowledged(),
      (count) => count >= enough,
      60_000,
    )
    await passes(dice() * 200)
    const seat = Math.floor(dice() * PROCESSES)
    balancer.seat(seat, null)
    await living[seat]?.kill()
    ends.push(world.twilio.sends.length)
    await start(seat)
  }
  balancer.allow(Number.POSITIVE_INFINITY)
  await stream.finish()
  expect(await Promise.all(living.map((each) => each.stop()))).toEqual(living.map(() => 0))

  const at = new Date(Date.parse(MORNING) + (Date.now() - started) + LATER_MS).toISOString()
  const last = await world.start(sharing(world, url, at))
  await quiet(last)
  const repeatedSends = repeatsIn(world.twilio.sends, ends)
  await audit(world, last, stream.written)
  expect(await last.stop()).toBe(0)
  const sends = world.twilio.sends.length
  const messages = stream.written.length
  return { kills, messages, refused: balancer.refused(), sends, repeatedSends }
}

/** The settings of one of several processes. */
export function sharing(world: World, url: string, at: string): StartOptions {
  return { at, env: { DATABASE_URL: url, SPOOL_DIR: join(world.folder, 'spool') } }
}
