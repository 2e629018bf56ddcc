// Attachments as they are fetched: leased, claimed by their digest, settled.
// A digest stands in the row before its file is in the folder, so that erasing the row always finds the file.

import { and, asc, eq, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import type { LeasedMedia, MediaSettlement } from '../media-port.ts'
import { dateOf, mediaRefOf } from '../rows.ts'
import { wipeQueries } from './media-wipes.ts'
import { atMost, given, type Source, slot } from './source.ts'

/** Its time has come. As constants, not parameters: only then does SQLite use the partial index. */
export const toDo = (t: Source['t']) =>
  sql`${t.media.nextAt} is not null and ${t.media.nextAt} <= ${slot('now')}`

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
  const heldRow = db
    .select({ digest: t.media.digest, duty: t.media.duty })
    .from(t.media)
    .where(ours)
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
    const values = settledValues(placeless(settlement, row.duty), row.digest, now.getTime())
    if (row.digest !== null && values.digest === null) await wipe(row.digest, now.getTime())
    await settle.execute({ id, lease, ...values })
    return true
  }

  return { leaseMedia, claimMedia, settleMedia, leaseWipes, wiped }
}

/** Where an officer's picture was taken is asked of nobody. */
function placeless(settlement: MediaSettlement, duty: string | null): MediaSettlement {
  return settlement.status === 'stored' && duty !== null
    ? { ...settlement, position: null }
    : settlement
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
