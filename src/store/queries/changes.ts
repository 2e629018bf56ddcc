// Writes one changed complaint: its row, its clocks, its history. Guarded by the version, and the clocks, it was decided on.
// Every turn and every move comes through here.

import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { HistoryEvent, MoveName } from '../../complaints/complaint.ts'
import type { ComplaintChange } from '../case-port.ts'
import { complaintValues } from '../complaint-rows.ts'
import { flag } from '../rows.ts'
import type { TurnOutcome } from '../turn-port.ts'
import { awaitedBy } from './awaited.ts'
import { clockRewriting } from './clock-rewriting.ts'
import { given, inOrder, plain, type Source, slot, slots, slotsOf } from './source.ts'
import { takingBack } from './taking-back.ts'
import type { Wipes } from './wipes.ts'
import { wordQueries } from './words.ts'

/** Moves whose note is addressed to the citizen and told by STATUS. */
const TO_CITIZEN: readonly MoveName[] = ['update', 'answer', 'hold', 'close']

type Refused = Exclude<TurnOutcome, 'committed'>

export function changeQueries(source: Source, wipes: Wipes) {
  const { db, t, prepare } = source
  const { strip } = wordQueries(source)
  const { dropStep, beginSteps } = clockRewriting(source)
  const { withdrawAnswers, hush } = takingBack(source)
  const complaintColumns = getTableColumns(t.complaints)
  /** The one just written: whoever changes a complaint holds its row. So nobody waits to be told its number. */
  const newestEvent = sql`(select max(${t.events.id}) from ${t.events}
    where ${t.events.ticket} = ${slot('ticket')})`
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
        lastNoteEvent: newestEvent,
        lastAnswerEvent: sql`case when ${given('answers')} = 1 then ${newestEvent}
          else ${t.complaints.lastAnswerEvent} end`,
      })
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const insertEvent = prepare(
    'insert_event',
    db
      .insert(t.events)
      .values(slots('ticket', 'at', 'move', 'from', 'to', 'role', 'actor', 'detail')),
  )
  const insertNote = prepare(
    'insert_note',
    db.insert(t.notes).values({ eventId: newestEvent, text: slot('text') }),
  )
  const markLost = prepare(
    'mark_lost',
    db
      .update(t.complaints)
      .set({ lostToldAt: given('at') })
      .where(and(eq(t.complaints.ticket, slot('ticket')), isNull(t.complaints.lostToldAt)))
      .returning({ ticket: t.complaints.ticket }),
  )

  /** `stale` and `ticket-taken` may have written something: the caller undoes it. */
  async function writeChange(change: ComplaintChange, now: Date): Promise<Refused | null> {
    const { complaint, events, expectVersion, expectClocks } = change
    const values = { ...complaintValues(complaint), touchedAt: now.getTime() }
    const { ticket } = complaint
    let cut = false
    const file = async () => {
      const [filed] = await insertComplaint.execute({ ...values, ...UNTOLD, cutAt: null })
      return filed === undefined ? 'ticket-taken' : null
    }
    const move = async () => {
      const given = { ...values, expectVersion, ...awaitedBy(complaint, events) }
      const [moved] = await updateComplaint.execute(given)
      cut = moved !== undefined && moved.cutAt !== null
      return moved === undefined ? 'stale' : null
    }
    const reacted = complaint.state !== 'answered' && events.some(({ from }) => from === 'answered')
    const refused = await inOrder<Refused>(source, [
      ...(expectVersion === 0 ? [file] : [move, dropStep(ticket, expectClocks)]),
      ...(reacted ? [plain(() => withdrawAnswers(ticket))] : []),
      ...(hides(change) ? [plain(() => hush(ticket))] : []),
      ...beginSteps(ticket, complaint.clocks),
      ...events.flatMap((event) => eventSteps(ticket, event)),
    ])
    if (refused === null && cut && ends(change)) {
      await strip(ticket)
      wipes.note()
    }
    return refused
  }

  function eventSteps(ticket: string, event: HistoryEvent) {
    const { note: text, move } = event
    const write = plain(() => insertEvent.execute(eventValues(ticket, event)))
    if (text === null) return [write]
    const note = plain(() => insertNote.execute({ ticket, text }))
    if (!TO_CITIZEN.includes(move)) return [write, note]
    const answers = flag(move === 'answer')
    return [write, note, plain(() => setLastWords.execute({ ticket, answers }))]
  }

  /** False: somebody was told already. */
  const markAnswerLost = async (ticket: string, now: Date) =>
    (await markLost.execute({ ticket, at: now.getTime() })).length > 0

  return { writeChange, markAnswerLost }
}

/** The case is over by this change: nobody needs the words any more of whoever erased themselves. */
function ends({ complaint, events }: ComplaintChange): boolean {
  return complaint.closedAt !== null && events.some(({ from, to }) => from !== to)
}

function hides({ events }: ComplaintChange): boolean {
  return events.some(({ detail }) => detail.confidential === true)
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
