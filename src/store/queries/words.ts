// The words of a complaint whose reporter is gone: masked while it is open, away once it is over.
// What stays is said in docs/privacy.md: ticket, class, category, kelurahan, agency, moves and times.

import { and, eq, inArray, sql } from 'drizzle-orm'
import { maskNumbers } from '../../complaints/privacy.ts'
import { SECRET_KIND } from '../outbox-port.ts'
import { given, type Source, slot } from './source.ts'

export function wordQueries({ db, t, prepare }: Source) {
  /** The next version: a change that was decided on the words as they were is stale. */
  const cut = prepare(
    'cut_complaint',
    db
      .update(t.complaints)
      .set({ version: sql`${t.complaints.version} + 1`, cutAt: given('at') })
      .where(eq(t.complaints.ticket, slot('ticket')))
      .returning({
        closedAt: t.complaints.closedAt,
        text: t.complaints.text,
        place: t.complaints.placeText,
      }),
  )
  const setWords = prepare(
    'set_words',
    db
      .update(t.complaints)
      .set({ text: given('text'), placeText: given('place') })
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const notesOf = prepare(
    'notes_of',
    db
      .select({ eventId: t.notes.eventId, text: t.notes.text })
      .from(t.events)
      .innerJoin(t.notes, eq(t.notes.eventId, t.events.id))
      .where(eq(t.events.ticket, slot('ticket'))),
  )
  const setNote = prepare(
    'set_note',
    db
      .update(t.notes)
      .set({ text: given('text') })
      .where(eq(t.notes.eventId, slot('eventId'))),
  )
  const eventsOf = db
    .select({ id: t.events.id })
    .from(t.events)
    .where(eq(t.events.ticket, slot('ticket')))
  const dropNotes = prepare(
    'drop_notes',
    db.delete(t.notes).where(inArray(t.notes.eventId, eventsOf)),
  )
  const dropWords = prepare(
    'drop_words',
    db
      .update(t.complaints)
      .set({ text: null, placeText: null, lat: null, lon: null, cutAt: null })
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const said = db
    .select({ id: t.events.id })
    .from(t.events)
    .innerJoin(t.notes, eq(t.notes.eventId, t.events.id))
    .where(
      and(
        eq(t.events.ticket, slot('ticket')),
        eq(t.events.role, 'citizen'),
        sql`(${t.events.at} = ${slot('at')} or ${t.notes.text} = ${slot('text')})`,
      ),
    )
  const dropSaid = prepare('drop_said', db.delete(t.notes).where(inArray(t.notes.eventId, said)))

  /** What waits goes as it was said, within minutes. */
  const gone = sql`${t.outbox.status} <> 'pending'`
  // What those who act were answered about it: the words in it are the reporter's, and LIHAT tells what may still be told.
  const emptyAnswers = prepare(
    'empty_desk_answers',
    db
      .update(t.outbox)
      .set({ text: sql`''` })
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          eq(t.outbox.kind, 'reply'),
          gone,
          sql`not exists (select 1 from links heard join addresses at_home on at_home.person_id = heard.person_id
            where heard.ticket = ${t.outbox.ticket} and at_home.id = ${t.outbox.addressId})`,
        ),
      ),
  )
  const shownAt = prepare(
    'contact_shown_at',
    db
      .select({ at: t.audit.at })
      .from(t.audit)
      .where(and(eq(t.audit.ticket, slot('ticket')), eq(t.audit.action, 'show-contact'))),
  )
  // A line of the trail has the time of the answer that showed it, which belongs to no complaint.
  const emptyContact = prepare(
    'empty_contact',
    db
      .update(t.outbox)
      .set({ text: sql`''` })
      .where(
        and(
          sql`${t.outbox.ticket} is null and ${t.outbox.text} <> ''`,
          eq(t.outbox.createdAt, slot('at')),
          gone,
          sql`(${t.outbox.kind} = ${sql.raw(`'${SECRET_KIND}'`)} or ${t.outbox.text} like '%' || ${slot('ticket')} || '%')`,
        ),
      ),
  )

  /** What the desk was told of it, and where its people can be reached. */
  async function hushDesk(ticket: string): Promise<void> {
    await emptyAnswers.execute({ ticket })
    for (const { at } of await shownAt.execute({ ticket }))
      await emptyContact.execute({ ticket, at })
  }

  async function mask(ticket: string, text: string | null, place: string | null): Promise<void> {
    await setWords.execute({ ticket, text: masked(text), place: masked(place) })
    for (const note of await notesOf.execute({ ticket })) {
      const hidden = maskNumbers(note.text)
      if (hidden !== note.text) await setNote.execute({ eventId: note.eventId, text: hidden })
    }
  }

  /** All words of a case that is over. `cutAt` is free again: retention still has to part it from those who joined it. */
  async function strip(ticket: string): Promise<void> {
    await emptyAnswers.execute({ ticket })
    await dropNotes.execute({ ticket })
    await dropWords.execute({ ticket })
  }

  /** Its reporter takes back what they said. `true`: it is open, and keeps its masked words until it is over. */
  async function takeBack(ticket: string, at: number): Promise<boolean> {
    const [row] = await cut.execute({ ticket, at })
    if (row === undefined) return false
    const open = row.closedAt === null
    if (open) await mask(ticket, row.text, row.place)
    else await strip(ticket)
    return open
  }

  /** Nobody is known any more who filed it or heard of it: retention. */
  async function close(ticket: string, at: number): Promise<void> {
    const [row] = await cut.execute({ ticket, at })
    if (row !== undefined) await mask(ticket, row.text, row.place)
  }

  /** What somebody said in a case that others filed. An event has the time of the message that made it. */
  const dropNotesSaid = (ticket: string, at: number, text: string) =>
    dropSaid.execute({ ticket, at, text })

  return { takeBack, close, strip, hushDesk, dropNotesSaid }
}

function masked(text: string | null): string | null {
  return text === null ? null : maskNumbers(text)
}
