// What the process remembers, and a trial write. Each reads and writes one small row.

import { and, eq, sql } from 'drizzle-orm'
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

  return { getFact }
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
