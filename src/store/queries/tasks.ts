// What waits for an agency or for the coordinators, the most pressing first. Reads only.
// Found and put in order by one index of open cases; only those of the page are read whole.

import { and, asc, count, desc, eq, isNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { Complaint } from '../../complaints/complaint.ts'
import type { TaskList, TaskQuery } from '../staff-port.ts'
import { atMost, type Source, slot } from './source.ts'

/** After so many returns the coordinator decides. */
const TOO_OFTEN = 3

/**
 * Somebody has to act on them; what is answered waits for its citizen. In the words of `complaints_open`: only then is
 * that index read alone.
 */
export function toAct(t: Source['t']): SQL {
  return sql`${t.complaints.state} in ('received', 'held', 'assigned', 'in_progress')`
}

export function taskQueries(
  { db, t, prepare }: Source,
  complaint: (ticket: string) => Promise<Complaint | null>,
) {
  const { agency, state, urgent, handOffs, dueAt, ticket, holder } = t.complaints
  const pressing = [
    sql`case when ${state} = 'held' then 1 else 0 end`,
    desc(urgent),
    sql`case when ${handOffs} >= ${sql.raw(String(TOO_OFTEN))} then 0 else 1 end`,
    sql`case when ${dueAt} is null then 1 else 0 end`,
    asc(dueAt),
    asc(ticket),
  ]
  const list = (name: string, whose?: SQL) => ({
    page: prepare(
      `tasks_${name}`,
      db
        .select({ ticket })
        .from(t.complaints)
        .where(and(whose, toAct(t)))
        .orderBy(...pressing)
        .limit(atMost('limit'))
        .offset(atMost('offset')),
    ),
    total: prepare(
      `tasks_total_${name}`,
      db
        .select({ n: count() })
        .from(t.complaints)
        .where(and(whose, toAct(t))),
    ),
  })
  const ofAgency = list('of_agency', eq(agency, slot('agency')))
  const ofNobody = list('of_nobody', isNull(agency))
  // Groups act on nothing, and whoever cannot be reached knows of nothing. Asked for once, not for each case.
  const manned = sql`${agency} in (select theirs.agency from staff theirs
    join staff_addresses mine on mine.staff_id = theirs.id and mine.is_group = 0
    join addresses reached on reached.id = mine.address_id
    where theirs.agency is not null and theirs.removed_at is null
    and not exists (select 1 from closed_accounts
      where closed_accounts.address_id = reached.id and closed_accounts.account = reached.account))`
  const unattended = list('unattended', or(isNull(agency), not(manned)))
  const ofHolder = list('of_holder', eq(holder, slot('holder')))
  const overdue = list('overdue', and(lt(dueAt, slot('overdueSince')), ne(state, 'held')))
  const ofAll = list('of_all')

  async function tasks(query: TaskQuery): Promise<TaskList> {
    const { page, total } = listFor(query)
    const { offset, limit, overdueSince } = query
    const values = {
      ...{ agency: query.agency, holder: query.holder, limit, offset },
      overdueSince: overdueSince?.getTime(),
    }
    const [rows, [counted]] = await Promise.all([page.execute(values), total.execute(values)])
    const cases = await Promise.all(rows.map((row) => complaint(row.ticket)))
    return {
      cases: cases.filter((one): one is Complaint => one !== null),
      total: Number(counted?.n ?? 0),
    }
  }

  function listFor(query: TaskQuery) {
    if (query.holder !== undefined) return ofHolder
    if (query.overdueSince !== undefined) return overdue
    if (query.agency !== null) return ofAgency
    if (!query.unassigned) return ofAll
    return query.unattended === true ? unattended : ofNobody
  }

  return { tasks }
}
