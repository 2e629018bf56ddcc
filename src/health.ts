// The detail of /health: channels with state and since when, what waits, and what the operator should mend.
// Only for loopback or the bearer; no address, no words.

import type { Channel } from './channels/channel.ts'
import type { City } from './city/city.ts'
import { isoWithOffset, localDate } from './complaints/clocks.ts'
import type { Counts } from './store/store.ts'
import type { ReadCounts } from './stored-counts.ts'

export interface HealthParts {
  readonly channels: readonly Channel[]
  readonly counts: ReadCounts
  readonly city: City
  /** Of the settings, and those that come and go: budgets, paused accounts. */
  readonly warnings: () => readonly string[]
}

export async function healthDetail(parts: HealthParts, now: Date) {
  const { channels, city } = parts
  const counts = await parts.counts(now)
  const time = (at: Date | null) => (at === null ? null : isoWithOffset(at, city.zone))
  return {
    time: time(now),
    channels: channels.map((channel) => {
      const { state, since, lastIn, lastOut, why } = channel.health()
      const seen = { since: time(since), last_in: time(lastIn), last_out: time(lastOut), why }
      return { channel: channel.name, account: channel.account, state, ...seen }
    }),
    stuck_messages: counts?.stuck ?? null,
    failed_messages: counts?.failed ?? null,
    expired_messages: counts?.expired ?? null,
    warnings: [...storeWarnings(counts), ...calendarWarnings(city, now), ...parts.warnings()],
  }
}

function storeWarnings(counts: Counts | null): string[] {
  if (counts === null) return ['The database cannot be read. See the log.']
  const warnings: string[] = []
  if (counts.stuck > 0) {
    warnings.push(`${counts.stuck} message(s) could not be handled and wait for a fix.`)
  }
  return warnings
}

/** A year without an official list: its dates are told as an estimate (product.md section 4). */
function calendarWarnings(city: City, now: Date): string[] {
  const year = Number(localDate(now, city.zone).slice(0, 4))
  return [year, year + 1].flatMap((each) =>
    city.calendar.officialYears.has(each)
      ? []
      : [`config/holidays.yaml has no official list for ${each}: due dates in it are estimates.`],
  )
}
