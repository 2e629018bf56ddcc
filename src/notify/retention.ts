// Retention applied whole: batch after batch with one moment for all of them, and a line in the audit trail.
// Every night by the schedule, or whenever the operator says so; both are this.

import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import { addDays, localDate } from '../complaints/clocks.ts'
import type { Address } from '../message.ts'
import type { RetentionCounts } from '../store/privacy-port.ts'
import type { Store } from '../store/store.ts'
import { afterQuiet } from './hours.ts'

export interface RetentionParts {
  readonly store: Pick<Store, 'retain' | 'audit'>
  readonly city: Pick<City, 'retention'>
  /** Out of the operator's settings: never taken for silent citizens. */
  readonly onDuty: readonly Address[]
  readonly now: Date
  readonly dryRun: boolean
  /** For the audit trail: `schedule`, or who runs the command. */
  readonly actor: string
  /** True: no further batch; what is left comes next time. */
  readonly stopped?: () => boolean
}

/** Small, because a batch is one transaction and everybody else waits for it. */
const BATCH = 200

/** What was done stays done when it is interrupted (`finished` is false then); the next run takes the rest. */
export async function applyRetention(
  parts: RetentionParts,
): Promise<RetentionCounts & { readonly finished: boolean }> {
  const { store, city, onDuty, now, dryRun, actor } = parts
  let sum: RetentionCounts = {
    complaints: 0,
    messages: 0,
    addresses: 0,
    providerIds: 0,
    receipts: 0,
  }
  let from: string | null = null
  do {
    const rules = { ...city.retention, onDuty }
    const { next, ...counts } = await store.retain(rules, now, { dryRun, limit: BATCH, from })
    sum = plus(sum, counts)
    from = next
  } while (from !== null && parts.stopped?.() !== true)
  if (!dryRun && Object.values(sum).some((count) => count > 0)) {
    const whose = { actor, ticket: null, personId: null }
    await store.audit({ at: now, action: 'retain', ...whose, detail: JSON.stringify(sum) })
  }
  return { ...sum, finished: from === null }
}

function plus(one: RetentionCounts, other: RetentionCounts): RetentionCounts {
  return {
    complaints: one.complaints + other.complaints,
    messages: one.messages + other.messages,
    addresses: one.addresses + other.addresses,
    providerIds: one.providerIds + other.providerIds,
    receipts: one.receipts + other.receipts,
  }
}

export interface NightlyParts {
  readonly store: Pick<Store, 'retain' | 'audit' | 'getFact' | 'setFacts'>
  readonly city: City
  readonly onDuty: () => Promise<readonly Address[]>
  readonly clock: Clock
  readonly stopped: () => boolean
}

const LAST_DAY = 'retention:day'

/** Once a day, in the quiet hours; a gateway that only runs by day does it then, a day late. */
export function createNightly(parts: NightlyParts): () => Promise<void> {
  const { store, city, clock, stopped } = parts
  return async () => {
    const now = clock()
    const today = localDate(now, city.zone)
    const last = await store.getFact(LAST_DAY)
    if (last === today) return
    const isNight = afterQuiet(now, city) > now
    if (!isNight && last === addDays(today, -1)) return
    const onDuty = await parts.onDuty()
    const run = { store, city, onDuty, now, dryRun: false, actor: 'schedule', stopped }
    if ((await applyRetention(run)).finished) await store.setFacts({ [LAST_DAY]: today })
  }
}
