// Who acts on complaints, where they are reached, what they were sent, and whom they may reach. Reads only.

import { and, asc, count, desc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Invitation } from '../../complaints/staff.ts'
import { STAFF_ROLES } from '../../complaints/staff.ts'
import { type Address, LANGUAGES } from '../../message.ts'
import { dateOf, dateOrNull, oneOf } from '../rows.ts'
import type { StaffEntry, StaffListener, StaffStore } from '../staff-port.ts'
import { inviteDigest } from './digests.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { type Source, slot } from './source.ts'
import { itsCitizen, type StaffRow, staffOf } from './staff-rows.ts'

type Wanted = Parameters<StaffStore['staffListeners']>[0]

/** From so many on it is less to read all who act than to ask agency by agency. */
const MANY_AGENCIES = 8
/** Addresses kept open: a city's whole desk. */
const MOST_OPENED = 1_000

export function staffReads({ db, t, seal, prepare }: Source) {
  /** The account by which they are written to is closed for them. */
  const usesClosed = and(
    eq(t.closedAccounts.addressId, t.addresses.id),
    eq(t.closedAccounts.account, t.addresses.account),
  )
  // Each table once: three counts below each person took half as long again, and every card of a coordinator asks.
  const everybody = prepare(
    'staff_list',
    db
      .select({
        member: t.staff,
        addresses: count(t.addresses.id),
        groups: sql<number>`coalesce(sum(${t.staffAddresses.isGroup}), 0)`,
        closed: count(t.closedAccounts.account),
      })
      .from(t.staff)
      .leftJoin(t.staffAddresses, eq(t.staffAddresses.staffId, t.staff.id))
      .leftJoin(t.addresses, eq(t.addresses.id, t.staffAddresses.addressId))
      .leftJoin(t.closedAccounts, usesClosed)
      .where(isNull(t.staff.removedAt))
      .groupBy(t.staff.number, t.staff.id)
      .orderBy(asc(t.staff.number)),
  )
  const listenersOf = (name: string, who: SQL) =>
    prepare(
      name,
      db
        .select({
          member: t.staff,
          enrolled: t.staffAddresses,
          address: t.addresses,
          closed: t.closedAccounts.account,
        })
        .from(t.staff)
        .innerJoin(t.staffAddresses, eq(t.staffAddresses.staffId, t.staff.id))
        .innerJoin(t.addresses, eq(t.addresses.id, t.staffAddresses.addressId))
        .leftJoin(t.closedAccounts, usesClosed)
        .where(and(who, isNull(t.staff.removedAt))),
    )
  const ofAgency = listenersOf('staff_of_agency', eq(t.staff.agency, slot('agency')))
  const ofRole = listenersOf('staff_of_role', eq(t.staff.role, slot('role')))
  const ofAll = listenersOf('staff_of_all', isNotNull(t.staff.number))
  const byDigest = prepare(
    'invitation_by_digest',
    db
      .select({ invitation: t.invitations, member: t.staff })
      .from(t.invitations)
      .leftJoin(t.staff, eq(t.staff.id, t.invitations.staffId))
      .where(
        and(
          eq(t.invitations.digest, slot('digest')),
          isNull(t.invitations.usedAt),
          gt(t.invitations.expiresAt, slot('now')),
          isNull(t.staff.removedAt),
        ),
      ),
  )
  const about = prepare(
    'sent_about',
    db
      .select({ ticket: t.outbox.ticket })
      .from(t.attempts)
      .innerJoin(t.outbox, eq(t.outbox.id, t.attempts.outboundId))
      .where(
        and(
          eq(t.attempts.account, slot('account')),
          eq(t.attempts.providerId, slot('providerId')),
          eq(t.outbox.addressId, slot('addressId')),
        ),
      ),
  )
  const reporters = prepare(
    'reporters_of',
    db
      .select({ sealed: t.addresses.sealed })
      .from(t.links)
      .innerJoin(t.addresses, eq(t.addresses.personId, t.links.personId))
      .where(and(eq(t.links.ticket, slot('ticket')), itsCitizen(t)))
      .orderBy(desc(t.links.reporter), asc(t.links.linkedAt), asc(t.addresses.createdAt)),
  )

  async function staff(): Promise<readonly StaffEntry[]> {
    return (await everybody.execute()).map(({ member, addresses, groups, closed }) => ({
      ...staffOf(member),
      addresses: Number(addresses),
      unreachable: Number(closed) === Number(addresses),
      group: Number(groups) > 0 && Number(groups) === Number(addresses),
    }))
  }

  async function oneByOne({ agencies, roles }: Wanted): Promise<readonly ListenerRow[]> {
    const found = await Promise.all([
      ...agencies.map((agency) => ofAgency.execute({ agency })),
      ...roles.map((role) => ofRole.execute({ role })),
    ])
    return found.flat()
  }

  /** A city's whole desk in one question. */
  async function amongAll({ agencies, roles }: Wanted): Promise<readonly ListenerRow[]> {
    const [wanted, having] = [new Set<string | null>(agencies), new Set<string>(roles)]
    const all = await ofAll.execute()
    return all.filter(({ member }) => wanted.has(member.agency) || having.has(member.role))
  }

  async function staffListeners(of: Wanted): Promise<readonly StaffListener[]> {
    const found = of.agencies.length > MANY_AGENCIES ? await amongAll(of) : await oneByOne(of)
    const byAddress = new Map(found.map((row) => [row.address.id, row]))
    return [...byAddress.values()].sort(inOrderOfEnrolling).map(listenerOf)
  }

  /** Of those on duty alone, who are read with every step and card; forgotten with the first who is one too many. */
  const opened = new Map<string, Address>()

  function addressIn(sealed: string): Address {
    const known = opened.get(sealed)
    if (known !== undefined) return known
    const address = seal.open(sealed, ADDRESS_PURPOSE) as Address
    if (opened.size >= MOST_OPENED) opened.clear()
    opened.set(sealed, address)
    return address
  }

  function listenerOf({ member, enrolled, address, closed }: ListenerRow): StaffListener {
    return {
      personId: address.personId,
      addressId: address.id,
      address: addressIn(address.sealed),
      account: address.account,
      language: oneOf(LANGUAGES, address.language),
      stopped: address.stoppedAt !== null,
      lastHeardAt: dateOrNull(address.lastInAt),
      citizen: address.personId,
      closed: closed !== null,
      staff: staffOf(member),
      group: enrolled.isGroup === 1,
    }
  }

  async function invitation(code: string, now: Date): Promise<Invitation | null> {
    const digest = inviteDigest(seal, code)
    const [row] = await byDigest.execute({ digest, now: now.getTime() })
    if (row === undefined) return null
    const { role, agency, name, staffId, expiresAt } = row.invitation
    return { role: oneOf(STAFF_ROLES, role), agency, name, staffId, expiresAt: dateOf(expiresAt) }
  }

  async function sentAbout(addressId: string, account: string, providerId: string) {
    const [row] = await about.execute({ addressId, account, providerId })
    return row?.ticket ?? null
  }

  async function contacts(ticket: string): Promise<readonly Address[]> {
    const rows = await reporters.execute({ ticket })
    return rows.map(({ sealed }) => seal.open(sealed, ADDRESS_PURPOSE) as Address)
  }

  return { staff, staffListeners, invitation, sentAbout, contacts }
}

interface ListenerRow {
  readonly member: StaffRow
  readonly enrolled: Source['t']['staffAddresses']['$inferSelect']
  readonly address: Source['t']['addresses']['$inferSelect']
  readonly closed: string | null
}

function inOrderOfEnrolling(a: ListenerRow, b: ListenerRow): number {
  return (
    a.member.number - b.member.number ||
    a.enrolled.enrolledAt - b.enrolled.enrolledAt ||
    (a.address.id < b.address.id ? -1 : 1)
  )
}
