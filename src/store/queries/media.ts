// Attachments: written with the turn that brought them, leased to be fetched, settled, told of.
// A digest stands in the row before its file is in the folder, so that erasing the row always finds the file.

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import { type Address, MEDIA_REFUSALS } from '../../message.ts'
import type { LeasedMedia, MediaNews, MediaSettlement, NewMedia } from '../media-port.ts'
import { dateOf, MEDIA_KINDS, mediaRefOf, oneOf, positionOf } from '../rows.ts'
import type { TurnRecord } from '../turn-port.ts'
import { wipeQueries } from './media-wipes.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, given, plain, type Source, slot, slots } from './source.ts'

/** As constants, not parameters: only then does SQLite use the partial index. */
const toDo = (t: Source['t']) =>
  sql`${t.media.nextAt} is not null and ${t.media.nextAt} <= ${slot('now')}`

export function mediaReads({ db, t, seal, prepare }: Source) {
  const newsRows = prepare(
    'media_news',
    db
      .select({ row: t.media, sealed: t.addresses.sealed })
      .from(t.media)
      .innerJoin(t.addresses, eq(t.addresses.id, t.media.addressId))
      .where(and(sql`${t.media.status} in ('stored', 'refused')`, toDo(t)))
      .orderBy(asc(t.media.nextAt))
      .limit(atMost('limit')),
  )

  async function mediaNews(now: Date, limit: number): Promise<readonly MediaNews[]> {
    const rows = await newsRows.execute({ now: now.getTime(), limit })
    return rows.map(({ row, sealed }) => {
      const position = positionOf(row.position)
      return {
        id: row.id,
        address: seal.open(sealed, ADDRESS_PURPOSE) as Address,
        account: row.account,
        kind: oneOf(MEDIA_KINDS, row.kind),
        handle: row.handle,
        ticket: row.ticket,
        news:
          row.status === 'stored' && position !== null
            ? { type: 'position', position }
            : { type: 'refused', reason: oneOf(MEDIA_REFUSALS, row.reason ?? '') },
      }
    })
  }

  return { mediaNews }
}

/** What a turn writes of them; one without attachments asks for nothing. */
export function mediaOfTurn({ db, t, prepare }: Source) {
  const insert = prepare(
    'insert_media',
    db
      .insert(t.media)
      .values({
        ...slots('id', 'account', 'providerId', 'part', 'addressId', 'ticket', 'kind', 'handle'),
        ...slots('ref', 'receivedAt', 'nextAt', 'until'),
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

  const wanted = ({ inbound, addressId, now }: TurnRecord, { id, part, ref, until }: NewMedia) =>
    insert.execute({
      ...{ id, part, addressId, kind: ref.kind, handle: ref.id, ref: JSON.stringify(ref) },
      account: inbound?.message.account,
      providerId: inbound?.message.providerId,
      ticket: inbound?.ticket ?? null,
      receivedAt: inbound?.receivedAt.getTime(),
      nextAt: now.getTime(),
      until: until.getTime(),
    })

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
      ...attaches.map(({ ticket, handle }) =>
        plain(() => attach.execute({ ticket, handle, addressId })),
      ),
    ]
  }

  return { mediaSteps }
}

export function mediaWrites(source: Source, newId: NewId) {
  const { db, t, prepare, locks } = source
  const { wipe, wipeNow, unwipe, leaseWipes, wiped } = wipeQueries(source)
  const dueRows = db
    .select({ id: t.media.id })
    .from(t.media)
    .where(and(sql`${t.media.status} = 'wanted'`, toDo(t)))
    .orderBy(asc(t.media.nextAt))
    .limit(atMost('limit'))
  const due = prepare('media_due', locks === null ? dueRows : locks.skipLocked(dueRows, t.media))
  const take = prepare(
    'take_media',
    db
      .update(t.media)
      .set({
        lease: given('lease'),
        nextAt: given('until'),
        attempts: sql`${t.media.attempts} + 1`,
      })
      .where(eq(t.media.id, slot('id')))
      .returning(),
  )
  const ours = and(eq(t.media.id, slot('id')), eq(t.media.lease, slot('lease')))
  const heldRow = db.select({ digest: t.media.digest }).from(t.media).where(ours)
  const held = prepare('held_media', locks === null ? heldRow : locks.hold(heldRow))
  const claim = prepare(
    'claim_media',
    db
      .update(t.media)
      .set({ digest: given('digest') })
      .where(ours),
  )
  const settle = prepare(
    'settle_media',
    db
      .update(t.media)
      .set({
        status: given('status'),
        reason: given('reason'),
        tell: given('tell'),
        nextAt: given('nextAt'),
        digest: given('digest'),
        contentType: given('contentType'),
        bytes: given('bytes'),
        position: given('position'),
        lease: null,
      })
      .where(ours),
  )

  async function leaseMedia(
    now: Date,
    leaseForMs: number,
    limit: number,
  ): Promise<readonly LeasedMedia[]> {
    const found = await due.execute({ now: now.getTime(), limit })
    const leased: LeasedMedia[] = []
    for (const { id } of found) {
      const lease = newId()
      const [row] = await take.execute({ id, lease, until: now.getTime() + leaseForMs })
      if (row === undefined) continue
      leased.push({
        ...{ id, lease, account: row.account, ref: mediaRefOf(row.ref) },
        attempts: row.attempts - 1,
        receivedAt: dateOf(row.receivedAt),
        until: dateOf(row.until),
      })
    }
    return leased
  }

  async function claimMedia(id: string, lease: string, digest: string, now: Date) {
    const [row] = await held.execute({ id, lease })
    if (row === undefined) return 'gone'
    if (row.digest !== null && row.digest !== digest) await wipe(row.digest, now.getTime())
    await claim.execute({ id, lease, digest })
    return (await unwipe(digest, now.getTime())) ? 'ours' : 'busy'
  }

  async function settleMedia(
    id: string,
    lease: string,
    settlement: MediaSettlement,
    { digest: claimed, now }: { readonly digest: string | null; readonly now: Date },
  ): Promise<boolean> {
    const [row] = await held.execute({ id, lease })
    if (row === undefined) {
      if (claimed !== null) await wipeNow(claimed, now.getTime())
      return false
    }
    const values = settledValues(settlement, row.digest, now.getTime())
    if (row.digest !== null && values.digest === null) await wipe(row.digest, now.getTime())
    await settle.execute({ id, lease, ...values })
    return true
  }

  return { leaseMedia, claimMedia, settleMedia, leaseWipes, wiped }
}

function settledValues(settlement: MediaSettlement, digest: string | null, nowMs: number) {
  const nothing = { contentType: null, bytes: null, position: null, digest: null }
  switch (settlement.status) {
    case 'stored': {
      const { status, contentType, bytes, position } = settlement
      const tell = position === null ? 0 : 1
      const place = position === null ? null : JSON.stringify(position)
      const next = { tell, nextAt: position === null ? null : nowMs }
      return { status, reason: null, ...next, digest, contentType, bytes, position: place }
    }
    case 'refused':
      return { ...nothing, status: 'refused', reason: settlement.reason, tell: 1, nextAt: nowMs }
    case 'retry': {
      const nextAt = settlement.retryAt.getTime()
      return { ...nothing, status: 'wanted', reason: settlement.reason, tell: 0, nextAt, digest }
    }
  }
}
