// Writes one changed complaint: its row, its clocks, its history. Guarded by the version it was decided on.
// Every turn, move and step of the schedule comes through here.

import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Complaint, HistoryEvent, MoveName } from '../../complaints/complaint.ts'
import { clockValues, complaintValues, earliestDue } from '../rows.ts'
import { ANSWER_KIND, type ClockRecord, type ComplaintChange, type TurnOutcome } from '../store.ts'
import { waiting } from './outbox.ts'
import { given, type Source, slot, slots, slotsOf } from './source.ts'
import { wordQueries } from './words.ts'

/** Moves whose note is addressed to the citizen and told by STATUS. */
const TO_CITIZEN: readonly MoveName[] = ['update', 'answer', 'hold', 'close']

export function changeQueries(source: Source) {
  const { db, t, prepare } = source
  const { strip } = wordQueries(source)
  const complaintColumns = getTableColumns(t.complaints)
  const insertComplaint = prepare(
    'insert_complaint',
    db
      .insert(t.complaints)
      .values(slotsOf(complaintColumns))
      .onConflictDoNothing()
      .returning({ ticket: t.complaints.ticket }),
  )
  const updateComplaint = prepare(
    'update_complaint',
    db
      .update(t.complaints)
      .set({
        ...expressionsOf(Object.keys(slotsOf(complaintColumns, ...NOT_UPDATED))),
        answerAt: sql`case when ${given('keepAnswer')} = 1 then ${t.complaints.answerAt}
          else ${given('answerAt')} end`,
        lostToldAt: sql`case when ${given('keepAnswer')} = 1 then ${t.complaints.lostToldAt}
          else null end`,
      })
      .where(
        and(
          eq(t.complaints.ticket, slot('ticket')),
          eq(t.complaints.version, slot('expectVersion')),
        ),
      )
      .returning({ ticket: t.complaints.ticket, cutAt: t.complaints.cutAt }),
  )
  const setLastWords = prepare(
    'set_last_words',
    db
      .update(t.complaints)
      .set({
        lastNoteEvent: sql`coalesce(${given('note')}, ${t.complaints.lastNoteEvent})`,
        lastAnswerEvent: sql`coalesce(${given('answer')}, ${t.complaints.lastAnswerEvent})`,
      })
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const dropClocks = prepare(
    'drop_clocks',
    db.delete(t.clocks).where(eq(t.clocks.ticket, slot('ticket'))),
  )
  const insertClock = prepare(
    'insert_clock',
    db.insert(t.clocks).values(slotsOf(getTableColumns(t.clocks))),
  )
  const dropClock = prepare(
    'drop_clock',
    db
      .delete(t.clocks)
      .where(and(eq(t.clocks.ticket, slot('ticket')), eq(t.clocks.name, slot('name')))),
  )
  const clockAsDecided = prepare(
    'clock_as_decided',
    db
      .select({ version: t.complaints.version, nextAt: t.clocks.nextAt })
      .from(t.complaints)
      .leftJoin(
        t.clocks,
        and(eq(t.clocks.ticket, t.complaints.ticket), eq(t.clocks.name, slot('name'))),
      )
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const setDue = prepare(
    'set_due',
    db
      .update(t.complaints)
      .set({
        dueAt: given('dueAt'),
        answerAt: sql`case when ${given('replyBegins')} = 1 then null
          else ${t.complaints.answerAt} end`,
      })
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const insertEvent = prepare(
    'insert_event',
    db
      .insert(t.events)
      .values(slots('ticket', 'at', 'move', 'from', 'to', 'role', 'actor', 'detail'))
      .returning({ id: t.events.id }),
  )
  const insertNote = prepare('insert_note', db.insert(t.notes).values(slots('eventId', 'text')))
  const markLost = prepare(
    'mark_lost',
    db
      .update(t.complaints)
      .set({ lostToldAt: given('at') })
      .where(and(eq(t.complaints.ticket, slot('ticket')), isNull(t.complaints.lostToldAt)))
      .returning({ ticket: t.complaints.ticket }),
  )

  /** An answer the citizen has reacted to before it left asks for nothing any more. */
  const withdrawAnswers = prepare(
    'withdraw_answers',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'overtaken' })
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          eq(t.outbox.kind, ANSWER_KIND),
          waiting(t),
          isNull(t.outbox.leaseUntil),
        ),
      ),
  )

  /** `stale` and `ticket-taken` may have written something: the caller undoes it. */
  async function writeChange(change: ComplaintChange, now: Date): Promise<TurnOutcome> {
    const { complaint, events, expectVersion } = change
    const values = { ...complaintValues(complaint), touchedAt: now.getTime() }
    const { ticket } = complaint
    let cutAt: number | null = null
    if (expectVersion === 0) {
      const none = { ...UNTOLD, cutAt: null }
      const [filed] = await insertComplaint.execute({ ...values, ...none })
      if (filed === undefined) return 'ticket-taken'
    } else {
      const given = { ...values, expectVersion, ...answerOf(complaint, events) }
      const [moved] = await updateComplaint.execute(given)
      if (moved === undefined) return 'stale'
      cutAt = moved.cutAt
      await dropClocks.execute({ ticket })
      const wasAnswered = events.some(({ from }) => from === 'answered')
      if (wasAnswered && complaint.state !== 'answered') await withdrawAnswers.execute({ ticket })
    }
    for (const clock of complaint.clocks) await insertClock.execute(clockValues(ticket, clock))
    await writeEvents(ticket, events)
    if (cutAt !== null && ends(change)) await strip(ticket)
    return 'committed'
  }

  async function writeEvents(ticket: string, events: readonly HistoryEvent[]): Promise<void> {
    let note: number | null = null
    let answer: number | null = null
    for (const event of events) {
      const [row] = await insertEvent.execute(eventValues(ticket, event))
      if (row === undefined || event.note === null) continue
      await insertNote.execute({ eventId: row.id, text: event.note })
      if (TO_CITIZEN.includes(event.move)) note = row.id
      if (event.move === 'answer') answer = row.id
    }
    if (note !== null) await setLastWords.execute({ ticket, note, answer })
  }

  /** One clock alone; the version and the old `nextAt` must still stand. */
  async function writeClock(record: ClockRecord): Promise<'committed' | 'stale'> {
    const { ticket, complaint, clock: name } = record
    const [now] = await clockAsDecided.execute({ ticket, name })
    const expected = record.expectNextAt?.getTime() ?? null
    if (now?.version !== record.expectVersion || now.nextAt !== expected) return 'stale'
    await dropClock.execute({ ticket, name })
    for (const clock of complaint.clocks)
      if (clock.name === name) await insertClock.execute(clockValues(ticket, clock))
    const replyBegins = name === 'reply' && expected === null ? 1 : 0
    await setDue.execute({ ticket, dueAt: earliestDue(complaint.clocks), replyBegins })
    return 'committed'
  }

  /** False: somebody was told already. */
  const markAnswerLost = async (ticket: string, now: Date) =>
    (await markLost.execute({ ticket, at: now.getTime() })).length > 0

  return { writeChange, writeClock, markAnswerLost }
}

/** The case is over by this change: nobody needs the words any more of whoever erased themselves. */
function ends({ complaint, events }: ComplaintChange): boolean {
  return complaint.closedAt !== null && events.some(({ from, to }) => from !== to)
}

/** Set by other statements, or never again. */
const NOT_UPDATED = [
  'ticket',
  'filedAt',
  'answerAt',
  'lostToldAt',
  'lastNoteEvent',
  'lastAnswerEvent',
  'cutAt',
] as const

const UNTOLD = { answerAt: null, lostToldAt: null, lastNoteEvent: null, lastAnswerEvent: null }

function expressionsOf(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, given(name)]))
}

/** An answer is on its way until the reply clock begins; a correction while that clock runs is not waited for. */
function answerOf(complaint: Complaint, events: readonly HistoryEvent[]) {
  if (complaint.state !== 'answered') return { keepAnswer: 0, answerAt: null }
  const answer = events.findLast((event) => event.move === 'answer')
  const runs = complaint.clocks.some(
    (clock) => clock.name === 'reply' && ['running', 'paused'].includes(clock.status),
  )
  if (answer === undefined || runs) return { keepAnswer: 1, answerAt: null }
  return { keepAnswer: 0, answerAt: answer.at.getTime() }
}

function eventValues(ticket: string, event: HistoryEvent) {
  return {
    ticket,
    at: event.at.getTime(),
    move: event.move,
    from: event.from,
    to: event.to,
    role: event.role,
    actor: event.actor,
    detail: JSON.stringify(event.detail),
  }
}
