// Attachments as a turn writes them: with the message that brought them, linked to a complaint, told of.
// One that comes again, by a replay or an edit, has one row.

import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { NewMedia } from '../media-port.ts'
import type { TurnRecord } from '../turn-port.ts'
import { given, plain, type Source, slot, slots } from './source.ts'

/** What a turn writes of them; one without attachments asks for nothing. */
export function mediaOfTurn({ db, t, prepare }: Source) {
  const insert = prepare(
    'insert_media',
    db
      .insert(t.media)
      .values({
        ...slots('id', 'account', 'providerId', 'part', 'addressId', 'ticket', 'kind', 'handle'),
        ...slots('ref', 'receivedAt', 'nextAt', 'until', 'duty'),
        status: 'wanted',
        tell: 0,
        attempts: 0,
      })
      // A stuck message is decided again: then it is known where its attachments belong.
      .onConflictDoUpdate({
        target: [t.media.account, t.media.providerId, t.media.part],
        set: { ticket: sql`coalesce(${t.media.ticket}, excluded.ticket)` },
      }),
  )
  const known = prepare(
    'known_media',
    db
      .select({ id: t.media.id })
      .from(t.media)
      .where(and(eq(t.media.addressId, slot('addressId')), eq(t.media.handle, slot('handle')))),
  )
  const attach = prepare(
    'attach_media',
    db
      .update(t.media)
      .set({ ticket: given('ticket') })
      .where(
        and(
          eq(t.media.addressId, slot('addressId')),
          eq(t.media.handle, slot('handle')),
          isNull(t.media.ticket),
        ),
      ),
  )
  // Where an officer's picture was taken is asked of nobody.
  const untold = sql`${t.media.position} is not null`
  const attachDuty = prepare(
    'attach_media_of_duty',
    db
      .update(t.media)
      .set({
        ticket: given('ticket'),
        duty: given('duty'),
        tell: sql`case when ${untold} then 0 else ${t.media.tell} end`,
        nextAt: sql`case when ${untold} then null else ${t.media.nextAt} end`,
        position: null,
      })
      .where(
        and(
          eq(t.media.addressId, slot('addressId')),
          eq(t.media.handle, slot('handle')),
          or(isNull(t.media.ticket), eq(t.media.ticket, slot('ticket'))),
          sql`coalesce(${t.media.duty}, 'keep') = 'keep'`,
        ),
      ),
  )
  const tell = prepare(
    'tell_media',
    db
      .update(t.media)
      // Whoever was asked about the place has said whether it may be used: nothing else keeps it.
      .set({ tell: 0, nextAt: null, position: null })
      .where(and(eq(t.media.id, slot('id')), eq(t.media.tell, 1)))
      .returning({ id: t.media.id }),
  )

  /** Somebody else has told it, or there is nobody to be told any more: `duplicate`. */
  async function told(id: string): Promise<'duplicate' | null> {
    return (await tell.execute({ id })).length === 0 ? 'duplicate' : null
  }

  const wanted = (turn: TurnRecord, { id, part, ref, until, duty }: NewMedia) => {
    const { inbound, addressId, now } = turn
    return insert.execute({
      ...{
        id,
        part,
        addressId,
        duty: duty ?? null,
        kind: ref.kind,
        handle: ref.id,
        ref: JSON.stringify(ref),
      },
      account: inbound?.message.account,
      providerId: inbound?.message.providerId,
      ticket: inbound?.ticket ?? null,
      receivedAt: inbound?.receivedAt.getTime(),
      nextAt: now.getTime(),
      until: until.getTime(),
    })
  }

  /** An edited message brings its attachments again: each is fetched, and told of, once. */
  async function again(turn: TurnRecord, one: NewMedia): Promise<void> {
    const { inbound, addressId } = turn
    const handle = one.ref.id
    const isNew = (await known.execute({ addressId, handle })).length === 0
    const ticket = inbound?.ticket ?? null
    if (isNew) await wanted(turn, one)
    else if (ticket !== null) await attach.execute({ ticket, handle, addressId })
  }

  function mediaSteps(turn: TurnRecord) {
    const { inbound, addressId, media = [], attaches = [], toldMedia = null } = turn
    return [
      ...(toldMedia === null ? [] : [() => told(toldMedia)]),
      ...(inbound === null ? [] : media).map((one) =>
        plain(() => (inbound?.message.edits == null ? wanted(turn, one) : again(turn, one))),
      ),
      ...attaches.map(({ ticket, handle, duty }) =>
        plain(() =>
          duty === undefined
            ? attach.execute({ ticket, handle, addressId })
            : attachDuty.execute({ ticket, handle, addressId, duty }),
        ),
      ),
    ]
  }

  return { mediaSteps }
}
