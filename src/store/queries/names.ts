// The names of one person on one channel: a number, and the id that stands for it. Meta's word alone joins them.
// Rule: where a number may be somebody else's by now, nobody's cases are shown to whoever writes from it.

import { and, eq, ne, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import type { KnownNames } from '../people-port.ts'
import { auditWrites } from './audit.ts'
import { type AddressRow, givingQueries } from './giving.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, given, type Source, slot, slots } from './source.ts'

/** After this long without a word a number may be somebody else's (product.md section 8). */
const STRANGER_AFTER_MS = 90 * 24 * 3_600_000
/** Long before any other word. */
const LONG_AGO_MS = 1
/** Reaches nobody on any channel. */
const NOWHERE = 'whatsapp:'

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
  const strange = prepare(
    'doubt_address',
    db
      .update(t.addresses)
      .set({ lastInAt: given('lastInAt'), version: sql`${t.addresses.version} + 1` })
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

  const renamed = (id: string, digest: string, address: string) =>
    rename.execute({ id, digest, sealed: seal.seal(address, ADDRESS_PURPOSE), keyId: seal.keyId })

  async function movePerson(from: Address, to: Address, now: Date): Promise<boolean> {
    const [old] = await byDigest.execute({ digest: seal.digest(from) })
    if (old === undefined || from === to) return old !== undefined
    const digest = seal.digest(to)
    const [there] = await byDigest.execute({ digest })
    const aside = there !== undefined && (await isStranger(there, now))
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
    await audit({
      ...{ at: now, action: 'move-address', actor: 'provider', ticket: null },
      personId: joined ? there.personId : old.personId,
      detail: JSON.stringify({ channel: old.channel, joined, aside }),
    })
    return true
  }

  /** Silent for so long, and with something to hide. */
  async function isStranger({ lastInAt, personId }: AddressRow, now: Date): Promise<boolean> {
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

  async function doubtAddress(address: Address, now: Date): Promise<void> {
    const [row] = await byDigest.execute({ digest: seal.digest(address) })
    if (row === undefined) return
    await strange.execute({ id: row.id, lastInAt: LONG_AGO_MS })
    await dropNames.execute({ id: row.id })
    await audit({
      ...{ at: now, action: 'doubt-address', actor: 'provider', ticket: null },
      ...{ personId: row.personId, detail: JSON.stringify({ channel: row.channel }) },
    })
  }

  return { noteName, movePerson, doubtAddress }
}
