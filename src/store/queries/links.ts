// Who may see and hears of a complaint: one row for each person, which is never written over.

import { flag } from '../rows.ts'
import type { NewLink } from '../turn-port.ts'
import { type Source, slots } from './source.ts'

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

  return { link }
}
