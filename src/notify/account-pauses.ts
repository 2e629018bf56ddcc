// Which accounts must not send now: throttled by the provider, or suspended. Kept in the store, so that
// a restart does not shorten a wait; a suspended account is tried again by one message at a time.

import { z } from 'zod'
import type { Chance, Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
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
  readonly store: Pick<Store, 'getFact' | 'setFacts'>
  readonly clock: Clock
  readonly chance: Chance
}): AccountPauses {
  const { store, clock, chance } = parts
  const pauses = new Map<string, Pause | null>()

  /** What an earlier process left; afterwards `now` is up to date without waiting. */
  async function load(account: string): Promise<void> {
    if (pauses.has(account)) return
    const fact = parsePause(await store.getFact(keyOf(account)))
    if (!pauses.has(account)) pauses.set(account, fact)
  }

  /** Decide on this only where nothing was awaited since: many sends of one account end at once. */
  const current = (account: string) => pauses.get(account) ?? null

  async function write(account: string, pause: Pause | null): Promise<void> {
    pauses.set(account, pause)
    await store.setFacts({ [keyOf(account)]: pause === null ? '' : JSON.stringify(pause) })
  }

  /** A pause already in force is kept where it ends later. */
  async function pauseFor(account: string, ms: number, next: Omit<Pause, 'until'>): Promise<Date> {
    const before = current(account)
    const until = new Date(clock().getTime() + ms)
    const kept = before !== null && !before.probing && before.until > until ? before.until : until
    await write(account, { ...next, until: kept })
    return kept
  }

  const inForce = (pause: Pause | null) => pause !== null && pause.until > clock()

  return {
    async pausedUntil(account) {
      await load(account)
      const pause = current(account)
      return pause !== null && inForce(pause) ? pause.until : null
    },
    async blockedUntil(account) {
      await load(account)
      const pause = current(account)
      if (pause === null) return null
      const now = clock()
      if (pause.until > now) return pause.until
      if (pause.suspended) {
        pauses.set(account, { ...pause, probing: true, until: new Date(now.getTime() + PROBE_MS) })
      }
      return null
    },
    async throttle(account, afterMs, reason) {
      await load(account)
      const before = current(account)
      const strikes = inForce(before) ? (before?.strikes ?? 0) : (before?.strikes ?? -1) + 1
      const ms = afterMs ?? backoffMs(strikes, chance)
      const suspended = before?.suspended ?? false
      return pauseFor(account, ms, { reason, suspended, strikes, probing: false })
    },
    async suspend(account, reason) {
      await load(account)
      const before = current(account)
      // Those that were under way when the first was refused say nothing new.
      if (before?.suspended && !before.probing && inForce(before)) return before.until
      const strikes = before?.suspended ? before.strikes + 1 : 0
      const ms = Math.min(LONGEST_SUSPENSION_MS, FIRST_SUSPENSION_MS * 2 ** Math.min(strikes, 10))
      return pauseFor(account, ms, { reason, suspended: true, strikes, probing: false })
    },
    async well(account) {
      await load(account)
      const pause = current(account)
      if (pause === null) return
      // A send that was under way when the provider said "wait" does not end the wait.
      if (inForce(pause) && !pause.probing) return
      await write(account, null)
    },
    list: () =>
      [...pauses].flatMap(([account, pause]) =>
        pause !== null && inForce(pause)
          ? [{ account, until: pause.until, reason: pause.reason }]
          : [],
      ),
  }
}

function keyOf(account: string): string {
  return `pause:${account}`
}

function parsePause(fact: string | null): Pause | null {
  return fact === null || fact === '' ? null : pauseSchema.parse(JSON.parse(fact))
}
