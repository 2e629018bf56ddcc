// Which rows the retention rules may concern, page by page and each page by an index. Reads only.
// A page begins after the last row of the one before, so that a dry run sees the same rows as a real one.

import { and, asc, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { RetentionRules } from '../privacy-port.ts'
import { ERASED_ID_MS } from './erased-ids.ts'
import { waiting } from './outbox.ts'
import { atMost, type Source, slot } from './source.ts'

const DAY_MS = 24 * 3_600_000

/** Last times of what goes, in epoch milliseconds. */
export interface Cutoffs {
  readonly closed: number
  readonly said: number
  readonly erased: number
}

export function cutoffsOf({ identityDays, textDays }: RetentionRules, now: Date): Cutoffs {
  const ms = now.getTime()
  return {
    closed: ms - identityDays * DAY_MS,
    said: ms - textDays * DAY_MS,
    erased: ms - ERASED_ID_MS,
  }
}

/** The key of a row: its time, and what tells it from others of the same time. */
export interface Key {
  readonly at: number
  readonly id: string
}

/** Not after `until`, and behind the key. */
function window(at: SQL, id: SQL): SQL {
  return sql`${at} <= ${slot('until')} and ${at} >= ${slot('at')}
    and (${at} > ${slot('at')} or ${id} > ${slot('id')})`
}

export function retainPages({ db, t, prepare }: Source) {
  const cases = prepare(
    'retain_cases',
    db
      .select({ at: sql<number>`${t.complaints.closedAt}`, id: t.complaints.ticket })
      .from(t.complaints)
      .where(
        and(
          sql`${t.complaints.closedAt} is not null and ${t.complaints.cutAt} is null`,
          window(sql`${t.complaints.closedAt}`, sql`${t.complaints.ticket}`),
        ),
      )
      .orderBy(asc(t.complaints.closedAt), asc(t.complaints.ticket))
      .limit(atMost('limit')),
  )
  const inbox = prepare(
    'retain_inbox',
    db
      .select({
        at: t.inbox.receivedAt,
        id: t.inbox.id,
        account: t.inbox.account,
        providerId: t.inbox.providerId,
      })
      .from(t.inbox)
      .where(
        and(
          sql`${t.inbox.ticket} is null and ${t.inbox.text} is not null`,
          // Nobody has read it yet: it may be a complaint.
          isNull(t.inbox.stuck),
          window(sql`${t.inbox.receivedAt}`, sql`${t.inbox.id}`),
        ),
      )
      .orderBy(asc(t.inbox.receivedAt), asc(t.inbox.id))
      .limit(atMost('limit')),
  )
  const outbox = prepare(
    'retain_outbox',
    db
      .select({ at: t.outbox.createdAt, id: t.outbox.id })
      .from(t.outbox)
      .where(
        and(
          sql`${t.outbox.ticket} is null and ${t.outbox.text} <> ''`,
          sql`${t.outbox.status} <> 'pending'`,
          window(sql`${t.outbox.createdAt}`, sql`${t.outbox.id}`),
        ),
      )
      .orderBy(asc(t.outbox.createdAt), asc(t.outbox.id))
      .limit(atMost('limit')),
  )
  const ids = prepare(
    'retain_ids',
    db
      .select({ at: t.erasedIds.at, id: t.erasedIds.digest })
      .from(t.erasedIds)
      .where(window(sql`${t.erasedIds.at}`, sql`${t.erasedIds.digest}`))
      .orderBy(asc(t.erasedIds.at), asc(t.erasedIds.digest))
      .limit(atMost('limit')),
  )
  const receipts = prepare(
    'retain_receipts',
    db
      .select({ at: t.attempts.at, id: t.attempts.providerId, account: t.attempts.account })
      .from(t.attempts)
      .where(
        and(
          sql`${t.attempts.outboundId} is null`,
          window(sql`${t.attempts.at}`, sql`${t.attempts.providerId}`),
        ),
      )
      .orderBy(asc(t.attempts.at), asc(t.attempts.providerId))
      .limit(atMost('limit')),
  )
  const lastHeard = sql<number>`coalesce(${t.addresses.lastInAt}, ${t.addresses.createdAt})`
  /** A complaint that is not parted from its people in the same run. */
  const holding = db
    .select({ one: sql<number>`1` })
    .from(t.links)
    .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
    .where(
      and(
        eq(t.links.personId, t.addresses.personId),
        or(
          isNull(t.complaints.closedAt),
          sql`${t.complaints.closedAt} > ${slot('closed')}`,
          sql`${t.complaints.cutAt} is not null`,
        ),
      ),
    )
    // The newest most likely holds; who has two hundred has one looked at.
    .orderBy(desc(t.links.linkedAt))
    .limit(atMost('one'))
  const addresses = prepare(
    'retain_addresses',
    db
      .select({
        at: lastHeard,
        goes: sql<number>`case when ${lastHeard} <= ${slot('until')} and not exists ${holding}
          then 1 else 0 end`,
        id: t.addresses.id,
        personId: t.addresses.personId,
        digest: t.addresses.digest,
        sealed: t.addresses.sealed,
        blockedAt: t.addresses.blockedAt,
      })
      .from(t.addresses)
      .where(gt(t.addresses.id, slot('id')))
      .orderBy(asc(t.addresses.id))
      .limit(atMost('limit')),
  )
  const expecting = prepare(
    'retain_expecting',
    db
      .select({ one: sql<number>`1` })
      .from(t.outbox)
      .where(and(waiting(t), eq(t.outbox.addressId, slot('id'))))
      .limit(atMost('one')),
  )

  const unread = prepare(
    'retain_unread',
    db
      .select({ one: sql<number>`1` })
      .from(t.inbox)
      .where(and(eq(t.inbox.addressId, slot('id')), sql`${t.inbox.stuck} is not null`))
      .limit(atMost('one')),
  )

  const enrolled = prepare(
    'retain_enrolled',
    db
      .select({ one: sql<number>`1` })
      .from(t.staffAddresses)
      .where(eq(t.staffAddresses.addressId, slot('id'))),
  )

  /** Whether somebody still needs this address, though no complaint holds it: on duty, unread, or on its way. */
  async function isHeld(id: string): Promise<boolean> {
    if ((await enrolled.execute({ id })).length > 0) return true
    if ((await unread.execute({ id, one: 1 })).length > 0) return true
    return (await expecting.execute({ id, one: 1 })).length > 0
  }

  return { pages: { cases, inbox, outbox, ids, receipts, addresses }, isHeld }
}
