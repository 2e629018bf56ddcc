// Who has a message in hand: one process at a time settles it or hears a receipt of it.
// SQLite has one writer and holds nothing.

import { and, eq, sql } from 'drizzle-orm'
import { given, type Source, slot } from './source.ts'

export function holdingQueries({ db, t, prepare, locks, leaseNow, leaseTime }: Source) {
  const leasedNow = prepare(
    'leased_now',
    db
      .select({ id: t.outbox.id })
      .from(t.outbox)
      .where(and(eq(t.outbox.id, slot('id')), sql`${t.outbox.leaseUntil} > ${leaseNow}`)),
  )
  const waitForId =
    locks === null
      ? null
      : prepare(
          'wait_for_id',
          db.select({ got: locks.waitForName(given('name')) }).from(sql`(select 1) one`),
        )
  /**
   * From here on nobody else tells of these provider ids. Before the message itself is held, always: two that wait
   * for each other would both be late.
   */
  async function holdIds(account: string, providerIds: readonly string[]): Promise<void> {
    if (waitForId === null) return
    const names = [...providerIds].sort().map((id) => `${account} ${id}`)
    await Promise.all(names.map((name) => waitForId.execute({ name })))
  }

  /** Whether a sender has it in hand. */
  const inHand = async (id: string, now: Date) =>
    (await leasedNow.execute({ id, leaseNow: leaseTime(now) })).length > 0

  return { holdIds, inHand }
}
