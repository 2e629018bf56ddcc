// Complaints of a span of days, page by page, for the export. Reads only, along the index of filing.
// A page is a statement of its own: a long export keeps no old state of the database alive.

import { and, asc, lt, sql } from 'drizzle-orm'
import type { FiledComplaint, FiledQuery } from '../case-port.ts'
import { complaintOf } from '../complaint-rows.ts'
import { dateOrNull } from '../rows.ts'
import { atMost, type Source, slot } from './source.ts'

export function exportReads({ db, t, prepare }: Source) {
  const filed = prepare(
    'filed_between',
    db
      .select()
      .from(t.complaints)
      .where(
        and(
          sql`(${t.complaints.filedAt}, ${t.complaints.ticket}) > (${slot('at')}, ${slot('ticket')})`,
          lt(t.complaints.filedAt, slot('until')),
        ),
      )
      .orderBy(asc(t.complaints.filedAt), asc(t.complaints.ticket))
      .limit(atMost('limit')),
  )

  async function filedBetween(query: FiledQuery): Promise<readonly FiledComplaint[]> {
    const { since, until, after, limit } = query
    const rows = await filed.execute({
      at: (after?.filedAt ?? since).getTime(),
      ticket: after?.ticket ?? '',
      until: until.getTime(),
      limit,
    })
    return rows.map((row) => ({ complaint: complaintOf(row, []), dueAt: dateOrNull(row.dueAt) }))
  }

  return { filedBetween }
}
