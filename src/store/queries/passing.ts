// Notices and pings that failed for good at one address and are to go to the person's next one: marked with the failure
// itself, taken off the list together with the message that goes on. So none is lost between, and none goes twice.

import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { NewOutbound, OutboxStore, PassedOver } from '../outbox-port.ts'
import { CHANNELS, choicesOf, dateOf, oneOf } from '../rows.ts'
import { WANTED } from './kinds.ts'
import type { outboxQueries } from './outbox.ts'
import { atMost, given, type Source, slot } from './source.ts'

const PASSED = 'passed'
const NOBODY = 'nobody'

export function passingReads({ db, t, prepare }: Source) {
  const wanted = prepare(
    'passing_wanted',
    db
      .select()
      .from(t.outbox)
      .where(eq(t.outbox.passOn, sql.raw(`'${WANTED}'`)))
      .orderBy(asc(t.outbox.createdAt), asc(t.outbox.seq))
      .limit(atMost('limit')),
  )
  // The same notice at another address keeps its hour.
  const tried = prepare(
    'passing_tried',
    db
      .select({ addressId: t.outbox.addressId })
      .from(t.outbox)
      .where(
        and(
          eq(t.outbox.ticket, slot('ticket')),
          eq(t.outbox.kind, slot('kind')),
          eq(t.outbox.createdAt, slot('createdAt')),
        ),
      ),
  )
  const triedOfNone = prepare(
    'passing_tried_of_none',
    db
      .select({ addressId: t.outbox.addressId })
      .from(t.outbox)
      .where(
        and(
          // In these words, or the index of what belongs to no complaint is not used.
          sql`${t.outbox.ticket} is null and ${t.outbox.text} <> ''`,
          eq(t.outbox.kind, slot('kind')),
          eq(t.outbox.createdAt, slot('createdAt')),
        ),
      ),
  )
  const nobody = prepare(
    'passing_nobody',
    db
      .select({
        ticket: t.outbox.ticket,
        kind: t.outbox.kind,
        channel: t.outbox.channel,
        createdAt: t.outbox.createdAt,
        reason: t.outbox.reason,
        status: t.outbox.status,
      })
      .from(t.outbox)
      .where(eq(t.outbox.passOn, sql.raw(`'${NOBODY}'`)))
      .orderBy(desc(t.outbox.createdAt))
      .limit(atMost('limit')),
  )

  async function toPassOn(limit: number): Promise<readonly PassedOver[]> {
    const rows = await wanted.execute({ limit })
    const one = async (row: (typeof rows)[number]): Promise<PassedOver> => {
      const { id, addressId, ticket, kind, text } = row
      const createdAt = dateOf(row.createdAt)
      const known = await triedAt({ addressId, ticket, kind, createdAt })
      const choices = choicesOf(row.choices)
      return { id, addressId, ticket, kind, text, choices, createdAt, tried: known }
    }
    return Promise.all(rows.map(one))
  }

  async function triedAt(row: Parameters<OutboxStore['triedAt']>[0]) {
    const { addressId, ticket, kind } = row
    const createdAt = row.createdAt.getTime()
    const others =
      ticket === null
        ? await triedOfNone.execute({ kind, createdAt })
        : await tried.execute({ ticket, kind, createdAt })
    return new Set([addressId, ...others.map((other) => other.addressId)])
  }

  /** Newest first. What was delivered after all is no longer among them. */
  async function undelivered(limit: number) {
    return (await nobody.execute({ limit })).flatMap((row) =>
      row.status === 'failed' || row.status === 'expired'
        ? [
            {
              ticket: row.ticket ?? '',
              kind: row.kind,
              channel: oneOf(CHANNELS, row.channel),
              at: dateOf(row.createdAt),
              reason: row.reason,
            },
          ]
        : [],
    )
  }

  return { toPassOn, triedAt, undelivered }
}

export function passingWrites(
  { db, t, prepare }: Source,
  { put }: Pick<ReturnType<typeof outboxQueries>, 'put'>,
) {
  const take = prepare(
    'passing_taken',
    db
      .update(t.outbox)
      .set({ passOn: given('passOn') })
      .where(and(eq(t.outbox.id, slot('id')), eq(t.outbox.passOn, sql.raw(`'${WANTED}'`))))
      .returning({ id: t.outbox.id }),
  )

  /** `stale`: somebody else has passed it on. */
  async function passOn(
    id: string,
    next: NewOutbound | null,
    told: readonly NewOutbound[] = [],
  ): Promise<'committed' | 'stale'> {
    const [row] = await take.execute({ id, passOn: next === null ? NOBODY : PASSED })
    if (row === undefined) return 'stale'
    await put([...(next === null ? [] : [next]), ...told], null)
    return 'committed'
  }

  return { passOn }
}
