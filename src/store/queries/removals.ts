// An address that changes its name: a group that became a larger one.
// The cases go along, and the trail says that it happened. Where both names are known, the new one takes all.

import { eq, sql } from 'drizzle-orm'
import { type Address, channelOf } from '../../message.ts'
import { auditWrites } from './audit.ts'
import { type AddressRow, givingQueries } from './giving.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot } from './source.ts'

export function removalQueries(source: Source) {
  const { db, t, seal, prepare, locks } = source
  const { audit } = auditWrites(source)
  const { giveLinks, giveRest } = givingQueries(source)
  const found = db
    .select()
    .from(t.addresses)
    .where(eq(t.addresses.digest, slot('digest')))
  const byDigest = prepare('address_to_move', locks === null ? found : locks.hold(found))
  const rename = prepare(
    'rename_address',
    db
      .update(t.addresses)
      .set({
        digest: given('digest'),
        sealed: given('sealed'),
        keyId: given('keyId'),
        channel: given('channel'),
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  // Whatever a turn in hand has read of it is no longer so: it is decided again.
  const takeIn = prepare(
    'take_in_address',
    db
      .update(t.addresses)
      .set({
        version: sql`${t.addresses.version} + 1`,
        stoppedAt: sql`coalesce(${t.addresses.stoppedAt}, ${given('stoppedAt')})`,
        blockedAt: sql`coalesce(${t.addresses.blockedAt}, ${given('blockedAt')})`,
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  // The row stays: whoever still writes to the former name is led on each time the provider says so.
  const empty = prepare(
    'empty_address',
    db
      .update(t.addresses)
      .set({
        personId: given('personId'),
        state: null,
        version: sql`${t.addresses.version} + 1`,
        wakeAt: null,
        lastInAt: null,
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  async function moveAddress(from: Address, to: Address, now: Date): Promise<boolean> {
    const [old] = await byDigest.execute({ digest: seal.digest(from) })
    if (old === undefined || from === to) return old !== undefined
    const digest = seal.digest(to)
    const [known] = await byDigest.execute({ digest })
    if (known === undefined) {
      const sealed = seal.seal(to, ADDRESS_PURPOSE)
      await rename.execute({
        id: old.id,
        digest,
        sealed,
        keyId: seal.keyId,
        channel: channelOf(to),
      })
    } else await join(old, known)
    // Led on once more, nothing new has happened.
    if (known?.personId === old.personId) return true
    await audit({
      at: now,
      action: 'move-address',
      actor: 'provider',
      ticket: null,
      personId: known?.personId ?? old.personId,
      detail: JSON.stringify({ channel: channelOf(to), joined: known !== undefined }),
    })
    return true
  }

  async function join(old: AddressRow, known: AddressRow): Promise<void> {
    const { stoppedAt, blockedAt } = old
    await takeIn.execute({ id: known.id, stoppedAt, blockedAt })
    await giveLinks(old, known)
    await empty.execute({ id: old.id, personId: known.personId })
    await giveRest(old, known)
  }

  return { moveAddress }
}
