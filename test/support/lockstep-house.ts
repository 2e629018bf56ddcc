// The whole gateway in this process over a bench's wire, told what the pure world is told, line by line.
// Rule: tickets differ between the two; each is known by the other's name, and nothing else is translated.

import type { AddressInfo } from 'node:net'
import { expect } from '@jest/globals'
import { pino } from 'pino'
import { type Assembly, assemble } from '../../src/assembly.ts'
import type { Channel } from '../../src/channels/channel.ts'
import type { InboundMessage } from '../../src/message.ts'
import { createMetrics } from '../../src/metrics.ts'
import { readSettings } from '../../src/settings.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import {
  type Arrived,
  type ChannelBench,
  type Written,
  withinMs,
} from '../channels/contract/given.ts'
import type { Happened, World } from '../conversation/world.ts'

/** Real time for what still has to arrive. */
const LATE_MS = 10_000
const A_MINUTE_MS = 60_000

/** The whole gateway over a store in memory, the channel and the world's clock. */
export async function openHouse(bench: ChannelBench, world: World) {
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
      const { text = '', choice, quotedId } = message
      const happened = world.say(address, message)
      const wire = (words: string) =>
        swapped(
          words,
          [...known].map(([own, its]) => [its, own]),
        )
      const arrived = () => bench.arrived().filter(({ to }) => to === address)
      if (choice != null) {
        const offered = shown.filter(({ addressId }) => addressId === address)
        const { label: own, oldest } = pressedIn(choice, offered)
        const label = wire(own)
        const having = arrived().filter(({ buttons }) => buttons.includes(label))
        const on = oldest ? having[0] : having.at(-1)
        if (on === undefined) throw new Error(`nobody was shown the button ${label}`)
        expect(await bench.presses(on, label)).toBe(true)
      } else {
        const quotes = quotedId == null ? undefined : quoted(arrived(), wire(quotedId))
        const taken = await bench.writes({ ...writtenOf(message), by, text: wire(text), quotes })
        expect(taken).toBe(true)
      }
      await assembly.drain()
      await match()
      return happened
    },
    waits: async (ms: number) => {
      world.now = new Date(world.now.getTime() + ms)
      const happened = world.due().map((address) => world.timeout(address))
      if (happened.length === 0 && ms < A_MINUTE_MS) return happened
      // One may be in hand that began before the clock was pushed.
      await assembly.tick()
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

/** Attachments stay where they are: what becomes of them is no line of a transcript. */
function keepingIds({ fetchMedia: _fetch, ...channel }: Channel): Channel {
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

/** Words and quotes aside, which name tickets. */
function writtenOf(message: Partial<InboundMessage>): Written {
  const { media: [file] = [], position, album, start, edits, providerId } = message
  return {
    ...(file === undefined ? {} : { media: file.kind }),
    ...(position == null ? {} : { position }),
    ...(album == null ? {} : { album }),
    ...(start == null ? {} : { start }),
    ...(edits == null ? {} : { edits }),
    ...(providerId === undefined ? {} : { name: providerId }),
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
