// A complaint with its history and its messages, one or a page of them. Reads only.
// Pages go from the newest filed to the oldest; `after` is the ticket the last page ended with.

import { and, asc, count, desc, eq, inArray, lt, notLike, or, type SQL } from 'drizzle-orm'
import type { Complaint } from '../../complaints/complaint.ts'
import type { CaseFile, CaseMessage, ComplaintQuery } from '../case-port.ts'
import { type ComplaintRow, complaintOf, eventOf } from '../complaint-rows.ts'
import { CHANNELS, dateOf, OUTBOUND, oneOf } from '../rows.ts'
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

  async function caseFile(ticket: string): Promise<CaseFile | null> {
    const rows = await byTicket.execute({ ticket })
    return (await filesOf(rows))[0] ?? null
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

  /** Five statements for a whole page; not since the number of tickets varies. */
  async function filesOf(rows: readonly ComplaintRow[]): Promise<readonly CaseFile[]> {
    const tickets = rows.map((row) => row.ticket)
    if (tickets.length === 0) return []
    const [clocks, history, messages, joined] = await Promise.all([
      db.select().from(t.clocks).where(inArray(t.clocks.ticket, tickets)),
      historyOf(tickets),
      messagesOf(tickets),
      joinedTo(tickets),
    ])
    return rows.map((row) => ({
      complaint: complaintOf(
        row,
        clocks.filter((clock) => clock.ticket === row.ticket),
      ),
      history: history
        .filter(({ event }) => event.ticket === row.ticket)
        .map(({ event, note }) => eventOf(event, note)),
      messages: messages.filter(({ ticket }) => ticket === row.ticket).map(({ said }) => said),
      supporters: Number(joined.find(({ ticket }) => ticket === row.ticket)?.n ?? 0),
    }))
  }

  const historyOf = (tickets: string[]) =>
    db
      .select({ event: t.events, note: t.notes.text })
      .from(t.events)
      .leftJoin(t.notes, eq(t.notes.eventId, t.events.id))
      .where(inArray(t.events.ticket, tickets))
      .orderBy(asc(t.events.id))

  const joinedTo = (tickets: string[]) =>
    db
      .select({ ticket: t.links.ticket, n: count() })
      .from(t.links)
      .where(and(inArray(t.links.ticket, tickets), eq(t.links.support, 1)))
      .groupBy(t.links.ticket)

  /** What the citizens wrote and what they were told, in order of time; pings to others, and supporters, are left out. */
  async function messagesOf(
    tickets: readonly string[],
  ): Promise<readonly { ticket: string | null; said: CaseMessage }[]> {
    const inbound = await db
      .select({
        ticket: t.inbox.ticket,
        at: t.inbox.receivedAt,
        channel: t.inbox.channel,
        text: t.inbox.text,
      })
      .from(t.inbox)
      .where(inArray(t.inbox.ticket, [...tickets]))
      .orderBy(asc(t.inbox.receivedAt))
    const outbound = await db
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
      .where(and(inArray(t.outbox.ticket, [...tickets]), notLike(t.outbox.kind, PINGS)))
      .orderBy(asc(t.outbox.seq))
    const said = [
      ...inbound.map((row) => saidOf({ ...row, kind: 'message', status: null })),
      ...outbound.map(saidOf),
    ]
    return said.sort((a, b) => a.said.at.getTime() - b.said.at.getTime())
  }

  return { complaint, caseFile, complaints }
}

function saidOf(row: {
  readonly ticket: string | null
  readonly at: number
  readonly channel: string
  readonly text: string | null
  readonly kind: string
  readonly status: string | null
}): { ticket: string | null; said: CaseMessage } {
  const said: CaseMessage = {
    at: dateOf(row.at),
    direction: row.status === null ? 'in' : 'out',
    kind: row.kind,
    channel: oneOf(CHANNELS, row.channel),
    text: row.text,
    status: row.status === null ? null : oneOf(OUTBOUND, row.status),
  }
  return { ticket: row.ticket, said }
}
