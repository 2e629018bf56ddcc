// HAPUS DATA: everything that is known of a person goes, in the transaction of the turn that asked for it.
// What stays is said in docs/privacy.md. An open case keeps its masked words until it is over.

import { eq, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import type { TurnRecord } from '../turn-port.ts'
import { auditWrites } from './audit.ts'
import { forgetQueries } from './forget.ts'
import { given, type Source, slot } from './source.ts'
import { wordQueries } from './words.ts'

export function eraseQueries(source: Source) {
  const { db, t, seal, prepare } = source
  const { received, forgetAddress, clearOnDuty } = forgetQueries(source)
  const { takeBack, hushDesk, dropNotesSaid } = wordQueries(source)
  const { audit } = auditWrites(source)
  const linked = prepare(
    'linked_to',
    db
      .select({ ticket: t.links.ticket, reporter: t.links.reporter })
      .from(t.links)
      .where(eq(t.links.personId, slot('person'))),
  )
  const unlink = prepare(
    'unlink_person',
    db.delete(t.links).where(eq(t.links.personId, slot('person'))),
  )
  const addressesOf = prepare(
    'addresses_of',
    db
      .select({
        id: t.addresses.id,
        digest: t.addresses.digest,
        sealed: t.addresses.sealed,
        blockedAt: t.addresses.blockedAt,
        enrolled: sql<number>`case when exists (select 1 from ${t.staffAddresses}
          where ${t.staffAddresses.addressId} = ${t.addresses.id}) then 1 else 0 end`,
      })
      .from(t.addresses)
      .where(eq(t.addresses.personId, slot('person'))),
  )
  /**
   * Changing what is unique locks the whole row on PostgreSQL: nobody can write a message to this address, or a
   * turn of it, until this transaction is done; then they find it gone.
   */
  const hold = prepare(
    'hold_address',
    db
      .update(t.addresses)
      .set({ digest: given('mark') })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const dropPerson = prepare(
    'drop_person',
    db.delete(t.people).where(eq(t.people.id, slot('person'))),
  )

  async function erase(turn: TurnRecord, onDuty: readonly Address[]): Promise<void> {
    const { personId: person } = turn
    const now = turn.now.getTime()
    const known = new Set(onDuty.map((address) => seal.digest(address)))
    // Complaints before addresses, as every move does: two that wait for each other would both be late.
    const { filed, open } = await takeBackAll(person, now)
    const addresses = await addressesOf.execute({ person })
    const stays = ({ digest, enrolled }: { readonly digest: string; readonly enrolled: number }) =>
      enrolled === 1 || known.has(digest)
    for (const { id } of addresses) await hold.execute({ id, mark: `held:${id}` })
    for (const { id } of addresses) await dropWordsElsewhere(id, filed)
    await unlink.execute({ person })
    for (const address of addresses)
      await (stays(address) ? clearOnDuty : forgetAddress)(address, now)
    if (!addresses.some(stays)) await dropPerson.execute({ person })
    await audit({
      at: turn.now,
      action: 'erase',
      actor: 'citizen',
      ticket: null,
      personId: person,
      detail: JSON.stringify({ complaints: filed.size, open, addresses: addresses.length }),
    })
  }

  async function takeBackAll(person: string, now: number) {
    const filed = new Set<string>()
    let open = 0
    for (const { ticket, reporter } of await linked.execute({ person })) {
      await hushDesk(ticket)
      if (reporter !== 1) continue
      filed.add(ticket)
      if (await takeBack(ticket, now)) open++
    }
    return { filed, open }
  }

  /** What they added to the cases of others. */
  async function dropWordsElsewhere(id: string, filed: ReadonlySet<string>): Promise<void> {
    for (const { ticket, at, text } of await received(id))
      if (ticket !== null && !filed.has(ticket)) await dropNotesSaid(ticket, at, text ?? '')
  }

  return { erase }
}
