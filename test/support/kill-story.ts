// `kill -9` at seeded moments under a stream of messages, then the audit of what must be true all the same.
// A repeat is allowed only for a message in flight at a kill; it is counted.

import { setTimeout as passes } from 'node:timers/promises'
import { expect } from '@jest/globals'
import type { FakeSend } from './fake-twilio.ts'
import type { Gateway } from './gateway.ts'
import { eventually, within } from './gateway-process.ts'
import { diceOf, openStream, type Written } from './stream.ts'
import { COORDINATOR, MORNING, type World } from './world.ts'

export interface KillFigures {
  readonly kills: number
  readonly messages: number
  readonly redelivered: number
  readonly sends: number
  readonly repeatedSends: number
}

const STREAMS = 6
/** Each start is this much later, so that what a killed process had in hand is free again. */
const LATER_MS = 120_000
/** A process lives for fewer sends than this, and up to 20 ms more. */
const MOST_SENDS = 28
/** One kill in so many comes before the process is ready. */
const EARLY_ONE_IN = 6

export async function killStory(world: World, kills: number, seed: number): Promise<KillFigures> {
  const dice = diceOf(seed)
  const stream = openStream(STREAMS, dice)
  // How many sends had come when a process was gone.
  const ends: number[] = []
  world.twilio.answerBy(() => ({ type: 'accept', afterMs: 3 }))

  for (let kill = 0; kill < kills; kill++) {
    const at = new Date(Date.parse(MORNING) + kill * LATER_MS).toISOString()
    if (kill % EARLY_ONE_IN === EARLY_ONE_IN - 1) {
      const early = world.spawn({ env: world.env({ at }) })
      await passes(dice() * 700)
      early.signal('SIGKILL')
      await early.ended()
    } else {
      const gateway = await world.start({ at })
      stream.use(gateway)
      const sends = world.twilio.sends.length + Math.floor(dice() * MOST_SENDS)
      await within(world.twilio.sendCount(sends), 20_000, () => `only ${world.twilio.sends.length}`)
      await passes(dice() * 20)
      stream.use(null)
      await gateway.kill()
    }
    ends.push(world.twilio.sends.length)
  }

  const at = new Date(Date.parse(MORNING) + kills * LATER_MS).toISOString()
  const last = await world.start({ at })
  stream.use(last)
  await stream.finish()
  await quiet(last)
  const repeatedSends = repeatsIn(world.twilio.sends, ends)
  await audit(world, last, stream.written)
  expect(await last.stop()).toBe(0)
  return {
    kills,
    messages: stream.written.length,
    redelivered: stream.written.reduce((sum, { posts }) => sum + posts - 1, 0),
    sends: world.twilio.sends.length,
    repeatedSends,
  }
}

/** Resolves when nothing waits in the outbox, for any channel. */
export async function quiet(gateway: Gateway, withinMs = 60_000): Promise<void> {
  const waiting = async () => {
    const { text } = await gateway.http('/metrics')
    return [...text.matchAll(/^kentongan_outbox_pending\{[^}]*\} (\d+)$/gm)].map(
      (found) => found[1],
    )
  }
  const none = (counts: readonly (string | undefined)[]) =>
    counts.length > 0 && counts.every((count) => count === '0')
  await eventually(waiting, none, withinMs)
}

/** Our own id of a send; it rides in the URL for receipts. */
function idOf(send: FakeSend): string {
  return new URL(send.statusCallback ?? '').searchParams.get('id') ?? ''
}

/** Counts sends of a message sent before, each of which must have been in flight when a process was killed. */
export function repeatsIn(sends: readonly FakeSend[], ends: readonly number[]): number {
  const seen = new Map<string, number>()
  let repeats = 0
  for (const [place, send] of sends.entries()) {
    const before = seen.get(idOf(send))
    seen.set(idOf(send), place)
    if (before === undefined) continue
    repeats += 1
    expect(ends.some((end) => before < end && end <= place)).toBe(true)
    // Nothing else of its lane can have left in between.
    const between = sends.slice(before + 1, place).filter(({ to }) => to === send.to)
    expect(between.filter((one) => idOf(one) !== idOf(send))).toEqual([])
  }
  return repeats
}

export async function audit(
  world: World,
  gateway: Gateway,
  written: readonly Written[],
): Promise<void> {
  expect(written.every(({ acknowledged }) => acknowledged)).toBe(true)
  const complaints = await gateway.complaints()
  const ticketOf = new Map<string, string>()
  for (const { mark } of written.filter(({ files }) => files)) {
    const filed = complaints.filter(({ text }) => text?.endsWith(mark))
    expect({ mark, filed: filed.length }).toEqual({ mark, filed: 1 })
    ticketOf.set(mark, filed[0]?.ticket ?? '')
  }
  expect(complaints).toHaveLength(ticketOf.size)

  const tickets = new Set(complaints.map(({ ticket }) => ticket))
  const told = world.twilio.sends.flatMap(
    ({ body }) => body.match(/(?<!\d)[1-9]\d{7}(?!\d)/g) ?? [],
  )
  expect(told.filter((ticket) => !tickets.has(ticket))).toEqual([])

  for (const from of new Set(written.map((message) => message.from))) {
    const own = written.filter((message) => message.from === from)
    const wanted = own.flatMap(({ mark, files }) => (files ? [ticketOf.get(mark)] : []))
    const heard = firstTimes(world.sentTo(from))
    const acks = heard.flatMap(({ body }) => (/diterima/.test(body) ? ticketsIn(body) : []))
    expect(acks.filter((ticket, place) => acks.indexOf(ticket) === place)).toEqual(wanted)
    // Each message was answered once; the first one with the privacy notice beside it.
    expect(heard).toHaveLength(own.length + 1)
  }
  const pinged = firstTimes(world.sentTo(COORDINATOR)).flatMap(({ body }) => ticketsIn(body))
  expect(pinged.sort()).toEqual([...tickets].sort())
}

function ticketsIn(body: string): readonly string[] {
  return body.match(/(?<!\d)[1-9]\d{7}(?!\d)/g)?.slice(0, 1) ?? []
}

function firstTimes(sends: readonly FakeSend[]): readonly FakeSend[] {
  const ids = sends.map(idOf)
  return sends.filter((send, place) => ids.indexOf(idOf(send)) === place)
}
