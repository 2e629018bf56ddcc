// One address gives another all it has: cases, messages, what waits for it, what it is enrolled as.
// Rule: what the other one has already stays as it is; a link of one's own outweighs one that only joined.

import { and, eq, sql } from 'drizzle-orm'
import { given, type Source, slot } from './source.ts'

export type AddressRow = Source['t']['addresses']['$inferSelect']

export function givingQueries({ db, t, prepare }: Source) {
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

  /** Whose address the new one is already, it stays. */
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

  async function giveLinks(from: AddressRow, to: AddressRow): Promise<void> {
    const { personId } = to
    if (from.personId === personId) return
    for (const link of await linksOf.execute({ personId: from.personId })) {
      await addLink.execute({ ...link, personId })
      await joinLink.execute({ ...link, personId })
    }
    await dropLinks.execute({ personId: from.personId })
  }

  /** All but the links; and the person goes who has no address any more. */
  async function giveRest(from: AddressRow, to: AddressRow): Promise<void> {
    await dropPerson.execute({ personId: from.personId })
    for (const each of [received, attached, posted, enrolled, enrolledNoMore])
      await each.execute({ from: from.id, to: to.id })
  }

  return { giveLinks, giveRest, dropPerson }
}
