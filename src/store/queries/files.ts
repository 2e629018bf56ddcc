// A complaint with its history and its messages, one or a page of them. Reads only.
// Pages go from the newest filed to the oldest; `after` is the ticket the last page ended with.

import { and, asc, count, desc, eq, inArray, lt, notLike, or, type SQL } from 'drizzle-orm'
import type { Complaint } from '../../complaints/complaint.ts'
import type { CaseFile, CaseHistory, ComplaintQuery } from '../case-port.ts'
import { type ComplaintRow, complaintOf } from '../complaint-rows.ts'
import { filesFrom, historiesFrom } from '../file-rows.ts'
import { type Source, slot } from './source.ts'

/** Kinds that go to those who must act, even where one of them is the reporter too. */
const PINGS = 'ping%'

export function fileQueries({ db, t, prepare }: Source) {
  const byTicket = prepare(
    'complaint_by_ticket',
    db
      .select()
      .from(t.complaints)
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const clocksOf = prepare(
    'clocks_by_ticket',
    db
      .select()
      .from(t.clocks)
      .where(eq(t.clocks.ticket, slot('ticket'))),
  )

  async function complaint(ticket: string): Promise<Complaint | null> {
    const [[row], clocks] = await Promise.all([
      byTicket.execute({ ticket }),
      clocksOf.execute({ ticket }),
    ])
    return row === undefined ? null : complaintOf(row, clocks)
  }

  const clocksIn = (which: SQL) => db.select().from(t.clocks).where(which)
  const historyIn = (which: SQL) =>
    db
      .select({ event: t.events, note: t.notes.text })
      .from(t.events)
      .leftJoin(t.notes, eq(t.notes.eventId, t.events.id))
      .where(which)
      .orderBy(asc(t.events.id))
  const joinedIn = (which: SQL) =>
    db
      .select({ ticket: t.links.ticket, n: count() })
      .from(t.links)
      .where(and(which, eq(t.links.support, 1)))
      .groupBy(t.links.ticket)
  const heardIn = (which: SQL) =>
    db
      .select({
        ticket: t.inbox.ticket,
        at: t.inbox.receivedAt,
        channel: t.inbox.channel,
        text: t.inbox.text,
      })
      .from(t.inbox)
      .where(which)
      .orderBy(asc(t.inbox.receivedAt))
  /** What the citizens were told; pings to others, and supporters, are left out. */
  const toldIn = (which: SQL) =>
    db
      .select({
        ticket: t.outbox.ticket,
        at: t.outbox.createdAt,
        channel: t.outbox.channel,
        text: t.outbox.text,
        kind: t.outbox.kind,
        status: t.outbox.status,
      })
      .from(t.outbox)
      .innerJoin(t.addresses, eq(t.addresses.id, t.outbox.addressId))
      .innerJoin(
        t.links,
        and(
          eq(t.links.ticket, t.outbox.ticket),
          eq(t.links.personId, t.addresses.personId),
          eq(t.links.support, 0),
        ),
      )
      .where(and(which, notLike(t.outbox.kind, PINGS)))
      .orderBy(asc(t.outbox.seq))

  // One file is looked at with every command of an officer; building its statements would cost more than asking.
  const ticketSlot = slot('ticket')
  const one = {
    history: prepare('file_history', historyIn(eq(t.events.ticket, ticketSlot))),
    joined: prepare('file_joined', joinedIn(eq(t.links.ticket, ticketSlot))),
    heard: prepare('file_heard', heardIn(eq(t.inbox.ticket, ticketSlot))),
    told: prepare('file_told', toldIn(eq(t.outbox.ticket, ticketSlot))),
  }

  async function caseFile(ticket: string): Promise<CaseFile | null> {
    const [rows, clocks, history, joined, heard, told] = await Promise.all([
      byTicket.execute({ ticket }),
      clocksOf.execute({ ticket }),
      one.history.execute({ ticket }),
      one.joined.execute({ ticket }),
      one.heard.execute({ ticket }),
      one.told.execute({ ticket }),
    ])
    return filesFrom(rows, { clocks, history, joined, heard, told })[0] ?? null
  }

  async function caseHistory(ticket: string): Promise<CaseHistory | null> {
    const [rows, clocks, history, joined] = await Promise.all([
      byTicket.execute({ ticket }),
      clocksOf.execute({ ticket }),
      one.history.execute({ ticket }),
      one.joined.execute({ ticket }),
    ])
    return historiesFrom(rows, { clocks, history, joined })[0] ?? null
  }

  async function complaints(query: ComplaintQuery) {
    const { after, limit } = query
    const before = after === undefined ? [] : await byTicket.execute({ ticket: after })
    if (after !== undefined && before.length === 0) return { files: [], next: null }
    const rows = await db
      .select()
      .from(t.complaints)
      .where(and(...conditions(query), ...before.map(filedBefore)))
      .orderBy(desc(t.complaints.filedAt), desc(t.complaints.ticket))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const next = rows.length > limit ? (page.at(-1)?.ticket ?? null) : null
    return { files: await filesOf(page), next }
  }

  function conditions({ state, agency, dueBefore }: ComplaintQuery): SQL[] {
    const wanted: SQL[] = []
    if (state !== undefined) wanted.push(eq(t.complaints.state, state))
    if (agency !== undefined) wanted.push(eq(t.complaints.agency, agency))
    if (dueBefore !== undefined) wanted.push(lt(t.complaints.dueAt, dueBefore.getTime()))
    return wanted
  }

  function filedBefore(row: ComplaintRow): SQL | undefined {
    const { filedAt, ticket } = t.complaints
    return or(lt(filedAt, row.filedAt), and(eq(filedAt, row.filedAt), lt(ticket, row.ticket)))
  }

  /** Five statements for a whole page; not prepared, since the number of tickets varies. */
  async function filesOf(rows: readonly ComplaintRow[]): Promise<readonly CaseFile[]> {
    const tickets = rows.map((row) => row.ticket)
    if (tickets.length === 0) return []
    const [clocks, history, joined, heard, told] = await Promise.all([
      clocksIn(inArray(t.clocks.ticket, tickets)),
      historyIn(inArray(t.events.ticket, tickets)),
      joinedIn(inArray(t.links.ticket, tickets)),
      heardIn(inArray(t.inbox.ticket, tickets)),
      toldIn(inArray(t.outbox.ticket, tickets)),
    ])
    return filesFrom(rows, { clocks, history, joined, heard, told })
  }

  return { complaint, caseFile, caseHistory, complaints }
}
