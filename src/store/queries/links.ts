// Who may see and hears of a complaint: one row for each person, which is never written over.

import { and, eq, sql } from 'drizzle-orm'
import type { Following } from '../../complaints/following.ts'
import { flag } from '../rows.ts'
import type { NewLink } from '../turn-port.ts'
import { type Source, slot, slots } from './source.ts'

export function linkQueries({ db, t, prepare }: Source) {
  const insertLink = prepare(
    'insert_link',
    db
      .insert(t.links)
      .values(slots('ticket', 'personId', 'reporter', 'via', 'support', 'linkedAt', 'lastWordAt'))
      .onConflictDoNothing(),
  )

  const link = (
    ticket: string,
    personId: string,
    { reporter, support }: Pick<NewLink, 'reporter' | 'support'>,
    via: string | null,
    now: Date,
  ) => {
    const at = now.getTime()
    return insertLink.execute({
      ticket,
      personId,
      reporter: flag(reporter),
      via,
      support: flag(support === true),
      linkedAt: at,
      lastWordAt: at,
    })
  }

  const linksOf = prepare(
    'links_of',
    db
      .select({ personId: t.links.personId, support: t.links.support })
      .from(t.links)
      .where(eq(t.links.ticket, slot('ticket'))),
  )
  const unfollow = prepare(
    'unfollow',
    db
      .delete(t.links)
      .where(and(eq(t.links.ticket, slot('ticket')), sql`${t.links.via} = ${slot('from')}`)),
  )

  async function follow({ ticket, from, off }: Following, now: Date): Promise<void> {
    if (off === true) {
      await unfollow.execute({ ticket, from })
      return
    }
    for (const { personId, support } of await linksOf.execute({ ticket: from }))
      await link(ticket, personId, { reporter: false, support: support === 1 }, from, now)
  }

  return { link, follow }
}
