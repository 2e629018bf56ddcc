// Takes an address out of the store with all it wrote and was told. Its callers decide whether and when.
// What must be known afterwards stays as a keyed digest: ids against redelivery, a block against coming back.

import { and, eq, inArray, notLike, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import { blockDigest } from './digests.ts'
import { erasedIdQueries, OURS } from './erased-ids.ts'
import { ON_DUTY } from './kinds.ts'
import { mediaRemovals } from './media-wipes.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot, slots } from './source.ts'

export interface ForgottenAddress {
  readonly id: string
  readonly sealed: string
  readonly blockedAt: number | null
}

export function forgetQueries(source: Source) {
  const { db, t, seal, prepare } = source
  const { remember } = erasedIdQueries(source)
  const attachments = mediaRemovals(source)
  const receivedFrom = prepare(
    'received_from',
    db
      .select({
        account: t.inbox.account,
        providerId: t.inbox.providerId,
        at: t.inbox.receivedAt,
        ticket: t.inbox.ticket,
        text: t.inbox.text,
      })
      .from(t.inbox)
      .where(eq(t.inbox.addressId, slot('id'))),
  )
  const dropReceived = prepare(
    'drop_received',
    db.delete(t.inbox).where(eq(t.inbox.addressId, slot('id'))),
  )
  // What somebody on duty is told for their duty is not theirs to erase.
  const toThem = and(eq(t.outbox.addressId, slot('id')), notLike(t.outbox.kind, slot('except')))
  const sentTo = prepare(
    'sent_to',
    db
      .select({ account: t.attempts.account, providerId: t.attempts.providerId, at: t.attempts.at })
      .from(t.outbox)
      .innerJoin(t.attempts, eq(t.attempts.outboundId, t.outbox.id))
      .where(toThem),
  )
  const onItsWay = prepare(
    'on_its_way_to',
    db
      .select({ id: t.outbox.id, at: t.outbox.createdAt })
      .from(t.outbox)
      .where(and(toThem, sql`${t.outbox.lease} is not null`)),
  )
  const outboundOf = db.select({ id: t.outbox.id }).from(t.outbox).where(toThem)
  const dropAttempts = prepare(
    'drop_attempts_to',
    db.delete(t.attempts).where(inArray(t.attempts.outboundId, outboundOf)),
  )
  const dropSent = prepare('drop_sent_to', db.delete(t.outbox).where(toThem))
  const dropClosed = prepare(
    'drop_closed_accounts',
    db.delete(t.closedAccounts).where(eq(t.closedAccounts.addressId, slot('id'))),
  )
  const dropNames = prepare(
    'drop_names_of',
    db.delete(t.names).where(eq(t.names.addressId, slot('id'))),
  )
  const dropAddress = prepare(
    'drop_address',
    db.delete(t.addresses).where(eq(t.addresses.id, slot('id'))),
  )
  const clearAddress = prepare(
    'clear_address',
    db
      .update(t.addresses)
      .set({
        digest: given('digest'),
        state: null,
        version: sql`${t.addresses.version} + 1`,
        wakeAt: null,
        stoppedAt: null,
        privacyTold: null,
        lastInAt: null,
      })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const block = prepare(
    'insert_block',
    db
      .insert(t.blocks)
      .values(slots('digest', 'at', 'reason'))
      .onConflictDoNothing(),
  )

  /** What came in from this address, for whoever has to take it out of other places too. */
  const received = (id: string) => receivedFrom.execute({ id })

  async function dropMessages(id: string, except: string, now: number): Promise<void> {
    await remember(await received(id), now)
    await remember(await sentTo.execute({ id, except }), now)
    // Somebody is sending it just now: its receipts will name our own id.
    const going = await onItsWay.execute({ id, except })
    const ours = going.map((row) => ({ account: OURS, providerId: row.id, at: row.at }))
    await remember(ours, now)
    await (except === NO_KIND ? attachments.ofAddress : attachments.ownOf)(id, now)
    await dropReceived.execute({ id })
    await dropAttempts.execute({ id, except })
    await dropSent.execute({ id, except })
  }

  /** The row and all that hangs on it. Whoever is blocked leaves a block, found by a digest of its own. */
  async function forgetAddress(address: ForgottenAddress, now: number): Promise<void> {
    const { id, sealed, blockedAt } = address
    await dropMessages(id, NO_KIND, now)
    if (blockedAt !== null) {
      const digest = blockDigest(seal, seal.open(sealed, ADDRESS_PURPOSE) as Address)
      await block.execute({ digest, at: blockedAt, reason: 'erased' })
    }
    await dropClosed.execute({ id })
    await dropNames.execute({ id })
    await dropAddress.execute({ id })
  }

  /** Somebody on duty, by the operator's settings: the address stays, what they did as a citizen goes. */
  async function clearOnDuty({ id, sealed }: ForgottenAddress, now: number): Promise<void> {
    await dropMessages(id, ON_DUTY, now)
    const digest = seal.digest(seal.open(sealed, ADDRESS_PURPOSE))
    await clearAddress.execute({ id, digest })
  }

  return { received, forgetAddress, clearOnDuty }
}

/** Fits no kind. */
const NO_KIND = ''
