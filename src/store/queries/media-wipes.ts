// Files that nobody needs any more: noted in the transaction that removed their row, removed from the folder after it.
// While one process removes a file no other may store the same one, and what is stored again is not removed.

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { atMost, given, type Source, slot, slots } from './source.ts'

export function wipeQueries({ db, t, prepare }: Source) {
  const wipes = t.mediaWipes
  const note = prepare(
    'note_wipe',
    db.insert(wipes).values(slots('digest', 'at')).onConflictDoNothing(),
  )
  const noteNow = prepare(
    'note_wipe_now',
    db
      .insert(wipes)
      .values(slots('digest', 'at'))
      .onConflictDoUpdate({ target: wipes.digest, set: { at: sql`excluded.at` } }),
  )
  const idle = sql`(${wipes.until} is null or ${wipes.until} <= ${slot('now')})`
  const keep = prepare(
    'keep_file',
    db.delete(wipes).where(and(eq(wipes.digest, slot('digest')), idle)),
  )
  const noted = prepare(
    'noted_wipe',
    db
      .select({ digest: wipes.digest })
      .from(wipes)
      .where(eq(wipes.digest, slot('digest'))),
  )
  const due = prepare(
    'wipes_due',
    db
      .select({ digest: wipes.digest })
      .from(wipes)
      .where(and(sql`${wipes.at} <= ${slot('now')}`, idle))
      .orderBy(asc(wipes.at))
      .limit(atMost('limit')),
  )
  const needed = sql`exists (select 1 from ${t.media} where ${t.media.digest} = ${wipes.digest})`
  const take = prepare(
    'take_wipe',
    db
      .update(wipes)
      .set({ until: given('until') })
      .where(and(eq(wipes.digest, slot('digest')), idle, sql`not ${needed}`))
      .returning({ digest: wipes.digest }),
  )
  const drop = prepare('drop_wipe', db.delete(wipes).where(eq(wipes.digest, slot('digest'))))

  /** Removed later, unless a row needs it then. */
  const wipe = (digest: string, at: number) => note.execute({ digest, at })

  /** The same, whatever was noted before: whoever could still put it in place has. */
  const wipeNow = (digest: string, now: number) => noteNow.execute({ digest, at: now })

  /** It is to be stored, so it is not to be removed; false while somebody removes it. */
  async function unwipe(digest: string, now: number): Promise<boolean> {
    await keep.execute({ digest, now })
    return (await noted.execute({ digest })).length === 0
  }

  async function leaseWipes(now: Date, forMs: number, limit: number): Promise<readonly string[]> {
    const at = now.getTime()
    const ours: string[] = []
    for (const { digest } of await due.execute({ now: at, limit })) {
      const taken = await take.execute({ digest, now: at, until: at + forMs })
      if (taken.length > 0) ours.push(digest)
      else await keep.execute({ digest, now: at })
    }
    return ours
  }

  async function wiped(digest: string): Promise<void> {
    await drop.execute({ digest })
  }

  return { wipe, wipeNow, unwipe, leaseWipes, wiped }
}

/** Removes rows, noting their files; `how` names the queries of the one who asks. */
export function mediaRemovals({ db, t, prepare }: Source) {
  // Whoever fetches it just now may put the file in place as long as the lease lasts.
  const notBefore = sql<number>`case when ${t.media.lease} is not null and ${t.media.nextAt} > ${slot('now')}
    then ${t.media.nextAt} else ${slot('now')} end`
  const removal = (name: string, which: ReturnType<typeof and>) => {
    const files = sql`select ${t.media.digest}, ${notBefore}, null from ${t.media}
      where ${which} and ${t.media.digest} is not null`
    const note = prepare(
      `note_files_${name}`,
      db.insert(t.mediaWipes).select(files).onConflictDoNothing(),
    )
    const drop = prepare(
      `drop_media_${name}`,
      db.delete(t.media).where(which).returning({ digest: t.media.digest, ticket: t.media.ticket }),
    )
    return async (values: Record<string, unknown>, now: number): Promise<void> => {
      await note.execute({ ...values, now })
      for (const { digest, ticket } of await drop.execute(values))
        if (digest !== null && ticket !== null) await unname.execute({ digest, ticket })
    }
  }
  // A message keeps the places of what went with it, and loses their names: which of them went is counted by place.
  const unname = prepare(
    'unname_file',
    db
      .update(t.outbox)
      .set({ attachments: sql`replace(${t.outbox.attachments}, ${slot('digest')}, '')` })
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          sql`${t.outbox.attachments} <> '[]'`,
          sql`not exists (select 1 from ${t.media} where ${t.media.digest} = ${slot('digest')})`,
        ),
      ),
  )
  const byAddress = removal('of', eq(t.media.addressId, slot('id')))
  const ownOf = removal('own_of', and(eq(t.media.addressId, slot('id')), isNull(t.media.duty)))
  const byTicket = removal('about', eq(t.media.ticket, slot('ticket')))
  const byMessage = removal(
    'with',
    and(
      eq(t.media.account, slot('account')),
      eq(t.media.providerId, slot('providerId')),
      sql`${t.media.ticket} is null`,
    ),
  )
  return {
    /** All that came in from this address. */
    ofAddress: (id: string, now: number) => byAddress({ id }, now),
    /** All but what came in for their duty. */
    ownOf: (id: string, now: number) => ownOf({ id }, now),
    ofTicket: (ticket: string, now: number) => byTicket({ ticket }, now),
    /** Of one message, unless a complaint has it by now. */
    ofMessage: (account: string, providerId: string, now: number) =>
      byMessage({ account, providerId }, now),
  }
}
