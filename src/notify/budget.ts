// The daily budget of segments, per person and per account (product.md section 10).
// Used up: notices wait for the next morning. Replies, and emergencies to coordinators, always go.

import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import { localDate, midnightBefore } from '../complaints/clocks.ts'
import type { Leased, OutboxStore } from '../store/outbox-port.ts'
import { nextMorning } from './hours.ts'
import { isPing, isUrgentPing } from './pings.ts'

/** At this share of an account's budget the operator is warned. */
const WARN_AT = 0.8

export interface Budget {
  /** Null: it may go. Else the morning it waits for, and why. */
  waitFor(row: Leased, account: string): Promise<{ until: Date; reason: string } | null>
  /** Reads an account's use anew, for the warning. */
  look(account: string): Promise<void>
  warnings(): readonly string[]
}

export function createBudget(parts: {
  readonly store: Pick<OutboxStore, 'segmentsToday'>
  readonly city: City
  readonly clock: Clock
}): Budget {
  const { store, city, clock } = parts
  const { segmentsPerPersonPerDay, segmentsPerAccountPerDay } = city.limits
  const used = new Map<string, { readonly date: string; readonly segments: number }>()
  /** Once one notice had to wait, those behind it wait too, or a shorter one would overtake it. */
  const waiting = { date: '', addresses: new Set<string>() }

  function today(): string {
    const date = localDate(clock(), city.zone)
    if (waiting.date !== date) {
      waiting.date = date
      waiting.addresses.clear()
    }
    return date
  }

  return {
    async waitFor(row, account) {
      if (row.lane === 'reply' || row.segments === 0 || isUrgentPing(row.kind)) return null
      const date = today()
      const midnight = midnightBefore(clock(), city.zone)
      const use = await store.segmentsToday(row.addressId, account, midnight)
      used.set(account, { date, segments: use.account })
      const until = nextMorning(clock(), city)
      if (use.account + row.segments > segmentsPerAccountPerDay) {
        return { until, reason: 'the daily budget of the account is used up' }
      }
      if (isPing(row.kind)) return null
      const over = use.person + row.segments > segmentsPerPersonPerDay
      if (!over && !waiting.addresses.has(row.addressId)) return null
      waiting.addresses.add(row.addressId)
      return { until, reason: 'the daily budget of the person is used up' }
    },
    async look(account) {
      const midnight = midnightBefore(clock(), city.zone)
      const use = await store.segmentsToday('', account, midnight)
      used.set(account, { date: today(), segments: use.account })
    },
    warnings: () =>
      [...used].flatMap(([account, { date, segments }]) =>
        date === today() && segments >= segmentsPerAccountPerDay * WARN_AT
          ? [
              `${account} has used ${segments} of its ${segmentsPerAccountPerDay} segments of today; at the limit notices wait until morning`,
            ]
          : [],
      ),
  }
}
