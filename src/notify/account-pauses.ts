// Which accounts must not send now: throttled by the provider, or suspended. Kept in the store, so that no
// process, old or new, shortens a wait; a suspended account is tried again by one message at a time.

import { z } from 'zod'
import type { Chance, Clock } from '../clock.ts'
import type { FactStore } from '../store/facts-port.ts'
import { backoffMs } from './send-outcome.ts'

const FIRST_SUSPENSION_MS = 60_000
const LONGEST_SUSPENSION_MS = 15 * 60_000
/** How long the others wait while one message tries a suspended account. */
const PROBE_MS = 30_000

const pauseSchema = z.object({
  until: z.coerce.date(),
  reason: z.string(),
  suspended: z.boolean(),
  /** How many pauses in a row, for growing waits. */
  strikes: z.number(),
  /** One message is out to see whether the account works again. */
  probing: z.boolean().default(false),
})

type Pause = Readonly<z.infer<typeof pauseSchema>>

interface PausedAccount {
  readonly account: string
  readonly until: Date
  readonly reason: string
}

export interface AccountPauses {
  /** When a pause in force ends; null: none is. Asking changes nothing. */
  pausedUntil(account: string): Promise<Date | null>
  /** Null: it may send. Else when to ask again. Lets one message through to try a suspended account. */
  blockedUntil(account: string): Promise<Date | null>
  /** Both return when the account may send again. */
  throttle(account: string, afterMs: number | undefined, reason: string): Promise<Date>
  suspend(account: string, reason: string): Promise<Date>
  /** A send went through: the account is well. */
  well(account: string): Promise<void>
  list(): readonly PausedAccount[]
}

export function createAccountPauses(parts: {
  readonly store: Pick<FactStore, 'getFact' | 'swapFact'>
  readonly clock: Clock
  readonly chance: Chance
}): AccountPauses {
  const { store, clock, chance } = parts
  /** As last read: enough to tell, and to spare a question; never enough to send. */
  const seen = new Map<string, Pause | null>()

  async function read(account: string): Promise<Pause | null> {
    const pause = parsePause(await store.getFact(keyOf(account)))
    seen.set(account, pause)
    return pause
  }

  /** Decides on what is stored now; where another process, or another send, was faster, once more. */
  async function change(
    account: string,
    decide: (before: Pause | null) => Pause | null,
  ): Promise<Pause | null> {
    for (;;) {
      const fact = await store.getFact(keyOf(account))
      const before = parsePause(fact)
      const after = decide(before)
      const done = after === before || (await store.swapFact(keyOf(account), fact, factOf(after)))
      if (!done) continue
      seen.set(account, after)
      return after
    }
  }

  const inForce = (pause: Pause | null) => pause !== null && pause.until > clock()
  const endOf = (pause: Pause | null) => (pause !== null && inForce(pause) ? pause.until : null)
  const fromNow = (ms: number) => new Date(clock().getTime() + ms)

  return {
    async pausedUntil(account) {
      if (seen.get(account) === null) return null
      const pause = await read(account)
      return endOf(pause)
    },
    async blockedUntil(account) {
      const pause = await read(account)
      if (pause === null) return null
      if (inForce(pause)) return pause.until
      if (!pause.suspended) return null
      const probe = { ...pause, probing: true, until: fromNow(PROBE_MS) }
      const after = await change(account, (now) => (now?.suspended && !inForce(now) ? probe : now))
      return after === probe ? null : endOf(after)
    },
    async throttle(account, afterMs, reason) {
      let until = clock()
      await change(account, (before) => {
        const strikes = inForce(before) ? (before?.strikes ?? 0) : (before?.strikes ?? -1) + 1
        until = later(before, fromNow(afterMs ?? backoffMs(strikes, chance)))
        const suspended = before?.suspended ?? false
        return { until, reason, suspended, strikes, probing: false }
      })
      return until
    },
    async suspend(account, reason) {
      let until = clock()
      await change(account, (before) => {
        // Those that were under way when the first was refused say nothing new.
        if (before?.suspended && !before.probing && inForce(before)) {
          until = before.until
          return before
        }
        const strikes = before?.suspended ? before.strikes + 1 : 0
        const ms = Math.min(LONGEST_SUSPENSION_MS, FIRST_SUSPENSION_MS * 2 ** Math.min(strikes, 10))
        until = later(before, fromNow(ms))
        return { until, reason, suspended: true, strikes, probing: false }
      })
      return until
    },
    async well(account) {
      // As it was read right before the send.
      if (seen.get(account) === null) return
      // A send that was under way when the provider said "wait" does not end the wait.
      await change(account, (pause) => (inForce(pause) && !pause?.probing ? pause : null))
    },
    list: () =>
      [...seen].flatMap(([account, pause]) =>
        pause !== null && inForce(pause)
          ? [{ account, until: pause.until, reason: pause.reason }]
          : [],
      ),
  }
}

/** A pause already in force is kept where it ends later. */
function later(before: Pause | null, until: Date): Date {
  return before !== null && !before.probing && before.until > until ? before.until : until
}

function factOf(pause: Pause | null): string {
  return pause === null ? '' : JSON.stringify(pause)
}

function keyOf(account: string): string {
  return `pause:${account}`
}

function parsePause(fact: string | null): Pause | null {
  return fact === null || fact === '' ? null : pauseSchema.parse(JSON.parse(fact))
}
