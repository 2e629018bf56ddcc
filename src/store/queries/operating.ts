// What the process remembers, and a trial write. Each reads and writes one small row.

import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { given, type Source, slot, slots } from './source.ts'

const PING = 'ping'

export function operatingReads({ db, t, prepare }: Source) {
  const fact = prepare(
    'fact',
    db
      .select({ value: t.facts.value })
      .from(t.facts)
      .where(eq(t.facts.key, slot('key'))),
  )

  const getFact = async (key: string) => (await fact.execute({ key }))[0]?.value ?? null

  async function getFacts(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = await Promise.all(keys.map(getFact))
    return new Map(
      keys.flatMap((key, place) => {
        const value = values[place]
        return value == null ? [] : [[key, value] as const]
      }),
    )
  }

  /** Both databases compare keys by their bytes, and no key holds the last character there is. */
  const under = prepare(
    'facts_under',
    db
      .select({ key: t.facts.key, value: t.facts.value })
      .from(t.facts)
      .where(and(gte(t.facts.key, slot('prefix')), lt(t.facts.key, slot('end')))),
  )

  async function factsUnder(prefix: string): Promise<ReadonlyMap<string, string>> {
    const rows = await under.execute({ prefix, end: `${prefix}\u{10ffff}` })
    return new Map(rows.map(({ key, value }) => [key, value]))
  }

  return { getFact, getFacts, factsUnder }
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

  const drop = prepare('drop_fact', db.delete(t.facts).where(eq(t.facts.key, slot('key'))))

  async function setFacts(entries: Readonly<Record<string, string | null>>): Promise<void> {
    for (const [key, value] of Object.entries(entries))
      await (value === null ? drop.execute({ key }) : put.execute({ key, value }))
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
