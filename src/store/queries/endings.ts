// What a settlement, a receipt or an expiry means where somebody was erased: their farewell ends, their ids are unknown.
// Around the queries of everybody's messages, which know nothing of it.

import { and, eq, isNull } from 'drizzle-orm'
import type { Receipt } from '../../message.ts'
import type { ReceiptEffect, Settlement } from '../outbox-port.ts'
import { erasedIdQueries, OURS } from './erased-ids.ts'
import { farewellQueries } from './farewell.ts'
import type { outboxQueries } from './outbox.ts'
import type { settleQueries } from './settle.ts'
import { type Source, slot } from './source.ts'

/** `ended`: something of an erased person is gone with it. */
interface Ended<T> {
  readonly value: T
  readonly ended: boolean
}

export function endingQueries(
  source: Source,
  { settle, recordReceipt }: ReturnType<typeof settleQueries>,
  { expire }: ReturnType<typeof outboxQueries>,
) {
  const { db, t, prepare } = source
  const { endIfOver } = farewellQueries(source)
  const { isErased } = erasedIdQueries(source)
  const dropOrphan = prepare(
    'drop_orphan',
    db
      .delete(t.attempts)
      .where(
        and(
          eq(t.attempts.account, slot('account')),
          eq(t.attempts.providerId, slot('providerId')),
          isNull(t.attempts.outboundId),
        ),
      ),
  )

  async function settleAndEnd(
    id: string,
    lease: string,
    settlement: Settlement,
  ): Promise<Ended<boolean>> {
    const value = await settle(id, lease, settlement)
    return { value, ended: await endIfOver(id) }
  }

  async function receiptAndEnd(
    receipt: Receipt,
    now: Date,
    retryAt: Date,
  ): Promise<Ended<ReceiptEffect>> {
    const value = await recordReceipt(receipt, now, retryAt)
    if (value.known) return { value, ended: await endIfOver(value.outboundId) }
    const { account, providerId, messageId } = receipt
    const erased =
      (await isErased(account, providerId)) ||
      (messageId !== null && (await isErased(OURS, messageId)))
    if (erased) await dropOrphan.execute({ account, providerId })
    return { value, ended: erased }
  }

  async function expireAndEnd(now: Date): Promise<Ended<number>> {
    let ended = false
    const ids = await expire(now)
    for (const id of ids) if (await endIfOver(id)) ended = true
    return { value: ids.length, ended }
  }

  return { settleAndEnd, receiptAndEnd, expireAndEnd }
}
