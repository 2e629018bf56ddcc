// The last word to somebody who is erased: one outbox row under an address row of its own, found by nobody.
// Both go when it was sent, failed or expired; its receipts are then known by digests alone.

import { and, eq, gte, lt, notExists, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import type { Address } from '../../message.ts'
import type { NewOutbound } from '../outbox-port.ts'
import type { TurnRecord } from '../turn-port.ts'
import { erasedIdQueries, OURS } from './erased-ids.ts'
import { type Source, slot } from './source.ts'

/** Kind of these rows, and how their ids begin: whoever settles any other row is not kept waiting by this. */
const FAREWELL = 'erased'
const PREFIX = `${FAREWELL}-`

/** Stands where the digest of an address stands; a digest holds no colon. */
const MARK = 'farewell:'
const PAST_MARK = 'farewell;'

interface Makers {
  /** Makes person and address; false when the digest is taken. */
  readonly create: (
    address: Address,
    ids: { readonly personId: string; readonly addressId: string },
    now: Date,
    known: { readonly digest: string; readonly account: string | null; readonly language: string },
  ) => Promise<boolean>
  readonly put: (
    messages: readonly NewOutbound[],
    known: Pick<TurnRecord, 'addressId' | 'address'>,
  ) => Promise<void>
}

export function farewellQueries(source: Source) {
  const { db, t, prepare } = source
  const { remember } = erasedIdQueries(source)
  const attemptsOf = prepare(
    'farewell_attempts',
    db
      .select({ account: t.attempts.account, providerId: t.attempts.providerId, at: t.attempts.at })
      .from(t.attempts)
      .where(eq(t.attempts.outboundId, slot('id'))),
  )
  const dropAttempts = prepare(
    'drop_farewell_attempts',
    db.delete(t.attempts).where(eq(t.attempts.outboundId, slot('id'))),
  )
  const dropRow = prepare('drop_farewell', db.delete(t.outbox).where(eq(t.outbox.id, slot('id'))))
  const owner = prepare(
    'farewell_owner',
    db
      .select({ personId: t.addresses.personId })
      .from(t.addresses)
      .where(
        and(
          eq(t.addresses.id, slot('addressId')),
          notExists(
            db
              .select({ one: sql`1` })
              .from(t.outbox)
              .where(eq(t.outbox.addressId, slot('addressId'))),
          ),
        ),
      ),
  )
  const dropClosed = prepare(
    'drop_farewell_accounts',
    db.delete(t.closedAccounts).where(eq(t.closedAccounts.addressId, slot('addressId'))),
  )
  const dropAddress = prepare(
    'drop_farewell_address',
    db.delete(t.addresses).where(eq(t.addresses.id, slot('addressId'))),
  )
  const dropPerson = prepare(
    'drop_farewell_person',
    db.delete(t.people).where(eq(t.people.id, slot('personId'))),
  )
  const left = prepare(
    'farewells_left',
    db
      .select({ id: t.outbox.id, addressId: t.outbox.addressId, createdAt: t.outbox.createdAt })
      .from(t.addresses)
      .innerJoin(t.outbox, eq(t.outbox.addressId, t.addresses.id))
      .where(
        and(
          gte(t.addresses.digest, MARK),
          lt(t.addresses.digest, PAST_MARK),
          sql`${t.outbox.status} <> 'pending'`,
        ),
      ),
  )

  /** The row and its address, once it waits for nothing any more. */
  async function end(row: FarewellRow): Promise<void> {
    const { id, addressId, createdAt } = row
    await remember(await attemptsOf.execute({ id }), createdAt)
    await remember([{ account: OURS, providerId: id, at: createdAt }], createdAt)
    await dropAttempts.execute({ id })
    await dropRow.execute({ id })
    const [person] = await owner.execute({ addressId })
    if (person === undefined) return
    await dropClosed.execute({ addressId })
    await dropAddress.execute({ addressId })
    await dropPerson.execute(person)
  }

  const statusOf = prepare(
    'farewell_status',
    db
      .select({
        id: t.outbox.id,
        addressId: t.outbox.addressId,
        createdAt: t.outbox.createdAt,
        status: t.outbox.status,
      })
      .from(t.outbox)
      .where(eq(t.outbox.id, slot('id'))),
  )

  /** `true`: it was a farewell, and it is gone. */
  async function endIfOver(id: string | null): Promise<boolean> {
    if (id === null || !id.startsWith(PREFIX)) return false
    const [row] = await statusOf.execute({ id })
    if (row === undefined || row.status === 'pending') return false
    await end(row)
    return true
  }

  /** Those whose end nobody saw: a restored copy has expired them itself. */
  const leftOver = () => left.execute()

  return { end, endIfOver, leftOver }
}

interface FarewellRow {
  readonly id: string
  readonly addressId: string
  readonly createdAt: number
}

/** Puts what a turn says to the person it erases under an address of its own; hands back what is for others. */
export async function bidFarewell(
  turn: TurnRecord,
  { create, put }: Makers,
  newId: NewId,
): Promise<readonly NewOutbound[]> {
  const theirs = turn.outbound.filter(({ addressId }) => addressId === turn.addressId)
  const ids = { personId: newId(), addressId: newId() }
  const digest = `${MARK}${ids.addressId}`
  const account = theirs[0]?.account ?? null
  if (theirs.length > 0) {
    await create(turn.address, ids, turn.now, { digest, account, language: turn.language })
    const rows = theirs.map((row) => ({
      ...row,
      ...{ id: `${PREFIX}${row.id}`, addressId: ids.addressId, kind: FAREWELL, ticket: null },
    }))
    await put(rows, { addressId: ids.addressId, address: turn.address })
  }
  return turn.outbound.filter(({ addressId }) => addressId !== turn.addressId)
}
