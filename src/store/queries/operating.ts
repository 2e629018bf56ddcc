// What the operator sees and the process remembers: counts, facts, a trial write.
// The count by state reads one index whole, once per scrape; everything else here is bounded.

import { and, count, eq, min, sql } from 'drizzle-orm'
import { CLOCKS, STATES } from '../../complaints/complaint.ts'
import { CHANNELS, oneOf } from '../rows.ts'
import type { Counts } from '../store.ts'
import { waiting } from './outbox.ts'
import { given, type Source, slot, slots } from './source.ts'

const PING = 'ping'

export function operatingReads({ db, t, prepare }: Source) {
  const byState = prepare(
    'count_states',
    db
      .select({ state: t.complaints.state, n: count() })
      .from(t.complaints)
      .groupBy(t.complaints.state),
  )
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
  const given = prepare(
    'count_given_up',
    db
      .select({ status: t.outbox.status, n: count() })
      .from(t.outbox)
      .where(sql`${t.outbox.status} in ('failed', 'expired')`)
      .groupBy(t.outbox.status),
  )
  const stuckCount = prepare(
    'count_stuck',
    db.select({ n: count() }).from(t.inbox).where(sql`${t.inbox.stuck} is not null`),
  )
  const orphans = prepare(
    'count_orphans',
    db.select({ n: count() }).from(t.attempts).where(sql`${t.attempts.outboundId} is null`),
  )
  const fact = prepare(
    'fact',
    db
      .select({ value: t.facts.value })
      .from(t.facts)
      .where(eq(t.facts.key, slot('key'))),
  )

  async function counts(now: Date): Promise<Counts> {
    const ms = now.getTime()
    const lost = new Map((await given.execute()).map((row) => [row.status, Number(row.n)]))
    return {
      stuck: Number((await stuckCount.execute())[0]?.n ?? 0),
      orphanReceipts: Number((await orphans.execute())[0]?.n ?? 0),
      complaints: Object.fromEntries(
        (await byState.execute()).map((row) => [oneOf(STATES, row.state), Number(row.n)]),
      ),
      overdue: Object.fromEntries(
        (await overdue.execute({ now: ms })).map((row) => [oneOf(CLOCKS, row.name), Number(row.n)]),
      ),
      pending: Object.fromEntries(
        (await pending.execute()).map((row) => {
          const oldestSeconds = Math.max(0, Math.floor((ms - Number(row.oldest ?? ms)) / 1000))
          return [oneOf(CHANNELS, row.channel), { count: Number(row.n), oldestSeconds }]
        }),
      ),
      failed: lost.get('failed') ?? 0,
      expired: lost.get('expired') ?? 0,
    }
  }

  const getFact = async (key: string) => (await fact.execute({ key }))[0]?.value ?? null

  return { counts, getFact }
}

export function operatingWrites({ db, t, prepare }: Source) {
  const put = prepare(
    'set_fact',
    db
      .insert(t.facts)
      .values(slots('key', 'value'))
      .onConflictDoUpdate({ target: t.facts.key, set: { value: sql`excluded.value` } }),
  )
  const putNew = prepare(
    'new_fact',
    db
      .insert(t.facts)
      .values(slots('key', 'value'))
      .onConflictDoNothing()
      .returning({ key: t.facts.key }),
  )
  const swap = prepare(
    'swap_fact',
    db
      .update(t.facts)
      .set({ value: given('value') })
      .where(and(eq(t.facts.key, slot('key')), eq(t.facts.value, slot('expected'))))
      .returning({ key: t.facts.key }),
  )
  const fact = prepare(
    'written_fact',
    db
      .select({ value: t.facts.value })
      .from(t.facts)
      .where(eq(t.facts.key, slot('key'))),
  )

  async function setFacts(entries: Readonly<Record<string, string>>): Promise<void> {
    for (const [key, value] of Object.entries(entries)) await put.execute({ key, value })
  }

  async function swapFact(key: string, expected: string | null, value: string): Promise<boolean> {
    const swapped =
      expected === null
        ? await putNew.execute({ key, value })
        : await swap.execute({ key, expected, value })
    return swapped.length > 0
  }

  async function ping(now: Date): Promise<void> {
    const value = String(now.getTime())
    await put.execute({ key: PING, value })
    if ((await fact.execute({ key: PING }))[0]?.value !== value)
      throw new Error('the store did not keep what was just written')
  }

  return { setFacts, swapFact, ping }
}
