// What the operator sees at each scrape: counts. All but one read only what is open, waiting, lost or overdue.
// What is over grows for ever: counted anew the more seldom the more of it there is.

import { count, inArray, min, sql } from 'drizzle-orm'
import { CLOCKS, STATES, type State } from '../../complaints/complaint.ts'
import type { Counts } from '../operating-port.ts'
import { CHANNELS, oneOf } from '../rows.ts'
import { mediaCountReads } from './media-counts.ts'
import { OPEN_STATES } from './mine.ts'
import { waiting } from './outbox.ts'
import { passingReads } from './passing.ts'
import { type Source, slot } from './source.ts'

/** So many notices that reached nobody are listed. */
const UNDELIVERED = 20

const OVER_STATES = STATES.filter((state) => !OPEN_STATES.includes(state))

type ByState = Counts['complaints']

/** What was counted of the complaints that are over, kept while it is worth it. */
export interface OverMemory {
  /** Null: to be counted anew. */
  recall(now: Date): ByState | null
  keep(counted: ByState, now: Date): void
}

/** So many are counted each time: they take a millisecond. */
const COUNTED_ALWAYS = 10_000
/** Measured: a million takes SQLite 90 ms, in which it does nothing else; so once in eight minutes. */
const KEPT_MS_EACH = 0.5

export function createOverMemory(): OverMemory {
  let kept: { readonly counted: ByState; readonly at: number } | null = null
  return {
    recall(now) {
      if (kept === null) return null
      const all = Object.values(kept.counted).reduce((sum, each) => sum + each, 0)
      const age = Math.abs(now.getTime() - kept.at)
      return all > COUNTED_ALWAYS && age < all * KEPT_MS_EACH ? kept.counted : null
    },
    keep(counted, now) {
      kept = { counted, at: now.getTime() }
    },
  }
}

export function countReads(source: Source) {
  const { db, t, prepare } = source
  const { undelivered } = passingReads(source)
  const { mediaCounts } = mediaCountReads(source)
  const inStates = (name: string, states: readonly State[]) =>
    prepare(
      name,
      db
        .select({ state: t.complaints.state, n: count() })
        .from(t.complaints)
        .where(inArray(t.complaints.state, [...states]))
        .groupBy(t.complaints.state),
    )
  const open = inStates('count_open', OPEN_STATES)
  const over = inStates('count_over', OVER_STATES)
  const overdue = prepare(
    'count_overdue',
    db
      .select({ name: t.clocks.name, n: count() })
      .from(t.clocks)
      .where(sql`${t.clocks.status} = 'running' and ${t.clocks.dueAt} < ${slot('now')}`)
      .groupBy(t.clocks.name),
  )
  const pending = prepare(
    'count_pending',
    db
      .select({ channel: t.outbox.channel, n: count(), oldest: min(t.outbox.dueAt) })
      .from(t.outbox)
      .where(waiting(t))
      .groupBy(t.outbox.channel),
  )
  const givenUp = prepare(
    'count_given_up',
    db
      .select({ status: t.outbox.status, n: count() })
      .from(t.outbox)
      .where(sql`${t.outbox.status} in ('failed', 'expired')`)
      .groupBy(t.outbox.status),
  )
  const stuck = prepare(
    'count_stuck',
    db.select({ n: count() }).from(t.inbox).where(sql`${t.inbox.stuck} is not null`),
  )
  const orphans = prepare(
    'count_orphans',
    db.select({ n: count() }).from(t.attempts).where(sql`${t.attempts.outboundId} is null`),
  )

  async function overStates(now: Date, memory: OverMemory): Promise<ByState> {
    const known = memory.recall(now)
    if (known !== null) return known
    const counted = byState(await over.execute())
    memory.keep(counted, now)
    return counted
  }

  /** Together, so that on PostgreSQL they share one round trip. */
  async function counts(now: Date, memory: OverMemory): Promise<Counts> {
    const ms = now.getTime()
    const [lost, stuckRows, orphanRows, openRows, overCounts, late, queued, untold, media] =
      await Promise.all([
        givenUp.execute(),
        stuck.execute(),
        orphans.execute(),
        open.execute(),
        overStates(now, memory),
        overdue.execute({ now: ms }),
        pending.execute(),
        undelivered(UNDELIVERED),
        mediaCounts(now),
      ])
    const lostBy = new Map(lost.map((row) => [row.status, Number(row.n)]))
    return {
      media,
      stuck: Number(stuckRows[0]?.n ?? 0),
      orphanReceipts: Number(orphanRows[0]?.n ?? 0),
      complaints: { ...byState(openRows), ...overCounts },
      overdue: Object.fromEntries(late.map((row) => [oneOf(CLOCKS, row.name), Number(row.n)])),
      pending: Object.fromEntries(
        queued.map((row) => {
          const oldestSeconds = Math.max(0, Math.floor((ms - Number(row.oldest ?? ms)) / 1000))
          return [oneOf(CHANNELS, row.channel), { count: Number(row.n), oldestSeconds }]
        }),
      ),
      failed: lostBy.get('failed') ?? 0,
      expired: lostBy.get('expired') ?? 0,
      undelivered: untold,
    }
  }

  return { counts }
}

function byState(rows: readonly { readonly state: string; readonly n: number }[]): ByState {
  return Object.fromEntries(rows.map((row) => [oneOf(STATES, row.state), Number(row.n)]))
}
