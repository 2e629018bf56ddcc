// What a provider's answer means for the message: one settlement per outcome (channels.md, all channels, rule 6).
// Pure; a provider's own wait is never shortened.

import type { SendResult } from '../channels/channel.ts'
import type { Chance } from '../clock.ts'
import type { Leased, Settlement } from '../store/outbox-port.ts'

const FIRST_BACKOFF_MS = 5_000
const LONGEST_BACKOFF_MS = 15 * 60_000
const SHORTEST_BACKOFF_MS = 1_000
/** Asked, and no answer: a receipt may still tell that it went. */
const UNKNOWN_WAIT_MS = 60_000

const MOVES_AT_ONCE = 3

/** Exponential with full jitter: somewhere up to 5 s, 10 s, 20 s ... 15 min, and never under 1 s. */
export function backoffMs(attempts: number, chance: Chance): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempts, 20))
  return Math.max(SHORTEST_BACKOFF_MS, chance(ceiling + 1))
}

export interface Attempt {
  readonly row: Pick<Leased, 'attempts'>
  readonly account: string
  readonly now: Date
  readonly chance: Chance
  /** End of the account's pause, when there is one. */
  readonly pausedUntil: Date | null
}

export function settlementOf(
  result: SendResult,
  { row, account, now, chance, pausedUntil }: Attempt,
): Settlement {
  const later = (afterMs = 0) =>
    new Date(now.getTime() + Math.max(afterMs, backoffMs(row.attempts, chance)))
  const failed = { status: 'failed', at: now, optedOut: false, account } as const
  switch (result.outcome) {
    case 'accepted':
      return { status: 'sent', account, providerIds: result.providerIds, at: now }
    case 'partly': {
      const { providerIds, nextPart, reason } = result
      const retryAt = latest(later(result.afterMs), pausedUntil)
      return { status: 'partly', account, providerIds, nextPart, reason, retryAt, counts: true }
    }
    case 'onward': {
      const { providerIds, nextPart } = result
      const reason = 'part of it went'
      return {
        status: 'partly',
        account,
        providerIds,
        nextPart,
        reason,
        retryAt: now,
        counts: false,
      }
    }
    case 'unknown': {
      const retryAt = new Date(now.getTime() + UNKNOWN_WAIT_MS)
      return { status: 'retry', retryAt, reason: result.reason, counts: true }
    }
    case 'retry':
      return {
        status: 'retry',
        retryAt: later(result.afterMs),
        reason: result.reason,
        counts: true,
      }
    case 'throttled':
      return {
        status: 'put-off',
        dueAt: pausedUntil ?? later(result.afterMs),
        reason: result.reason,
      }
    case 'suspended':
      return {
        status: 'retry',
        retryAt: pausedUntil ?? later(),
        reason: result.reason,
        counts: false,
      }
    case 'rejected':
      return { ...failed, reason: result.reason }
    case 'window-closed':
      return { ...failed, reason: 'the window for free text is closed' }
    case 'moved':
      return movedOn(row, now)
    case 'opted-out':
      return { ...failed, reason: 'this person opted out of this account', optedOut: true }
  }
}

/** The row has its new address by now. A provider that sends us in a circle is asked ever more seldom. */
function movedOn({ attempts }: Attempt['row'], now: Date): Settlement {
  const afterMs = attempts < MOVES_AT_ONCE ? 0 : UNKNOWN_WAIT_MS
  const retryAt = new Date(now.getTime() + afterMs)
  return { status: 'retry', retryAt, reason: 'the address has moved', counts: true }
}

function latest(at: Date, other: Date | null): Date {
  return other !== null && other > at ? other : at
}
