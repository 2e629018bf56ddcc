// What the outbox and the receipts say became of a message, written down.
// Fenced: a settlement names its lease; a receipt that came first is never overruled.

import type { FailureClass, Receipt } from '../../message.ts'
import type { OutboundStatus, ReceiptEffect, Settlement } from '../outbox-port.ts'
import { OUTBOUND, oneOf } from '../rows.ts'
import { type AttemptRow, deliveryQueries, forward, type OutboundRow } from './deliveries.ts'
import { holdingQueries } from './holding.ts'
import { AS_TEMPLATE, markOf } from './kinds.ts'
import type { Source } from './source.ts'
import { usageWrites } from './usage.ts'

const FREE = { lease: null, leaseUntil: null }

/** `shut`: this account can no longer reach this address. */
type Shut = (addressId: string, account: string, at: number) => PromiseLike<unknown>

export function settleQueries(source: Source, shut: Shut) {
  const { outbound, attempt, save, link, keepReceipt, slowestPart, failed } =
    deliveryQueries(source)
  const { holdIds, inHand } = holdingQueries(source)
  const { countUse } = usageWrites(source)

  async function settle(id: string, lease: string, settlement: Settlement): Promise<boolean> {
    const [, row] = await Promise.all([
      'providerIds' in settlement ? holdIds(settlement.account, settlement.providerIds) : null,
      outbound(id),
    ])
    if (row === undefined || row.lease !== lease) return false
    switch (settlement.status) {
      case 'sent':
        await accepted(row, settlement)
        return true
      case 'partly':
        await partly(row, settlement)
        return true
      default:
        await save(row, row.status === 'pending' ? notSent(row, settlement) : FREE)
    }
    if (settlement.status === 'failed' && settlement.optedOut && settlement.account !== null)
      await shut(row.addressId, settlement.account, settlement.at.getTime())
    return true
  }

  async function accepted(row: OutboundRow, { account, providerIds, at }: Of<'sent'>) {
    // A receipt that came first has counted the segments already; a message sent again costs again.
    const told = ['sent', 'delivered', 'read'].includes(row.status)
    const sentAt = told && row.sentAt !== null ? row.sentAt : at.getTime()
    const parts = await link(row, account, providerIds, at.getTime())
    const counted = { ...row, ...FREE, account, sentAt, attempts: row.attempts + 1, reason: null }
    const count = async () => {
      if (!told) await countUse(account, row.segments, sentAt)
    }
    const lost = parts.find((part) => part.status === 'failed')
    if (lost !== undefined && row.status === 'pending') {
      await count()
      await failedAfterAll({ ...counted, status: 'sent' }, lost)
      return
    }
    const known = row.status === 'pending' || row.status === 'expired' ? 'sent' : row.status
    const whole = parts.length > 1 || row.nextPart > 0
    const [only] = parts
    const status = whole ? await slowestPart(row.id) : only === undefined ? 'sent' : only.status
    const next = further(oneOf(OUTBOUND, known), oneOf(OUTBOUND, status))
    // The count last: whoever else sends by this account waits for its row until this is committed.
    await Promise.all([save(counted, { status: next }), count()])
  }

  async function partly(row: OutboundRow, settlement: Of<'partly'>) {
    const { account, providerIds, nextPart, reason, counts } = settlement
    const retryAt = settlement.retryAt.getTime()
    await link(row, account, providerIds, retryAt)
    const attempts = row.attempts + (counts ? 1 : 0)
    await save(row, { ...FREE, account, attempts, nextPart, reason, readyAt: retryAt })
  }

  async function failedAfterAll(row: OutboundRow, part: AttemptRow): Promise<OutboundStatus> {
    const failure = (part.failure ?? 'permanent') as FailureClass
    if (failure === 'opted-out') await shut(row.addressId, part.account, part.at)
    return failed(row, part.part, failure, part.code, part.retryAt ?? part.at)
  }

  async function recordReceipt(receipt: Receipt, now: Date, retryAt: Date): Promise<ReceiptEffect> {
    const { account, providerId, messageId } = receipt
    const [, found] = await Promise.all([
      holdIds(account, [providerId]),
      attempt(account, providerId),
    ])
    const id = found?.outboundId ?? messageId
    const row = id === null ? undefined : await outbound(id)
    const before = oneOf(OUTBOUND, found?.status ?? 'pending')
    const after = forward(before, receipt.status)
    const joined = found !== undefined && found.outboundId === (row?.id ?? null)
    if (after === before && joined) return effectOf(row, row?.status, false)
    await keepReceipt(receipt, found, row?.id ?? null, after, { now, retryAt })
    const kept = await attempt(account, providerId)
    if (row === undefined || kept === undefined) return effectOf(undefined, undefined, false)
    const status = await apply(row, kept, after, now)
    return effectOf(row, status, status !== row.status)
  }

  /** Moves the message after one of its provider ids has moved. */
  async function apply(
    row: OutboundRow,
    part: AttemptRow,
    status: OutboundStatus,
    now: Date,
  ): Promise<OutboundStatus> {
    const was = oneOf(OUTBOUND, row.status)
    if (status === 'failed') {
      // A superseded attempt says nothing new; one in hand is joined when it is settled.
      const open = was === 'sent' || (was === 'pending' && !(await inHand(row.id, now)))
      return open && part.live === 1 ? failedAfterAll(row, part) : was
    }
    if (was === 'pending' && row.nextPart > 0) return was
    const reached = was === 'pending' ? status : await slowestPart(row.id)
    const next = further(was, part.live === 1 ? reached : status)
    if (next === was) return was
    const sentAt = row.sentAt ?? now.getTime()
    if (row.sentAt === null) await countUse(part.account, row.segments, sentAt)
    await save(row, { status: next, sentAt, account: part.account, reason: null })
    return next
  }

  return { settle, recordReceipt }
}

type Of<S extends Settlement['status']> = Extract<Settlement, { status: S }>

/** The row after an attempt that brought nothing to the provider. */
function notSent(
  row: OutboundRow,
  settlement: Exclude<Settlement, { status: 'sent' | 'partly' }>,
): Partial<OutboundRow> {
  switch (settlement.status) {
    case 'retry': {
      const attempts = row.attempts + (settlement.counts ? 1 : 0)
      const { reason, asTemplate } = settlement
      const passOn = asTemplate === true ? AS_TEMPLATE : row.passOn
      return { ...FREE, attempts, reason, passOn, readyAt: settlement.retryAt.getTime() }
    }
    case 'put-off': {
      const at = settlement.dueAt.getTime()
      return { ...FREE, dueAt: at, readyAt: at, reason: settlement.reason }
    }
    case 'failed': {
      const { reason } = settlement
      const attempts = row.attempts + 1
      return { ...FREE, attempts, status: 'failed', reason, passOn: markOf(row) }
    }
    case 'expired':
      return { ...FREE, status: 'expired', reason: 'expired', passOn: markOf(row) }
  }
}

/** Of two truths about one message, the one that is further along. */
function further(was: OutboundStatus, now: OutboundStatus): OutboundStatus {
  if (now === 'pending' || now === 'expired') return was
  if (was === 'pending' || was === 'expired') return now
  return forward(was, now)
}

function effectOf(
  row: OutboundRow | undefined,
  status: string | undefined,
  changed: boolean,
): ReceiptEffect {
  return {
    known: row !== undefined,
    outboundId: row?.id ?? null,
    kind: row?.kind ?? null,
    ticket: row?.ticket ?? null,
    status: status === undefined ? null : oneOf(OUTBOUND, status),
    changed,
  }
}
