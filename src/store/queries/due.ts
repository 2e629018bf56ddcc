// What the schedule has to look at: clocks whose moment came, answers that arrived or were lost. Reads only.
// Only running clocks and open answers are in these indexes, so a long history costs nothing.

import { and, asc, eq, sql } from 'drizzle-orm'
import type { Complaint } from '../../complaints/complaint.ts'
import { CLOCKS } from '../../complaints/complaint.ts'
import type { DueClock } from '../clock-port.ts'
import { type ClockRow, type ComplaintRow, complaintOf } from '../complaint-rows.ts'
import { ANSWER_KIND, HOLD_KIND } from '../outbox-port.ts'
import { dateOf, oneOf } from '../rows.ts'
import { atMost, type Source, slot } from './source.ts'

export function dueQueries({ db, t, prepare, lookedUp }: Source) {
  const due = db
    .select({ ticket: t.clocks.ticket, name: t.clocks.name, at: t.clocks.nextAt })
    .from(t.clocks)
    .where(and(sql`${t.clocks.status} = 'running'`, sql`${t.clocks.nextAt} <= ${slot('now')}`))
    .orderBy(asc(t.clocks.nextAt), asc(t.clocks.ticket))
    .limit(atMost('limit'))
    .as('due')
  // A row for each clock of each complaint that is due: in one query, not in one more for each of them. How many are
  // due is known to no statistics, and PostgreSQL went through all complaints for the sake of a hundredth of them.
  const clocksDue = prepare(
    'clocks_due',
    db
      .select({ name: due.name, complaint: t.complaints, clock: t.clocks })
      .from(due)
      .innerJoin(t.complaints, lookedUp(t.complaints.ticket, due.ticket))
      .innerJoin(t.clocks, lookedUp(t.clocks.ticket, due.ticket))
      .orderBy(asc(due.at), asc(due.ticket)),
  )
  const clocksOf = prepare(
    'clocks_of_due',
    db
      .select()
      .from(t.clocks)
      .where(eq(t.clocks.ticket, slot('ticket'))),
  )
  const answerRows = sql`from outbox where outbox.ticket = ${t.complaints.ticket}
    and outbox.kind = case when ${t.complaints.state} = 'held' then ${HOLD_KIND} else ${ANSWER_KIND} end
    and outbox.created_at >= ${t.complaints.answerAt}`
  const arrived = sql<number | null>`(select min(outbox.sent_at) ${answerRows}
    and outbox.status in ('sent', 'delivered', 'read'))`
  const delivered = prepare(
    'answers_delivered',
    db
      .select({ complaint: t.complaints, acceptedAt: arrived })
      .from(t.complaints)
      .where(
        and(
          sql`${t.complaints.answerAt} is not null`,
          sql`${t.complaints.state} <> 'held'`,
          sql`${arrived} is not null`,
        ),
      )
      .orderBy(asc(t.complaints.answerAt))
      .limit(atMost('limit')),
  )
  const lost = prepare(
    'answers_lost',
    db
      .select()
      .from(t.complaints)
      .where(
        and(
          sql`${t.complaints.answerAt} is not null`,
          sql`${t.complaints.lostToldAt} is null`,
          sql`not exists (select 1 ${answerRows}
            and (outbox.status not in ('failed', 'expired') or outbox.pass_on = 'wanted'))`,
        ),
      )
      .orderBy(asc(t.complaints.answerAt))
      .limit(atMost('limit')),
  )

  const asked = prepare(
    'asked_due',
    db
      .select()
      .from(t.complaints)
      .where(sql`${t.complaints.askedUntil} <= ${slot('now')}`)
      .orderBy(asc(t.complaints.askedUntil), asc(t.complaints.ticket))
      .limit(atMost('limit')),
  )

  const whole = async (row: ComplaintRow): Promise<Complaint> =>
    complaintOf(row, await clocksOf.execute({ ticket: row.ticket }))

  async function dueClocks(now: Date, limit: number): Promise<readonly DueClock[]> {
    const found = new Map<string, { row: ComplaintRow; name: string; clocks: ClockRow[] }>()
    for (const { name, complaint, clock } of await clocksDue.execute({
      now: now.getTime(),
      limit,
    })) {
      const key = `${complaint.ticket} ${name}`
      const one = found.get(key)
      if (one === undefined) found.set(key, { row: complaint, name, clocks: [clock] })
      else one.clocks.push(clock)
    }
    return [...found.values()].map(({ row, name, clocks }) => ({
      complaint: complaintOf(row, clocks),
      clock: oneOf(CLOCKS, name),
    }))
  }

  async function answersDelivered(limit: number) {
    const answer = async (row: { complaint: ComplaintRow; acceptedAt: number | null }) => ({
      complaint: await whole(row.complaint),
      acceptedAt: dateOf(Number(row.acceptedAt)),
    })
    return Promise.all((await delivered.execute({ limit })).map(answer))
  }

  async function answersLost(limit: number): Promise<readonly Complaint[]> {
    return Promise.all((await lost.execute({ limit })).map(whole))
  }

  async function askedDue(now: Date, limit: number): Promise<readonly Complaint[]> {
    return Promise.all((await asked.execute({ now: now.getTime(), limit })).map(whole))
  }

  return { dueClocks, answersDelivered, answersLost, askedDue }
}
