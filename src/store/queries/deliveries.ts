// What became of a message: attempts settled, receipts joined, early, late, twice or out of order.
// A status moves forward, never back; `failed` is final for its provider id unless it was delivered after all.

import { and, eq, getTableColumns, gte, sql } from 'drizzle-orm'
import type { FailureClass, Receipt, ReceiptStatus } from '../../message.ts'
import type { OutboundStatus } from '../outbox-port.ts'
import { msOrNull, OUTBOUND, oneOf } from '../rows.ts'
import { AS_TEMPLATE, markOf } from './kinds.ts'
import { given, type Source, slot, slotsOf } from './source.ts'

export type OutboundRow = Source['t']['outbox']['$inferSelect']
export type AttemptRow = Source['t']['attempts']['$inferSelect']

const RANK: Readonly<Record<OutboundStatus, number>> = {
  pending: 0,
  expired: 0,
  failed: 1,
  sent: 1,
  delivered: 2,
  read: 3,
}

/** The status after a receipt: never back, and out of `failed` only by a delivery. */
export function forward(from: OutboundStatus, to: ReceiptStatus): OutboundStatus {
  if (to === 'failed') return RANK[from] < RANK.delivered ? 'failed' : from
  return RANK[to] > RANK[from] ? to : from
}

export function deliveryQueries({ db, t, prepare, locks }: Source) {
  const byId = db
    .select()
    .from(t.outbox)
    .where(eq(t.outbox.id, slot('id')))
  const outboundById = prepare('outbound_by_id', locks === null ? byId : locks.hold(byId))
  const setOutbound = prepare(
    'set_outbound',
    db
      .update(t.outbox)
      .set(
        Object.fromEntries(
          [
            'account',
            'status',
            'dueAt',
            'readyAt',
            'nextPart',
            'attempts',
            'lease',
            'leaseUntil',
            'sentAt',
            'reason',
            'passOn',
          ].map((name) => [name, given(name)]),
        ),
      )
      .where(eq(t.outbox.id, slot('id'))),
  )
  const attemptBy = prepare(
    'attempt_by',
    db
      .select()
      .from(t.attempts)
      .where(
        and(eq(t.attempts.account, slot('account')), eq(t.attempts.providerId, slot('providerId'))),
      ),
  )
  const linkAttempt = prepare(
    'link_attempt',
    db
      .insert(t.attempts)
      .values(slotsOf(getTableColumns(t.attempts)))
      .onConflictDoUpdate({
        target: [t.attempts.account, t.attempts.providerId],
        set: {
          outboundId: sql`excluded.outbound_id`,
          part: sql`excluded.part`,
          live: sql`excluded.live`,
        },
      })
      .returning(getTableColumns(t.attempts)),
  )
  const noteReceipt = prepare(
    'note_receipt',
    db
      .insert(t.attempts)
      .values(slotsOf(getTableColumns(t.attempts)))
      .onConflictDoUpdate({
        target: [t.attempts.account, t.attempts.providerId],
        set: {
          outboundId: sql`excluded.outbound_id`,
          status: sql`excluded.status`,
          code: sql`excluded.code`,
          failure: sql`excluded.failure`,
          retryAt: sql`excluded.retry_at`,
        },
      }),
  )
  const liveStatuses = prepare(
    'live_attempts',
    db
      .select({ status: t.attempts.status, part: t.attempts.part })
      .from(t.attempts)
      .where(and(eq(t.attempts.outboundId, slot('id')), eq(t.attempts.live, 1))),
  )
  const supersede = prepare(
    'supersede_attempts',
    db
      .update(t.attempts)
      .set({ live: 0 })
      .where(and(eq(t.attempts.outboundId, slot('id')), gte(t.attempts.part, slot('part')))),
  )
  const save = (row: OutboundRow, change: Partial<OutboundRow>) =>
    setOutbound.execute({ ...row, ...change })

  /** Provider ids of an accepted attempt, each with what an early receipt already said of it. */
  async function link(
    row: OutboundRow,
    account: string,
    providerIds: readonly string[],
    at: number,
  ): Promise<readonly AttemptRow[]> {
    const linkOne = (providerId: string, i: number) => {
      const fresh = { outboundId: row.id, part: row.nextPart + i, live: 1, status: 'sent', at }
      const none = { code: null, failure: null, retryAt: null }
      return linkAttempt.execute({ account, providerId, ...fresh, ...none })
    }
    return (await Promise.all(providerIds.map(linkOne))).flat()
  }

  async function keepReceipt(
    receipt: Receipt,
    found: AttemptRow | undefined,
    outboundId: string | null,
    status: OutboundStatus,
    at: { readonly now: Date; readonly retryAt: Date },
  ): Promise<void> {
    const failed = status === 'failed'
    await noteReceipt.execute({
      account: receipt.account,
      providerId: receipt.providerId,
      outboundId,
      part: found?.part ?? 0,
      live: found?.live ?? 1,
      status,
      code: receipt.code,
      failure: failed ? receipt.failure : null,
      retryAt: failed ? msOrNull(at.retryAt) : null,
      at: found?.at ?? at.now.getTime(),
    })
  }

  /** A message is as far as the part that lags behind most. */
  async function slowestPart(id: string): Promise<OutboundStatus> {
    const parts = (await liveStatuses.execute({ id })).map((row) => oneOf(OUTBOUND, row.status))
    if (parts.includes('failed')) return 'failed'
    return parts.reduce((least, one) => (RANK[one] < RANK[least] ? one : least), 'read')
  }

  /** An accepted message failed after all: again later, or never. */
  async function failed(
    row: OutboundRow,
    part: number,
    failure: FailureClass,
    code: string | null,
    retryAt: number,
  ): Promise<OutboundStatus> {
    const reason = `receipt ${code ?? failure}`
    const free = { lease: null, leaseUntil: null, reason }
    // Nothing is left to say it in: what was a template is refused for good.
    const shut = failure === 'window' && row.passOn === AS_TEMPLATE
    switch (shut ? 'permanent' : failure) {
      case 'transient':
      case 'suspended':
        await supersede.execute({ id: row.id, part })
        await save(row, { ...free, status: 'pending', readyAt: retryAt, nextPart: part })
        return 'pending'
      // Whole, and not as it went: what it said is said by a template.
      case 'window':
        await supersede.execute({ id: row.id, part: 0 })
        await save(row, {
          ...{ ...free, status: 'pending', readyAt: retryAt, nextPart: 0 },
          passOn: AS_TEMPLATE,
        })
        return 'pending'
      case 'permanent':
      case 'opted-out':
        await save(row, { ...free, status: 'failed', passOn: markOf(row) })
        return 'failed'
    }
  }

  const outbound = async (id: string) => (await outboundById.execute({ id }))[0]
  const attempt = async (account: string, providerId: string) =>
    (await attemptBy.execute({ account, providerId }))[0]

  return { outbound, attempt, save, link, keepReceipt, slowestPart, failed }
}
