// The names of one person on one channel: a number, and the id that stands for it. Meta's word alone joins them.
// Rule: where a number may be somebody else's by now, nobody's cases are shown to whoever writes from it.

import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import { DOUBTED_MS, type KnownNames } from '../people-port.ts'
import { auditWrites } from './audit.ts'
import { markIn, ON_DUTY } from './kinds.ts'
import { movingQueries } from './moving.ts'
import { waiting } from './outbox.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot } from './source.ts'

export function nameReads({ db, t, seal, prepare }: Source) {
  const own = prepare(
    'own_name',
    db
      .select({ id: t.addresses.id })
      .from(t.addresses)
      .where(eq(t.addresses.digest, slot('digest'))),
  )
  const target = prepare(
    'name_target',
    db
      .select({ sealed: t.addresses.sealed })
      .from(t.names)
      .innerJoin(t.addresses, eq(t.addresses.id, t.names.addressId))
      .where(eq(t.names.digest, slot('digest'))),
  )
  const others = prepare(
    'other_names',
    db
      .select({ digest: t.names.digest })
      .from(t.addresses)
      .innerJoin(t.names, eq(t.names.addressId, t.addresses.id))
      .where(and(eq(t.addresses.digest, slot('of')), ne(t.names.digest, slot('digest')))),
  )

  async function knownNames(name: Address, beside: Address | null): Promise<KnownNames> {
    const digest = seal.digest(name)
    const [[itself], [leads], [other]] = await Promise.all([
      own.execute({ digest }),
      target.execute({ digest }),
      beside === null ? [] : others.execute({ of: seal.digest(beside), digest }),
    ])
    const led = leads === undefined ? null : (seal.open(leads.sealed, ADDRESS_PURPOSE) as Address)
    return { at: itself === undefined ? led : name, another: other !== undefined }
  }

  return { knownNames }
}

export function nameWrites(source: Source) {
  const { db, t, seal, prepare } = source
  const { audit } = auditWrites(source)
  const { byDigest, dropNames, noteName, movePerson } = movingQueries(source)
  const strange = prepare(
    'doubt_address',
    db
      .update(t.addresses)
      .set({ lastInAt: given('lastInAt'), version: sql`${t.addresses.version} + 1` })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const dismiss = prepare(
    'dismiss_doubted',
    db.delete(t.staffAddresses).where(eq(t.staffAddresses.addressId, slot('id'))),
  )

  /** What would tell whoever has the number now of another; of what a citizen hears of a case, `notify` takes the words out. */
  const holdBack = prepare(
    'hold_back_doubted',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'doubted', passOn: markIn(t) })
      .where(
        and(
          waiting(t),
          eq(t.outbox.addressId, slot('id')),
          isNull(t.outbox.lease),
          sql`(${t.outbox.lane} = 'reply' or ${t.outbox.ticket} is null or ${t.outbox.kind} like ${ON_DUTY})`,
        ),
      ),
  )

  async function doubtAddress(address: Address, now: Date): Promise<void> {
    const [row] = await byDigest.execute({ digest: seal.digest(address) })
    if (row === undefined) return
    await strange.execute({ id: row.id, lastInAt: DOUBTED_MS })
    await dropNames.execute({ id: row.id })
    await dismiss.execute({ id: row.id })
    await holdBack.execute({ id: row.id })
    await audit({
      ...{ at: now, action: 'doubt-address', actor: 'provider', ticket: null },
      ...{ personId: row.personId, detail: JSON.stringify({ channel: row.channel }) },
    })
  }

  return { noteName, movePerson, doubtAddress }
}
