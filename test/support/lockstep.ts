// A transcript's lines played twice in step: by the pure conversation in memory, and by the whole gateway over a channel's wire.
// Rule: what arrives on the wire is what the conversation says, word for word and button for button; nothing is written down twice.

import type { AddressInfo } from 'node:net'
import { expect } from '@jest/globals'
import { pino } from 'pino'
import { type Assembly, assemble } from '../../src/assembly.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { InboundMessage } from '../../src/message.ts'
import { createMetrics } from '../../src/metrics.ts'
import { readSettings } from '../../src/settings.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import {
  type Arrived,
  type ChannelBench,
  type OpenChannel,
  withinMs,
} from '../channels/contract/given.ts'
import { fill } from '../conversation/placeholders.ts'
import { momentOf, readMessage, spanOf } from '../conversation/transcript.ts'
import { createWorld, type Happened, type World } from '../conversation/world.ts'
import { referenceCity } from './city.ts'

/** Between two lines: a thumb needs a moment, and a provider's pace for one chat is kept. */
const THUMB_MS = 5_000
/** Real time for what still has to arrive. */
const LATE_MS = 3_000

/** What a person reads: words, and what can be tapped. */
interface Reply {
  readonly text: string
  readonly buttons: readonly string[]
}

export interface Played {
  /** Lines of citizens. */
  readonly lines: number
  readonly replies: number
}

export async function playInStep(script: string, open: OpenChannel): Promise<Played> {
  const test = referenceCity()
  const world = createWorld(test.city, instantOf('2026-11-23', 10, test.city.zone))
  const bench = await open({ clock: () => world.now })
  const house = await openHouse(bench, world)
  const played = { lines: 0, replies: 0 }
  const shown: Happened['replies'][number][] = []
  try {
    for (const line of script.split('\n')) {
      const [, key = '', rest = ''] =
        /^(wait|at|officer|picture\d*|citizen\d*):\s?(.*)$/.exec(line) ?? []
      if (key === '') continue
      if (/^(officer|picture)/.test(key)) throw new Error(`"${line}" is not played here`)
      if (key === 'at') {
        world.now = momentOf(rest, world)
        continue
      }
      world.now = new Date(world.now.getTime() + THUMB_MS)
      const tickets = world.tickets.map((ticket, place) => [`t${place + 1}`, ticket])
      const words = fill(rest, { ...test.values, ...Object.fromEntries(tickets) })
      const by = Number(key.slice('citizen'.length) || 1)
      const before = bench.arrived().length
      const happened =
        key === 'wait'
          ? await house.waits(spanOf(words))
          : [await house.says(by, readMessage(words), shown)]
      const said = happened.flatMap(({ replies }) => replies)
      shown.push(...said)
      const wanted = said.map(({ text, choices }) => readable(text, choices, bench.channel.buttons))
      const heard = (await house.repliesSince(before, wanted.length)).map(({ text, buttons }) => ({
        text: house.inTheWorld(text),
        buttons,
      }))
      expect({ line, heard }).toEqual({ line, heard: wanted })
      played.lines += key === 'wait' ? 0 : 1
      played.replies += heard.length
    }
    return played
  } finally {
    await house.close()
  }
}

function readable(text: string, choices: readonly { label: string }[], buttons: boolean): Reply {
  return { text, buttons: buttons ? choices.map(({ label }) => label) : [] }
}

/** The whole gateway over a store in memory, the channel and the world's clock. */
async function openHouse(bench: ChannelBench, world: World) {
  const kinds = new Map<string, string>()
  const { store, assembly } = await started(world, keepingIds(bench.channel), kinds)
  const { port } = assembly.server.address() as AddressInfo
  bench.at(`http://127.0.0.1:${port}`)
  const known = new Map<string, string>()
  const kindOf = (providerId: string) => kinds.get(ourIds.get(providerId) ?? '') ?? ''

  /** Which of the gateway's tickets is which of the world's: of those just filed the one with the same words, else the next. */
  async function match(): Promise<void> {
    const { files } = await store.complaints({ limit: 200 })
    const fresh = () => {
      const taken = new Set(known.values())
      return world.tickets.filter((ticket) => !taken.has(ticket))
    }
    for (const { complaint } of files) {
      if (known.has(complaint.ticket)) continue
      const same = fresh().find((ticket) => world.complaint(ticket).text === complaint.text)
      known.set(complaint.ticket, same ?? fresh()[0] ?? '?')
    }
  }

  function swapped(text: string, pairs: readonly (readonly [string, string])[]): string {
    return pairs
      .reduce((words, [from, to]) => words.replaceAll(from, `\u0000${to}`), text)
      .replaceAll('\u0000', '')
  }

  return {
    inTheWorld: (text: string) => swapped(text, [...known]),
    says: async (
      by: number,
      message: Partial<InboundMessage>,
      shown: readonly Happened['replies'][number][],
    ) => {
      const address = bench.addressOf(by)
      const { text = '', media = [], position, choice, quotedId } = message
      const happened = world.say(address, message)
      const wire = (words: string) =>
        swapped(
          words,
          [...known].map(([own, its]) => [its, own]),
        )
      const arrived = () => bench.arrived().filter(({ to }) => to === address)
      if (choice != null) {
        const offered = shown.filter(({ addressId }) => addressId === address)
        const { label, oldest } = pressedIn(choice, offered)
        const having = arrived().filter(({ buttons }) => buttons.includes(label))
        const on = oldest ? having[0] : having.at(-1)
        if (on === undefined) throw new Error(`nobody was shown the button ${label}`)
        expect(await bench.presses(on, label)).toBe(true)
      } else {
        const [kindOf] = media
        const quotes = quotedId == null ? undefined : quoted(arrived(), wire(quotedId))
        const taken = await bench.writes({
          ...{ by, text: wire(text) },
          ...(kindOf === undefined ? {} : { media: kindOf.kind }),
          ...(position == null ? {} : { position }),
          ...(quotes === undefined ? {} : { quotes }),
        })
        expect(taken).toBe(true)
      }
      await assembly.drain()
      await match()
      return happened
    },
    waits: async (ms: number) => {
      world.now = new Date(world.now.getTime() + ms)
      const happened = world.due().map((address) => world.timeout(address))
      await assembly.tick()
      await assembly.drain()
      await match()
      return happened
    },
    /** Notices aside: the conversation does not say them. `erased`: the last word to somebody. */
    repliesSince: async (count: number, wanted: number): Promise<readonly Arrived[]> => {
      const replies = () =>
        bench
          .arrived()
          .slice(count)
          .filter(({ providerId }) => /^(reply|erased)$/.test(kindOf(providerId)))
      await withinMs(() => replies().length >= wanted, LATE_MS)
      return replies()
    },
    close: async () => {
      await assembly.stop()
      await bench.close()
    },
  }
}

async function started(
  world: World,
  channel: Channel,
  kinds: Map<string, string>,
): Promise<{ store: Store; assembly: Assembly }> {
  const settings = readSettings({ API_TOKEN: 'a-token-of-the-tests' })
  if ('problems' in settings) throw new Error(settings.problems.join('\n'))
  const clock = () => world.now
  let made = 0
  let rolls = 0
  const newId = () => `id-${++made}`
  const log = pino({ level: 'silent' })
  const url = 'sqlite::memory:'
  const opened = await openStore({ url, dataKey: Buffer.alloc(32, 3), clock, newId, log })
  const store: Store = {
    ...opened,
    leaseDue: async (...asked) => {
      const rows = await opened.leaseDue(...asked)
      for (const { id, kind } of rows) kinds.set(id, kind)
      return rows
    },
  }
  const assembly = await assemble({
    ...{ settings: settings.settings, city: world.city, store, channels: [channel], clock },
    ...{ newId, log, metrics: createMetrics(), version: 'test' },
    chance: (below) => (++rolls * 7919) % below,
  })
  await new Promise<void>((resolve) => assembly.server.listen(0, '127.0.0.1', resolve))
  await assembly.start()
  return { store, assembly }
}

/** Our id of each message by the provider's. */
const ourIds = new Map<string, string>()

function keepingIds(channel: Channel): Channel {
  return {
    ...channel,
    send: async (message) => {
      const result = await channel.send(message)
      if (result.outcome === 'accepted')
        for (const id of result.providerIds) ourIds.set(id, message.id)
      return result
    },
  }
}

/** `skip` is the newest button of this name, `lama skip` the oldest; the step it is bound to stands behind an `@`. */
function pressedIn(name: string, shown: readonly Happened['replies'][number][]) {
  const [, oldest, value = ''] = /^(lama )?(.*)$/s.exec(name) ?? []
  const fits = (choice: { readonly value: string }) =>
    choice.value === value || choice.value.startsWith(`${value}@`)
  const offered = shown.flatMap(({ choices }) => choices)
  const found = oldest === undefined ? offered.findLast(fits) : offered.find(fits)
  if (found === undefined) throw new Error(`nobody was offered ${name}`)
  return { label: found.label, oldest: oldest !== undefined }
}

function quoted(arrived: readonly Arrived[], ticket: string): string {
  const found = arrived.findLast(({ text }) => text.includes(ticket))
  if (found === undefined) throw new Error(`nobody was told ${ticket}`)
  return found.providerId
}
