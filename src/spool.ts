// Takes events in while the database is away: on disk first, then acknowledged, replayed once it is back.
// Nothing newer of a person passes what waits of theirs; the provider's id makes a replay that came twice a duplicate.

import { accountOf, type ChannelEvent, type Receive } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { createInTurn } from './in-turn.ts'
import type { Address } from './message.ts'
import { type Entry, keyOf, type Waiting } from './spool/waiting.ts'
import { StoreAway } from './store/store.ts'

export interface SpoolParts {
  readonly waiting: Waiting
  /** Decides and commits; rejects with `StoreAway` while the database cannot. */
  readonly receive: Receive
  /** Accounts whose provider surely comes again: those hear the fault. */
  readonly redelivering: ReadonlySet<string>
  /** Rejects while the database is away. */
  readonly there: () => Promise<unknown>
  readonly clock: Clock
  /** How long a first fault is waited out. 5 s unless told. */
  readonly patienceMs?: number
  /** How often a dead neighbour's spool is looked for. 30 s unless told. */
  readonly adoptMs?: number
  readonly onSpooled: (event: ChannelEvent) => void
  readonly log: {
    info(fields: object, text: string): void
    warn(fields: object, text: string): void
    error(fields: object, text: string): void
  }
}

export interface Spool {
  readonly receive: Receive
  /** Whether something this person wrote waits: then their conversation must not be moved on yet. */
  waits(address: Address): boolean
  /** Takes up what was left behind, so that nothing newer passes it; then reads it out by itself. */
  start(): Promise<void>
  size(): { readonly events: number; readonly bytes: number }
  warnings(): readonly string[]
  /** Takes nothing more; what waits stays on disk. */
  stop(): Promise<void>
}

/** How many people's events are replayed side by side. */
const WIDTH = 16
/** Added to what one try may take (the driver's timeouts), well within the 15 s that Twilio waits. */
const PATIENCE_MS = 5_000
const AGAIN_MS = 250
/** Between two looks whether the database is back. */
const AWAY_MS = 500
/** What fails though the database is there, fails again at first sight: its next look comes later and later. */
const LONGEST_MS = 30_000
const ADOPT_MS = 30_000

export function createSpool(parts: SpoolParts): Spool {
  const { waiting, receive, redelivering, onSpooled, clock, log } = parts
  const inTurn = createInTurn()
  let away = false
  let stopped = false
  let fruitless = 0
  let looks = 0
  let running: Promise<void> | null = null
  let next: NodeJS.Timeout | undefined
  let adopting: NodeJS.Timeout | undefined

  async function keep(event: ChannelEvent): Promise<void> {
    await waiting.add(event)
    onSpooled(event)
    runSoon()
  }

  async function takeIn(key: string, event: ChannelEvent): Promise<void> {
    const known = away && waiting.size().events > 0
    if (known || waiting.has(key)) return keep(event)
    const fault = await tryFor(parts.patienceMs ?? PATIENCE_MS, event)
    if (fault === null) return
    if (!away) log.warn({ err: fault }, 'the database is away; what comes in is spooled')
    away = true
    await keep(event)
  }

  /** A moment's trouble is waited out: what is spooled here may be passed by what another process takes in. */
  async function tryFor(ms: number, event: ChannelEvent): Promise<StoreAway | null> {
    const until = clock().getTime() + ms
    for (;;) {
      try {
        await receive(event)
        away = false
        return null
      } catch (error) {
        if (!(error instanceof StoreAway)) throw error
        if (away || stopped || clock().getTime() + AGAIN_MS >= until) return error
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
  }

  /** Whether it went in. */
  async function replay(entry: Entry): Promise<boolean> {
    try {
      await receive(entry.event)
    } catch (error) {
      waiting.putBack(entry)
      away = error instanceof StoreAway
      if (!away)
        log.error({ err: error, event: entry.event.type }, 'a replay failed; it comes again')
      return false
    }
    away = false
    await waiting.done(entry)
    return true
  }

  /** The first one alone: while the database is away, one question is enough. */
  async function round(): Promise<void> {
    waiting.again()
    let replayed = 0
    const lane = async () => {
      for (let entry = waiting.take(); entry !== null; entry = waiting.take()) {
        if (await replay(entry)) replayed += 1
        if (away || stopped) return
      }
    }
    const first = waiting.take()
    if (first === null) return
    if (await replay(first)) replayed += 1
    if (!away) await Promise.all(Array.from({ length: WIDTH }, lane))
    fruitless = replayed > 0 ? 0 : fruitless + 1
    if (replayed > 0) log.info({ replayed, ...waiting.size() }, 'spooled events were replayed')
  }

  function run(): Promise<void> {
    clearTimeout(next)
    next = undefined
    running ??= round()
      .catch((error: unknown) => log.error({ err: error }, 'the spool could not be read out'))
      .finally(() => {
        running = null
        runSoon()
      })
    return running
  }

  function runSoon(): void {
    if (stopped || running !== null || next !== undefined || waiting.size().events === 0) return
    const ms = away ? AWAY_MS : Math.min(LONGEST_MS, AWAY_MS * 2 ** Math.min(fruitless, 10))
    next = setTimeout(() => void run(), ms).unref()
  }

  /** Not while the database is away, nor right after: its own process may start again, and newer words go to that. */
  async function adopt(): Promise<void> {
    const there = await parts.there().then(
      () => true,
      () => false,
    )
    looks = there ? looks + 1 : 0
    if (looks < 2) return
    try {
      if ((await waiting.adopt()) > 0) runSoon()
    } catch (error) {
      log.error({ err: error }, 'a spool left behind could not be taken over')
    }
  }

  return {
    receive: async (event) => {
      if (redelivering.has(accountOf(event))) return receive(event)
      const key = keyOf(event)
      return inTurn.run(key, () => takeIn(key, event))
    },
    waits: (address) => waiting.has(address),
    async start() {
      await waiting.adopt()
      adopting = setInterval(() => void adopt(), parts.adoptMs ?? ADOPT_MS).unref()
      // Not waited for: until a start is over, channels take nothing in.
      void run()
    },
    size: waiting.size,
    warnings: () => {
      const { events, bytes } = waiting.size()
      const damaged = waiting.damaged()
      return [
        ...(events > 0 ? [`${events} event(s) (${bytes} bytes) wait in the spool.`] : []),
        ...(damaged > 0 ? [`${damaged} damaged record(s) were set aside in SPOOL_DIR.`] : []),
      ]
    },
    async stop() {
      stopped = true
      clearTimeout(next)
      clearInterval(adopting)
      await inTurn.stop()
      await running
      await waiting.close()
    },
  }
}
