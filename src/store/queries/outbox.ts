// The outbox's rows: put in, leased lane by lane, expired. What an attempt became is in settle.ts.
// A lane is (address, lane); inside it nothing leaves before what stands in front of it is done with.

import { and, asc, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import type { Address } from '../../message.ts'
import { channelOf } from '../../message.ts'
import { choicesOf, dateOf, LANES, oneOf } from '../rows.ts'
import type { Lane, Leased, NewOutbound } from '../store.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, given, type Source, slot, slots } from './source.ts'

/** Kinds that begin so are for people on duty: their STOP is for what they hear as citizens. */
export const ON_DUTY = 'ping%'

/** As a constant, not a parameter: only then does SQLite use the partial indexes. */
export function waiting(t: Source['t']): SQL {
  return sql`${t.outbox.status} = 'pending'`
}

export function outboxQueries({ db, t, seal, prepare }: Source, newId: NewId) {
  const insert = prepare(
    'insert_outbound',
    db
      .insert(t.outbox)
      .values(
        slots(
          'id',
          'addressId',
          'channel',
          'account',
          'lane',
          'kind',
          'ticket',
          'text',
          'choices',
          'segments',
          'createdAt',
          'dueAt',
          'readyAt',
          'expiresAt',
          'status',
          'nextPart',
          'attempts',
        ),
      ),
  )
  const channelOfAddress = prepare(
    'channel_of_address',
    db
      .select({ channel: t.addresses.channel })
      .from(t.addresses)
      .where(eq(t.addresses.id, slot('id'))),
  )
  const heads = prepare(
    'lane_heads',
    db
      .select({
        row: t.outbox,
        personId: t.addresses.personId,
        sealed: t.addresses.sealed,
        closed: t.closedAccounts.account,
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
      .where(
        and(
          waiting(t),
          lte(t.outbox.readyAt, slot('now')),
          eq(t.outbox.lane, slot('lane')),
          sql`not exists (select 1 from outbox ahead where ahead.status = 'pending'
            and ahead.address_id = ${t.outbox.addressId} and ahead.lane = ${t.outbox.lane}
            and ahead.due_at <= ${slot('now')}
            and (ahead.seq < ${t.outbox.seq} or ahead.lease_until > ${slot('now')}))`,
        ),
      )
      // In the order of the index: a long queue costs no more than a short one. Measured: sorted by
      // place in the queue, a lease took 12 ms with 10,000 rows waiting; so it takes 1 ms.
      .orderBy(asc(t.outbox.readyAt), asc(t.outbox.seq))
      .limit(atMost('limit')),
  )
  const take = prepare(
    'take_lease',
    db
      .update(t.outbox)
      .set({ lease: given('lease'), leaseUntil: given('until'), readyAt: given('until') })
      .where(eq(t.outbox.seq, slot('seq'))),
  )
  const expireOld = prepare(
    'expire_outbound',
    db
      .update(t.outbox)
      .set({ status: 'expired', lease: null, leaseUntil: null, reason: 'expired' })
      .where(
        and(
          waiting(t),
          lte(t.outbox.expiresAt, slot('now')),
          or(isNull(t.outbox.leaseUntil), lte(t.outbox.leaseUntil, slot('now'))),
        ),
      )
      .returning({ id: t.outbox.id }),
  )
  const silence = prepare(
    'silence_notices',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'stopped' })
      .where(
        and(
          waiting(t),
          eq(t.outbox.addressId, slot('addressId')),
          eq(t.outbox.lane, 'notice'),
          sql`${t.outbox.kind} not like ${ON_DUTY}`,
        ),
      ),
  )
  /** `known`: the address the caller has just written, whose channel need not be looked up. */
  async function put(
    messages: readonly NewOutbound[],
    known: { readonly addressId: string; readonly address: Address } | null,
  ): Promise<void> {
    for (const message of messages) {
      const channel =
        message.addressId === known?.addressId
          ? channelOf(known.address)
          : (await channelOfAddress.execute({ id: message.addressId }))[0]?.channel
      if (channel === undefined)
        throw new Error(`message ${message.id} is for an address the store does not know`)
      await insert.execute({ ...message, ...outboundValues(message), channel })
    }
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
    const rows = await heads.execute({ now: now.getTime(), limit, lane })
    const leased: Leased[] = []
    for (const { row, personId, sealed, closed } of rows) {
      const lease = newId()
      await take.execute({ seq: row.seq, lease, until: now.getTime() + leaseForMs })
      leased.push({
        id: row.id,
        addressId: row.addressId,
        personId,
        address: seal.open(sealed, ADDRESS_PURPOSE) as Address,
        account: row.account,
        lane: oneOf(LANES, row.lane),
        kind: row.kind,
        ticket: row.ticket,
        text: row.text,
        choices: choicesOf(row.choices),
        segments: row.segments,
        nextPart: row.nextPart,
        attempts: row.attempts,
        createdAt: dateOf(row.createdAt),
        expiresAt: dateOf(row.expiresAt),
        closed: closed !== null,
        lease,
      })
    }
    return leased
  }

  async function expire(now: Date): Promise<readonly string[]> {
    return (await expireOld.execute({ now: now.getTime() })).map(({ id }) => id)
  }

  const silenceNotices = (addressId: string) => silence.execute({ addressId })

  return { put, leaseDue, expire, silenceNotices }
}

function outboundValues(message: NewOutbound) {
  return {
    choices: JSON.stringify(message.choices),
    createdAt: message.createdAt.getTime(),
    dueAt: message.dueAt.getTime(),
    readyAt: message.dueAt.getTime(),
    expiresAt: message.expiresAt.getTime(),
    status: 'pending',
    nextPart: 0,
    attempts: 0,
  }
}
