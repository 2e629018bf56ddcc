// Leases for what only one process may do at a time: the schedule, later the pollers and binds of an account.
// They end by the database's own clock, so that no process's clock can prolong or cut one.

import { and, eq, sql } from 'drizzle-orm'
import { type Source, slot } from './source.ts'

export function leaseQueries({ db, t, prepare, dbNow }: Source) {
  const free = sql`${t.leases.until} <= ${dbNow}`
  const take = prepare(
    'take_named_lease',
    db
      .insert(t.leases)
      .values({
        name: slot('name'),
        holder: slot('holder'),
        token: 1,
        until: sql`${dbNow} + ${slot('forMs')}`,
      })
      .onConflictDoUpdate({
        target: t.leases.name,
        set: {
          holder: sql`excluded.holder`,
          until: sql`excluded.until`,
          // Only a holder who never lost it keeps the token.
          token: sql`${t.leases.token} + case when ${free} then 1 else 0 end`,
        },
        setWhere: sql`${t.leases.holder} = excluded.holder or ${free}`,
      })
      .returning({ token: t.leases.token }),
  )
  // The row stays, or the next token would begin at 1 again.
  const release = prepare(
    'release_named_lease',
    db
      .update(t.leases)
      .set({ until: 0 })
      .where(and(eq(t.leases.name, slot('name')), eq(t.leases.holder, slot('holder')))),
  )

  async function takeLease(name: string, holder: string, forMs: number): Promise<number | null> {
    const [row] = await take.execute({ name, holder, forMs })
    return row === undefined ? null : Number(row.token)
  }

  async function releaseLease(name: string, holder: string): Promise<void> {
    await release.execute({ name, holder })
  }

  return { takeLease, releaseLease }
}
