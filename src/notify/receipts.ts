// What a provider says became of a message: stored first, then what follows from it.
// A receipt moves a status forward, never back; the store sees to that.

import type { Chance, Clock } from '../clock.ts'
import type { Receipt } from '../message.ts'
import type { OutboxStore } from '../store/outbox-port.ts'
import type { AccountPauses } from './account-pauses.ts'
import { backoffMs } from './send-outcome.ts'

export interface ReceiptParts {
  readonly store: Pick<OutboxStore, 'recordReceipt'>
  readonly clock: Clock
  readonly chance: Chance
  /** What was accepted has failed after all. */
  readonly onFailed: (kind: string | null, ticket: string | null) => Promise<unknown>
  readonly pauses: Pick<AccountPauses, 'suspend'>
  readonly log: { info(fields: object, text: string): void }
  readonly observe: { outbound(channel: string, kind: string, outcome: string): void }
}

/** Attempts before the one a receipt speaks of are not known here; the third wait is a fair middle. */
const ASSUMED_ATTEMPTS = 3

export function createReceipts(parts: ReceiptParts): { take(receipt: Receipt): Promise<void> } {
  const { store, clock, chance, pauses, log, observe, onFailed } = parts
  return {
    async take(receipt) {
      const now = clock()
      // A shut window is waited for in vain: what goes instead goes at once.
      const backoff = receipt.failure === 'window' ? 0 : backoffMs(ASSUMED_ATTEMPTS, chance)
      const waitMs = Math.max(backoff, receipt.afterMs ?? 0)
      const retryAt = new Date(now.getTime() + waitMs)
      const effect = await store.recordReceipt(receipt, now, retryAt)
      const { channel, account, status, code, failure } = receipt
      const { ticket, kind, known } = effect
      log.info({ channel, account, ticket, kind, status, code, known }, 'receipt')
      if (effect.changed) observe.outbound(channel, kind ?? 'unknown', status)
      if (effect.changed && effect.status === 'failed') await onFailed(kind, ticket)
      if (failure === 'suspended') {
        await pauses.suspend(account, `the provider reported code ${code ?? 'unknown'}`)
      }
    },
  }
}
