// Hands out the head of each lane, to one process at a time.
// A lane is (address, lane); inside it nothing leaves before what stands in front of it is done with.

import { and, asc, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import { type Address, LANGUAGES } from '../../message.ts'
import type { Lane, Leased } from '../outbox-port.ts'
import { choicesOf, dateOf, dateOrNull, enclosuresOf, LANES, oneOf } from '../rows.ts'
import { AS_TEMPLATE } from './kinds.ts'
import { waiting } from './outbox.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { wordsToSay } from './secrets.ts'
import { atMost, given, type Source, slot, type Values } from './source.ts'

export function leasingQueries(source: Source, newId: NewId) {
  const { db, t, seal, prepare, leaseNow, leaseTime, locks } = source
  // Shut to PostgreSQL's indexes: while it believes that little waits, it looks through the whole lane of everybody
  // for each row instead of through the person's. Measured with 20,000 waiting: 950 ms a lease; so it takes 9 ms.
  const aheadLane = locks === null ? sql`ahead.lane` : sql`(ahead.lane || '')`
  /** Nothing that is due stands in front of it in its lane, and nothing of its lane is in hand. */
  const isHead = and(
    waiting(t),
    lte(t.outbox.readyAt, slot('now')),
    sql`not exists (select 1 from outbox ahead where ahead.status = 'pending'
      and ahead.address_id = ${t.outbox.addressId} and ${aheadLane} = ${t.outbox.lane}
      and ahead.due_at <= ${slot('now')}
      and (ahead.seq < ${t.outbox.seq} or ahead.lease_until > ${leaseNow}))`,
  )
  const laneName = sql`${t.outbox.addressId} || ' ' || ${t.outbox.lane}`
  const headRows = db
    .select({
      row: t.outbox,
      personId: t.addresses.personId,
      sealed: t.addresses.sealed,
      language: t.addresses.language,
      heardAt: t.addresses.lastInAt,
      heardBy: t.addresses.account,
      closed: t.closedAccounts.account,
      ours: locks === null ? sql<number>`1` : locks.tryName(laneName),
    })
    .from(t.outbox)
    .innerJoin(t.addresses, eq(t.addresses.id, t.outbox.addressId))
    .leftJoin(
      t.closedAccounts,
      and(
        eq(t.closedAccounts.addressId, t.outbox.addressId),
        eq(t.closedAccounts.account, t.outbox.account),
      ),
    )
    .where(and(isHead, eq(t.outbox.lane, slot('lane'))))
    // In the order of the index: a long queue costs no more than a short one. Measured: sorted by
    // place in the queue, a lease took 12 ms with 10,000 rows waiting; so it takes 1 ms.
    .orderBy(asc(t.outbox.readyAt), asc(t.outbox.seq))
    .limit(atMost('limit'))
  const heads = prepare(
    'lane_heads',
    locks === null ? headRows : locks.skipLocked(headRows, t.outbox),
  )
  const taking = (which: SQL | undefined) =>
    db
      .update(t.outbox)
      .set({
        lease: given('lease'),
        leaseUntil: sql`${leaseNow} + ${given('forMs')}`,
        readyAt: given('readyAt'),
      })
      .where(and(eq(t.outbox.seq, slot('seq')), which))
  const take = locks === null ? prepare('take_lease', taking(undefined)) : null
  // Between finding a head and holding its lane somebody else may have leased from that lane: looked at again.
  const takeHead = prepare('take_head', taking(isHead).returning({ seq: t.outbox.seq }))

  /** False: it is the head no more. */
  async function taken(values: Values): Promise<boolean> {
    if (take === null) return (await takeHead.execute(values)).length > 0
    await take.execute(values)
    return true
  }

  /** Replies before notices, each longest ready first. */
  async function leaseDue(
    now: Date,
    leaseForMs: number,
    limit: number,
    lane?: Lane,
  ): Promise<readonly Leased[]> {
    if (lane !== undefined) return leaseIn(lane, now, leaseForMs, limit)
    const replies = await leaseIn('reply', now, leaseForMs, limit)
    const room = limit - replies.length
    if (room === 0) return replies
    return [...replies, ...(await leaseIn('notice', now, leaseForMs, room))]
  }

  async function leaseIn(
    lane: Lane,
    now: Date,
    leaseForMs: number,
    limit: number,
  ): Promise<readonly Leased[]> {
    const at = { now: now.getTime(), leaseNow: leaseTime(now) }
    const rows = await heads.execute({ ...at, limit, lane })
    const readyAt = at.now + leaseForMs
    const leased = await Promise.all(
      rows.map(async (found) => {
        if (Number(found.ours) !== 1) return []
        const lease = newId()
        const { seq } = found.row
        const mine = await taken({ ...at, seq, lease, forMs: leaseForMs, readyAt })
        return mine ? [leasedOf(found, lease)] : []
      }),
    )
    return leased.flat()
  }

  function leasedOf(head: HeadRow, lease: string): Leased {
    const { row, personId, sealed, closed, heardBy } = head
    return {
      id: row.id,
      addressId: row.addressId,
      personId,
      address: seal.open(sealed, ADDRESS_PURPOSE) as Address,
      account: row.account,
      lane: oneOf(LANES, row.lane),
      kind: row.kind,
      ticket: row.ticket,
      text: wordsToSay(row, seal),
      choices: choicesOf(row.choices),
      attachments: enclosuresOf(row.attachments),
      segments: row.segments,
      nextPart: row.nextPart,
      attempts: row.attempts,
      createdAt: dateOf(row.createdAt),
      expiresAt: dateOf(row.expiresAt),
      closed: closed !== null,
      language: oneOf(LANGUAGES, head.language),
      heardAt: dateOrNull(head.heardAt),
      heardBy,
      asTemplate: row.passOn === AS_TEMPLATE,
      lease,
    }
  }

  return { leaseDue }
}

interface HeadRow {
  readonly row: Source['t']['outbox']['$inferSelect']
  readonly personId: string
  readonly sealed: string
  readonly language: string
  readonly heardAt: number | null
  readonly heardBy: string | null
  /** The account, where it is closed for this address. */
  readonly closed: string | null
}
