// What each account carries: counted in memory, told to the store once a minute with how this process sees it.
// So a turn costs no further statement; of a process that dies the counts of one minute are lost.

import type { Channel } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { AccountPast, AccountView, WatchStore } from '../store/watch-port.ts'

export const HOUR_MS = 3_600_000
const EVERY_MS = 60_000

export interface Traffic {
  /** A message came in by this account, and is stored. */
  received(account: string): void
  /** Tells the store; rejects when it could not be told, and tells it next time. Two never run at once. */
  tell(): Promise<void>
  /** What was known when the store was told last; null: never yet. */
  past(account: string): AccountPast | null
  /** Tells at once, and where no schedule of ours does it, every minute by itself. */
  start(): Promise<void>
  /** Tells once more, and that this process looks no longer. */
  stop(): Promise<void>
}

export function createTraffic(parts: {
  readonly store: Pick<WatchStore, 'noteChannels' | 'forgetViews'>
  readonly channels: readonly Pick<Channel, 'account' | 'health'>[]
  readonly clock: Clock
  /** Names this process, and no other, to the store. */
  readonly holder: string
  /** Another process may keep the schedule. */
  readonly shared: boolean
  readonly log: { error(fields: object, text: string): void }
}): Traffic {
  const { store, channels, clock, holder, shared, log } = parts
  /** By account and hour. */
  let counts = new Map<string, Map<number, number>>()
  const known = new Map<string, AccountPast>()
  let telling: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let failing = false

  const hourNow = () => Math.floor(clock().getTime() / HOUR_MS)

  function add(account: string, hour: number, count: number): void {
    const hours = counts.get(account) ?? new Map<number, number>()
    counts.set(account, hours.set(hour, (hours.get(hour) ?? 0) + count))
  }

  function viewOf({ account, health }: (typeof channels)[number]): AccountView {
    const { state, since, lastIn, lastOut } = health()
    // Also the hour in which nothing came: somebody was there to see it.
    add(account, hourNow(), 0)
    const hours = counts.get(account) ?? new Map<number, number>()
    const received = [...hours].map(([hour, count]) => ({ hour, count }))
    return { account, state, since, lastIn, lastOut, received }
  }

  async function note(): Promise<void> {
    const views = channels.map(viewOf)
    counts = new Map()
    try {
      for (const past of await store.noteChannels(holder, views, clock()))
        known.set(past.account, past)
      failing = false
    } catch (error) {
      for (const { account, received } of views)
        for (const { hour, count } of received) add(account, hour, count)
      throw error
    }
  }

  function tell(): Promise<void> {
    telling ??= note().finally(() => {
      telling = null
    })
    return telling
  }

  /** Once for each outage. */
  async function tellQuietly(): Promise<void> {
    try {
      await tell()
    } catch (error) {
      if (!failing) log.error({ err: error }, 'how the channels fare could not be stored')
      failing = true
    }
  }

  return {
    received: (account) => add(account, hourNow(), 1),
    tell,
    past: (account) => known.get(account) ?? null,
    async start() {
      await tellQuietly()
      if (shared) timer = setInterval(() => void tellQuietly(), EVERY_MS).unref()
    },
    async stop() {
      clearInterval(timer)
      await tellQuietly()
      await store.forgetViews(holder).catch(() => {})
    },
  }
}
