// What retention removes of one row that a page has named, with all that hangs on it.

import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import { farewellQueries } from './farewell.ts'
import { forgetQueries } from './forget.ts'
import { mediaRemovals } from './media-wipes.ts'
import type { Key } from './retain-pages.ts'
import { type Source, slot } from './source.ts'
import { wordQueries } from './words.ts'

export interface SilentAddress extends Key {
  readonly personId: string
  readonly digest: string
  readonly sealed: string
  readonly blockedAt: number | null
}

export type Removals = ReturnType<typeof removals>

export function removals(source: Source) {
  const { db, t, prepare } = source
  const { close } = wordQueries(source)
  const attachments = mediaRemovals(source)
  const { forgetAddress } = forgetQueries(source)
  const { end, leftOver } = farewellQueries(source)
  const dropInboxOf = prepare(
    'retain_drop_inbox_of',
    db.delete(t.inbox).where(eq(t.inbox.ticket, slot('ticket'))),
  )
  const outboxOf = db
    .select({ id: t.outbox.id })
    .from(t.outbox)
    .where(eq(t.outbox.ticket, slot('ticket')))
  const dropAttemptsOf = prepare(
    'retain_drop_attempts_of',
    db.delete(t.attempts).where(inArray(t.attempts.outboundId, outboxOf)),
  )
  const dropOutboxOf = prepare(
    'retain_drop_outbox_of',
    db.delete(t.outbox).where(eq(t.outbox.ticket, slot('ticket'))),
  )
  const dropLinksOf = prepare(
    'retain_drop_links_of',
    db.delete(t.links).where(eq(t.links.ticket, slot('ticket'))),
  )
  const dropInbound = prepare(
    'retain_drop_inbound',
    db
      .delete(t.inbox)
      .where(and(eq(t.inbox.account, slot('account')), eq(t.inbox.providerId, slot('providerId')))),
  )
  const dropAttempts = prepare(
    'retain_drop_attempts',
    db.delete(t.attempts).where(eq(t.attempts.outboundId, slot('id'))),
  )
  const dropOutbound = prepare(
    'retain_drop_outbound',
    db.delete(t.outbox).where(eq(t.outbox.id, slot('id'))),
  )
  const dropId = prepare(
    'retain_drop_id',
    db.delete(t.erasedIds).where(eq(t.erasedIds.digest, slot('digest'))),
  )
  const dropReceipt = prepare(
    'retain_drop_receipt',
    db
      .delete(t.attempts)
      .where(and(eq(t.attempts.account, slot('account')), eq(t.attempts.providerId, slot('id')))),
  )
  const addressesLeft = db
    .select({ one: sql`1` })
    .from(t.addresses)
    .where(eq(t.addresses.personId, slot('person')))
  const linksLeft = db
    .select({ one: sql`1` })
    .from(t.links)
    .where(eq(t.links.personId, slot('person')))
  const dropPerson = prepare(
    'retain_drop_person',
    db
      .delete(t.people)
      .where(and(eq(t.people.id, slot('person')), notExists(addressesLeft), notExists(linksLeft))),
  )

  return {
    async complaint(ticket: string, now: number) {
      await close(ticket, now)
      await attachments.ofTicket(ticket, now)
      await dropInboxOf.execute({ ticket })
      await dropAttemptsOf.execute({ ticket })
      await dropOutboxOf.execute({ ticket })
      await dropLinksOf.execute({ ticket })
    },
    async inbound(row: { readonly account: string; readonly providerId: string }, now: number) {
      await attachments.ofMessage(row.account, row.providerId, now)
      await dropInbound.execute({ ...row })
    },
    async outbound(id: string) {
      await dropAttempts.execute({ id })
      await dropOutbound.execute({ id })
    },
    async farewells() {
      for (const row of await leftOver()) await end(row)
    },
    providerId: (digest: string) => dropId.execute({ digest }),
    receipt: (row: { readonly account: string; readonly id: string }) =>
      dropReceipt.execute({ ...row }),
    async address(row: SilentAddress, now: number) {
      await forgetAddress(row, now)
      await dropPerson.execute({ person: row.personId })
    },
  }
}
