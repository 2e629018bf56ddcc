// Takes back what waits to be told of a case and must be told no more: overtaken answers, and what has become confidential.
// Only what nobody has in hand: what is being sent is said already.

import { and, eq, isNull, sql } from 'drizzle-orm'
import { ANSWER_KIND, SUPPORT_KIND } from '../outbox-port.ts'
import { type Source, slot } from './source.ts'

export function takingBack({ db, t, prepare }: Source) {
  /** An answer the citizen has reacted to before it left asks for nothing any more. */
  const overtaken = prepare(
    'withdraw_answers',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'overtaken' })
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          eq(t.outbox.kind, ANSWER_KIND),
          // Shut to the indexes of what waits: PostgreSQL would look through all of it for one complaint's.
          sql`(${t.outbox.status} || '') = 'pending'`,
          isNull(t.outbox.leaseUntil),
        ),
      ),
  )

  /**
   * Of what has become confidential neither a group nor those who only joined it hear, nor what the night has put off.
   * Whose complaint was merged into it hears no words either; where it stands they are told with this very change.
   */
  const hushed = prepare(
    'hush_confidential',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'confidential' })
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          sql`(${t.outbox.status} || '') = 'pending'`,
          sql`(${t.outbox.kind} = ${sql.raw(`'${SUPPORT_KIND}'`)} or exists (select 1
            from staff_addresses ours where ours.address_id = ${t.outbox.addressId} and ours.is_group = 1)
            or exists (select 1 from links heard join addresses home on home.person_id = heard.person_id
              where heard.ticket = ${t.outbox.ticket} and home.id = ${t.outbox.addressId}
                and heard.via is not null and heard.support = 0))`,
          isNull(t.outbox.leaseUntil),
        ),
      ),
  )

  return {
    withdrawAnswers: (ticket: string) => overtaken.execute({ ticket }),
    hush: (ticket: string) => hushed.execute({ ticket }),
  }
}
