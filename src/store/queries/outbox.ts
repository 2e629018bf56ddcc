// The outbox's rows: put in, expired, silenced. How they leave is in leasing.ts, what became of them in settle.ts.
// A message stands at the end of its lane the moment it is put in; whoever is not known gets none.

import { and, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import { channelOf } from '../../message.ts'
import type { NewOutbound } from '../outbox-port.ts'
import { markIn, ON_DUTY } from './kinds.ts'
import { wordsAtRest } from './secrets.ts'
import { inOrder, type Source, slot, slots } from './source.ts'

/** As a constant, not a parameter: only then does SQLite use the partial indexes. */
export function waiting(t: Source['t']): SQL {
  return sql`${t.outbox.status} = 'pending'`
}

export function outboxQueries(source: Source) {
  const { db, t, seal, prepare, leaseNow, leaseTime } = source
  const insert = prepare(
    'insert_outbound',
    db.insert(t.outbox).values({
      // Whoever has just written the address knows its channel.
      channel: sql`coalesce(${slot('channel')}, (select ${t.addresses.channel} from ${t.addresses}
          where ${t.addresses.id} = ${slot('addressId')}))`,
      ...slots(
        'id',
        'addressId',
        'account',
        'lane',
        'kind',
        'ticket',
        'text',
        'choices',
        'attachments',
        'segments',
        'createdAt',
        'dueAt',
        'readyAt',
        'expiresAt',
        'status',
        'nextPart',
        'attempts',
      ),
    }),
  )
  const expireOld = prepare(
    'expire_outbound',
    db
      .update(t.outbox)
      .set({
        status: 'expired',
        lease: null,
        leaseUntil: null,
        reason: 'expired',
        passOn: markIn(t),
      })
      .where(
        and(
          waiting(t),
          lte(t.outbox.expiresAt, slot('now')),
          or(isNull(t.outbox.leaseUntil), sql`${t.outbox.leaseUntil} <= ${leaseNow}`),
        ),
      )
      .returning({ id: t.outbox.id }),
  )
  const silence = prepare(
    'silence_notices',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'stopped', passOn: markIn(t) })
      .where(
        and(
          waiting(t),
          eq(t.outbox.addressId, slot('addressId')),
          eq(t.outbox.lane, 'notice'),
          sql`${t.outbox.kind} not like ${ON_DUTY}`,
          sql`exists (select 1 from ${t.addresses}
            where ${t.addresses.id} = ${slot('addressId')} and ${t.addresses.stoppedAt} is null)`,
        ),
      ),
  )
  /** `known`: the address the caller has just written, whose channel need not be looked up. */
  async function put(
    messages: readonly NewOutbound[],
    known: { readonly addressId: string; readonly address: Address } | null,
  ): Promise<void> {
    const row = async (message: NewOutbound): Promise<null> => {
      const channel = message.addressId === known?.addressId ? channelOf(known.address) : null
      const text = wordsAtRest(message, seal)
      await insert.execute({ ...message, ...outboundValues(message), text, channel })
      return null
    }
    await inOrder(
      source,
      messages.map((message) => () => row(message)),
    )
  }

  async function expire(now: Date): Promise<readonly string[]> {
    return (await expireOld.execute({ now: now.getTime(), leaseNow: leaseTime(now) })).map(
      ({ id }) => id,
    )
  }

  /** Takes back what waits, unless the person has stopped notices before. */
  const silenceNotices = (addressId: string) => silence.execute({ addressId })

  return { put, expire, silenceNotices }
}

/**
 * The write was about an address that is not there, or no more. In a message its channel is missing then; on
 * PostgreSQL the address may also go while it is written. Each database has its words for it.
 */
export function isUnknownAddress(error: unknown): boolean {
  const { code, cause, table, message } = Object(error) as Partial<Record<string, unknown>>
  switch (code) {
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return String(message).endsWith('outbox.channel')
    case '23502':
      return table === 'outbox'
    case '23503':
      return true
    default:
      return cause !== undefined && isUnknownAddress(cause)
  }
}

function outboundValues(message: NewOutbound) {
  return {
    choices: JSON.stringify(message.choices),
    attachments: JSON.stringify(message.attachments ?? []),
    createdAt: message.createdAt.getTime(),
    dueAt: message.dueAt.getTime(),
    readyAt: message.dueAt.getTime(),
    expiresAt: message.expiresAt.getTime(),
    status: 'pending',
    nextPart: 0,
    attempts: 0,
  }
}
