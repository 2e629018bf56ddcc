// Which complaint a quoted message was about, ours or theirs. Reads only.
// Somebody else's complaint is never found.

import { and, eq } from 'drizzle-orm'
import { type Source, slot } from './source.ts'

export function quotedQueries({ db, t, prepare }: Source) {
  const aboutOurs = prepare(
    'about_ours',
    db
      .select({ ticket: t.links.ticket })
      .from(t.attempts)
      .innerJoin(t.outbox, eq(t.outbox.id, t.attempts.outboundId))
      .innerJoin(t.links, eq(t.links.ticket, t.outbox.ticket))
      .where(
        and(
          eq(t.attempts.account, slot('account')),
          eq(t.attempts.providerId, slot('providerId')),
          eq(t.links.personId, slot('person')),
        ),
      ),
  )
  const aboutTheirs = prepare(
    'about_theirs',
    db
      .select({ ticket: t.links.ticket })
      .from(t.inbox)
      .innerJoin(t.links, eq(t.links.ticket, t.inbox.ticket))
      .where(
        and(
          eq(t.inbox.account, slot('account')),
          eq(t.inbox.providerId, slot('providerId')),
          eq(t.links.personId, slot('person')),
        ),
      ),
  )

  async function quoted(personId: string, account: string, providerId: string) {
    const key = { person: personId, account, providerId }
    const [[ours], [theirs]] = await Promise.all([aboutOurs.execute(key), aboutTheirs.execute(key)])
    return (ours ?? theirs)?.ticket ?? null
  }

  return { quoted }
}
