// Somebody goes from one address to another on the provider's word: all that is theirs goes along, and nothing else.
// Rule: whoever else was known at the new address stays apart, and nothing leads on from the former one.

import { eq, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import type { MovedBy } from '../people-port.ts'
import { auditWrites } from './audit.ts'
import { erasedDigest } from './digests.ts'
import { type AddressRow, givingQueries } from './giving.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, given, type Source, slot, slots } from './source.ts'

/** After this long without a word a number may be somebody else's (product.md section 8). */
const STRANGER_AFTER_MS = 90 * 24 * 3_600_000
/** Reaches nobody on any channel. */
export const NOWHERE: Address = 'whatsapp:'

export function movingQueries(source: Source) {
  const { db, t, seal, prepare, locks } = source
  const { audit } = auditWrites(source)
  const { giveLinks, giveRest, dropPerson } = givingQueries(source)
  const found = db
    .select()
    .from(t.addresses)
    .where(eq(t.addresses.digest, slot('digest')))
  const byDigest = prepare('person_to_move', locks === null ? found : locks.hold(found))
  const note = prepare(
    'note_name',
    db
      .insert(t.names)
      .values(slots('digest', 'addressId', 'at'))
      .onConflictDoUpdate({
        target: t.names.digest,
        set: { addressId: sql`excluded.address_id`, at: sql`excluded.at` },
      }),
  )
  const dropNames = prepare(
    'drop_names',
    db.delete(t.names).where(eq(t.names.addressId, slot('id'))),
  )
  const namesThere = prepare(
    'names_there',
    db
      .select({ digest: t.names.digest })
      .from(t.names)
      .where(eq(t.names.addressId, slot('id'))),
  )
  const heed = prepare(
    'heed_move',
    db
      .insert(t.erasedIds)
      .values(slots('digest', 'at'))
      .onConflictDoNothing()
      .returning({ digest: t.erasedIds.digest }),
  )
  const rename = prepare(
    'rename_person',
    db
      .update(t.addresses)
      .set({
        digest: given('digest'),
        sealed: given('sealed'),
        keyId: given('keyId'),
        version: sql`${t.addresses.version} + 1`,
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const takeUp = prepare(
    'take_up_person',
    db
      .update(t.addresses)
      .set({
        version: sql`${t.addresses.version} + 1`,
        state: given('state'),
        wakeAt: given('wakeAt'),
        language: given('language'),
        stoppedAt: given('stoppedAt'),
        blockedAt: given('blockedAt'),
        privacyTold: given('privacyTold'),
        account: given('account'),
        lastInAt: given('lastInAt'),
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const hasLinks = prepare(
    'person_has_links',
    db
      .select({ ticket: t.links.ticket })
      .from(t.links)
      .where(eq(t.links.personId, slot('personId')))
      .limit(atMost('one')),
  )
  const dropClosed = prepare(
    'drop_moved_accounts',
    db.delete(t.closedAccounts).where(eq(t.closedAccounts.addressId, slot('id'))),
  )
  const dropAddress = prepare(
    'drop_moved_address',
    db.delete(t.addresses).where(eq(t.addresses.id, slot('id'))),
  )

  const noteName = (name: Address, addressId: string, now: Date) =>
    note.execute({ digest: seal.digest(name), addressId, at: now.getTime() })

  async function noteNames({ alsoKnownAs }: MovedBy, addressId: string, now: Date) {
    for (const name of alsoKnownAs) await noteName(name, addressId, now)
  }

  const renamed = (id: string, digest: string, address: string) =>
    rename.execute({ id, digest, sealed: seal.seal(address, ADDRESS_PURPOSE), keyId: seal.keyId })

  /** True: the provider told it before. Its ids are kept like those of what was erased, and lead to nobody. */
  async function wasTold({ told }: MovedBy, now: Date): Promise<boolean> {
    if (told === undefined) return false
    const digest = erasedDigest(seal, told.account, told.providerId)
    return (await heed.execute({ digest, at: now.getTime() })).length === 0
  }

  async function movePerson(from: Address, to: Address, now: Date, by: MovedBy): Promise<boolean> {
    if (await wasTold(by, now)) return false
    const [old] = await byDigest.execute({ digest: seal.digest(from) })
    if (old === undefined) return false
    if (from === to) {
      if (by.alsoKnownAs.length > 0) await dropNames.execute({ id: old.id })
      await noteNames(by, old.id, now)
      return true
    }
    const digest = seal.digest(to)
    const [there] = await byDigest.execute({ digest })
    const aside = there !== undefined && (await isStranger(there, now, by))
    // What was filed from there stays with whoever filed it, and nobody reads it from there any more.
    if (aside) {
      await renamed(there.id, `left:${there.id}`, NOWHERE)
      await dropNames.execute({ id: there.id })
    }
    // What led to the former name led to whoever had it.
    await dropNames.execute({ id: old.id })
    const joined = there !== undefined && !aside
    if (joined) await join(old, there)
    else await renamed(old.id, digest, to)
    await noteNames(by, joined ? there.id : old.id, now)
    await audit({
      ...{ at: now, action: 'move-address', actor: 'provider', ticket: null },
      personId: joined ? there.personId : old.personId,
      detail: JSON.stringify({ channel: old.channel, joined, aside }),
    })
    return true
  }

  /** Known there by another name; or silent for so long, and with something to hide. */
  async function isStranger(row: AddressRow, now: Date, { alsoKnownAs }: MovedBy) {
    const { id, lastInAt, personId } = row
    const theirs = new Set(alsoKnownAs.map((name) => seal.digest(name)))
    if ((await namesThere.execute({ id })).some(({ digest }) => !theirs.has(digest))) return true
    if (lastInAt === null || now.getTime() - lastInAt <= STRANGER_AFTER_MS) return false
    return (await hasLinks.execute({ personId, one: 1 })).length > 0
  }

  /** The dialogue that is open is the one heard last; what was asked of us by either name holds. */
  async function join(old: AddressRow, known: AddressRow): Promise<void> {
    const [newer, older] = (old.lastInAt ?? 0) > (known.lastInAt ?? 0) ? [old, known] : [known, old]
    const { state, wakeAt, language, account, lastInAt } = newer
    await takeUp.execute({
      ...{ id: known.id, state, wakeAt, language, lastInAt },
      account: account ?? older.account,
      stoppedAt: newer.stoppedAt ?? older.stoppedAt,
      blockedAt: known.blockedAt ?? old.blockedAt,
      privacyTold: known.privacyTold ?? old.privacyTold,
    })
    await giveLinks(old, known)
    await giveRest(old, known)
    await dropClosed.execute({ id: old.id })
    await dropAddress.execute({ id: old.id })
    await dropPerson.execute({ personId: old.personId })
  }

  return { byDigest, dropNames, noteName, movePerson }
}
