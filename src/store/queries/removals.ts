// An address that changes its name: a group that became a larger one, a number that was changed.
// The cases go along, and the trail says that it happened. Where both names are known, the new one takes all.

import { and, eq, sql } from 'drizzle-orm'
import { type Address, channelOf } from '../../message.ts'
import { auditWrites } from './audit.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot } from './source.ts'

export function removalQueries(source: Source) {
  const { db, t, seal, prepare, locks } = source
  const { audit } = auditWrites(source)
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
  const linksOf = prepare(
    'links_to_move',
    db
      .select()
      .from(t.links)
      .where(eq(t.links.personId, slot('personId'))),
  )
  const joinLink = prepare(
    'join_link',
    db
      .update(t.links)
      .set({
        reporter: sql`case when ${given('reporter')} = 1 then 1 else ${t.links.reporter} end`,
        support: sql`case when ${given('support')} = 0 then 0 else ${t.links.support} end`,
      })
      .where(and(eq(t.links.ticket, slot('ticket')), eq(t.links.personId, slot('personId')))),
  )
  const addLink = prepare(
    'add_moved_link',
    db
      .insert(t.links)
      .values({
        ticket: slot('ticket'),
        personId: slot('personId'),
        reporter: slot('reporter'),
        via: slot('via'),
        support: slot('support'),
        linkedAt: slot('linkedAt'),
        lastWordAt: slot('lastWordAt'),
      })
      .onConflictDoNothing(),
  )
  const dropLinks = prepare(
    'drop_moved_links',
    db.delete(t.links).where(eq(t.links.personId, slot('personId'))),
  )
  const dropPerson = prepare(
    'drop_moved_person',
    db.delete(t.people).where(
      and(
        eq(t.people.id, slot('personId')),
        sql`not exists (select 1 from ${t.addresses}
            where ${t.addresses.personId} = ${slot('personId')})`,
      ),
    ),
  )
  const received = prepare(
    'move_received',
    db
      .update(t.inbox)
      .set({ addressId: given('to') })
      .where(eq(t.inbox.addressId, slot('from'))),
  )
  const attached = prepare(
    'move_attached',
    db
      .update(t.media)
      .set({ addressId: given('to') })
      .where(eq(t.media.addressId, slot('from'))),
  )
  const posted = prepare(
    'move_posted',
    db
      .update(t.outbox)
      .set({ addressId: given('to') })
      .where(eq(t.outbox.addressId, slot('from'))),
  )

  /** Whose address the new name is already, it stays. */
  const enrolled = prepare(
    'move_enrolled',
    db
      .update(t.staffAddresses)
      .set({ addressId: given('to') })
      .where(
        and(
          eq(t.staffAddresses.addressId, slot('from')),
          sql`not exists (select 1 from staff_addresses taken where taken.address_id = ${slot('to')})`,
        ),
      ),
  )
  const enrolledNoMore = prepare(
    'drop_moved_enrolled',
    db.delete(t.staffAddresses).where(eq(t.staffAddresses.addressId, slot('from'))),
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
    const { personId } = known
    const { stoppedAt, blockedAt } = old
    await takeIn.execute({ id: known.id, stoppedAt, blockedAt })
    if (old.personId !== personId) {
      for (const link of await linksOf.execute({ personId: old.personId })) {
        await addLink.execute({ ...link, personId })
        await joinLink.execute({ ...link, personId })
      }
      await dropLinks.execute({ personId: old.personId })
    }
    await empty.execute({ id: old.id, personId })
    await dropPerson.execute({ personId: old.personId })
    for (const each of [received, attached, posted, enrolled, enrolledNoMore])
      await each.execute({ from: old.id, to: known.id })
  }

  return { moveAddress }
}

type AddressRow = Source['t']['addresses']['$inferSelect']
