// What a refusal by a provider means for a message, and what the outbox is told of it. The same on every channel.

import type { FailureClass } from '../message.ts'
import type { SendResult } from './channel.ts'

export type CodeClass = FailureClass | 'throttled'

export interface Verdict {
  readonly class: CodeClass
  /** For the operator; no person's words. */
  readonly reason: string
}

/** `waitMs`: the provider's own wait in milliseconds; null: it named none. */
export function toldOf(verdict: Verdict, waitMs: number | null): SendResult {
  const { class: kind, reason } = verdict
  const wait = waitMs === null ? {} : { afterMs: waitMs }
  switch (kind) {
    case 'transient':
      return { outcome: 'retry', reason, ...wait }
    case 'throttled':
      return { outcome: 'throttled', reason, ...wait }
    case 'permanent':
      return { outcome: 'rejected', reason }
    case 'opted-out':
      return { outcome: 'opted-out' }
    case 'suspended':
      return { outcome: 'suspended', reason }
    case 'window':
      return { outcome: 'window-closed' }
  }
}

/** Some parts went. What stopped the next one will be met again, alone, at its next attempt. */
export function partly(
  stopped: SendResult,
  providerIds: readonly string[],
  nextPart: number,
): SendResult {
  const reason = 'reason' in stopped ? stopped.reason : stopped.outcome
  const part = { outcome: 'partly', providerIds, nextPart, reason } as const
  return 'afterMs' in stopped && stopped.afterMs !== undefined
    ? { ...part, afterMs: stopped.afterMs, ...(stopped.outcome === 'retry' ? { alone: true } : {}) }
    : part
}
