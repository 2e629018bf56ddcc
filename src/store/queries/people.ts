// Who writes and who hears: conversations, listeners, those who asked to be woken. Reads only.
// A new address costs two statements, a known one four.

import { and, asc, count, desc, eq, gt, lte, or, sql } from 'drizzle-orm'
import { type Address, LANGUAGES } from '../../message.ts'
import type { DueConversation } from '../clock-port.ts'
import type { Listener } from '../people-port.ts'
import { dateOf, dateOrNull, oneOf } from '../rows.ts'
import type { Conversation } from '../turn-port.ts'
import { blockDigest } from './digests.ts'
import { mineQueries } from './mine.ts'
import { atMost, type Source, slot } from './source.ts'
import { staffOf } from './staff-rows.ts'

const HOUR_MS = 3_600_000

/** What is sealed in `addresses.sealed`. */
export const ADDRESS_PURPOSE = 'address'

export function peopleQueries(source: Source) {
  const { db, t, seal, prepare, pipelines } = source
  const { casesOfPerson, named } = mineQueries(source)
  const byDigest = prepare(
    'address_by_digest',
    db
      .select({
        row: t.addresses,
        closed: sql<number>`case when exists (select 1 from ${t.closedAccounts}
          where ${t.closedAccounts.addressId} = ${t.addresses.id}) then 1 else 0 end`,
        isGroup: t.staffAddresses.isGroup,
        member: t.staff,
      })
      .from(t.addresses)
      .leftJoin(t.staffAddresses, eq(t.staffAddresses.addressId, t.addresses.id))
      .leftJoin(t.staff, eq(t.staff.id, t.staffAddresses.staffId))
      .where(eq(t.addresses.digest, slot('digest'))),
  )
  const heardSince = prepare(
    'heard_since',
    db
      .select({ n: count() })
      .from(t.inbox)
      .where(
        and(
          sql`${t.inbox.addressId} = (select ${t.addresses.id} from ${t.addresses}
            where ${t.addresses.digest} = ${slot('digest')})`,
          gt(t.inbox.receivedAt, slot('since')),
        ),
      ),
  )
  const hearers = prepare(
    'hearers',
    db
      .select({ address: t.addresses, link: t.links, closed: t.closedAccounts.account })
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .innerJoin(t.addresses, eq(t.addresses.personId, t.links.personId))
      .leftJoin(
        t.closedAccounts,
        and(
          eq(t.closedAccounts.addressId, t.addresses.id),
          eq(t.closedAccounts.account, t.addresses.account),
        ),
      )
      .where(
        and(
          eq(t.links.ticket, slot('ticket')),
          or(eq(t.links.support, 0), eq(t.complaints.confidential, 0)),
        ),
      )
      .orderBy(desc(t.links.reporter), asc(t.links.linkedAt), asc(t.addresses.createdAt)),
  )
  const blocked = prepare(
    'block_of',
    db
      .select({ at: t.blocks.at })
      .from(t.blocks)
      .where(eq(t.blocks.digest, slot('digest'))),
  )
  const wakers = prepare(
    'wakers',
    db
      .select({ sealed: t.addresses.sealed, wakeAt: t.addresses.wakeAt })
      .from(t.addresses)
      .where(lte(t.addresses.wakeAt, slot('now')))
      .orderBy(asc(t.addresses.wakeAt))
      .limit(atMost('limit')),
  )

  async function conversation(
    address: Address,
    at: { readonly now: Date; readonly midnight: Date },
    ids: { readonly personId: string; readonly addressId: string },
  ): Promise<Conversation> {
    const digest = seal.digest(address)
    const since = at.now.getTime() - HOUR_MS
    const known = () =>
      Promise.all([heardSince.execute({ digest, since }), casesOfPerson(digest, at)])
    // By the digest, not by what the row says: so all of it can be asked for at once.
    const [[found], block, facts] = pipelines
      ? await Promise.all([byDigest.execute({ digest }), blockOf(address), known()])
      : [await byDigest.execute({ digest }), undefined, undefined]
    if (found === undefined)
      return newcomer(address, ids, block === undefined ? await blockOf(address) : block)
    const { row, closed, member, isGroup } = found
    const [[heard], { mine, supported, filedToday }] = facts ?? (await known())
    return {
      address,
      account: row.account,
      personId: row.personId,
      addressId: row.id,
      version: row.version,
      state: row.state,
      wakeAt: dateOrNull(row.wakeAt),
      language: oneOf(LANGUAGES, row.language),
      stoppedAt: dateOrNull(row.stoppedAt),
      blockedAt: dateOrNull(row.blockedAt),
      closed: closed === 1,
      privacyTold: row.privacyTold,
      lastHeardAt: dateOrNull(row.lastInAt),
      staff: member === null ? null : staffOf(member),
      staffGroup: isGroup === 1,
      messagesThisHour: Number(heard?.n ?? 0),
      filedToday,
      mine,
      supported,
    }
  }

  async function blockOf(address: Address): Promise<Date | null> {
    const [block] = await blocked.execute({ digest: blockDigest(seal, address) })
    return dateOrNull(block?.at ?? null)
  }

  async function listeners(ticket: string): Promise<readonly Listener[]> {
    return (await hearers.execute({ ticket })).map(({ address, link, closed }) => ({
      personId: address.personId,
      addressId: address.id,
      address: seal.open(address.sealed, ADDRESS_PURPOSE) as Address,
      account: address.account,
      language: oneOf(LANGUAGES, address.language),
      stopped: address.stoppedAt !== null,
      lastHeardAt: dateOrNull(address.lastInAt),
      reporter: link.reporter === 1,
      supporter: link.support === 1,
      // Whoever comes along by a merge is another citizen than the one whose complaint it was.
      citizen: link.support === 1 ? link.personId : (link.via ?? ticket),
      lastWordAt: dateOf(link.lastWordAt),
      closed: closed !== null,
    }))
  }

  async function dueConversations(now: Date, limit: number): Promise<readonly DueConversation[]> {
    const rows = await wakers.execute({ now: now.getTime(), limit })
    return rows.map((row) => ({
      address: seal.open(row.sealed, ADDRESS_PURPOSE) as Address,
      wakeAt: dateOf(row.wakeAt ?? 0),
    }))
  }

  return { conversation, named, listeners, dueConversations }
}

function newcomer(
  address: Address,
  ids: { readonly personId: string; readonly addressId: string },
  blockedAt: Date | null,
): Conversation {
  return {
    address,
    account: null,
    ...ids,
    version: 0,
    state: null,
    wakeAt: null,
    language: 'id',
    stoppedAt: null,
    blockedAt,
    closed: false,
    privacyTold: null,
    lastHeardAt: null,
    staff: null,
    staffGroup: false,
    messagesThisHour: 0,
    filedToday: 0,
    mine: [],
    supported: [],
  }
}
