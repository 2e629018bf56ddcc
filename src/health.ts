// The detail of /health: channels with state and since when, what waits, and what the operator should mend.
// Only for loopback or the bearer; no address, no words.

import type { Channel, ChannelHealth } from './channels/channel.ts'
import type { City } from './city/city.ts'
import { isoWithOffset, localDate } from './complaints/clocks.ts'
import type { ChannelName } from './message.ts'
import type { Traffic } from './notify/traffic.ts'
import type { Counts } from './store/operating-port.ts'
import type { AccountPast } from './store/watch-port.ts'
import type { ReadCounts } from './stored-counts.ts'

/** An account as this process sees it, and what all processes know of it. */
export interface AccountSeen extends ChannelHealth {
  readonly channel: ChannelName
  readonly account: string
  readonly alarms: AccountPast['alarms']
}

/** The last in and out are of all processes, and from before the last start. */
export function accountsSeen(
  channels: readonly Channel[],
  traffic: Pick<Traffic, 'past'>,
): readonly AccountSeen[] {
  return channels.map(({ name: channel, account, health }) => {
    const own = health()
    const past = traffic.past(account)
    const lastIn = latest(own.lastIn, past?.lastIn ?? null)
    const lastOut = latest(own.lastOut, past?.lastOut ?? null)
    const alarms = past?.alarms ?? { down: null, silent: null }
    return { ...own, channel, account, lastIn, lastOut, alarms }
  })
}

function latest(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one
}

export interface HealthParts {
  readonly seen: readonly AccountSeen[]
  readonly counts: ReadCounts
  readonly city: City
  /** Of the settings, and those that come and go: budgets, paused accounts. */
  readonly warnings: () => readonly string[]
}

export async function healthDetail(parts: HealthParts, now: Date) {
  const { seen, city } = parts
  const counts = await parts.counts(now)
  const time = (at: Date | null) => (at === null ? null : isoWithOffset(at, city.zone))
  return {
    time: time(now),
    channels: seen.map(({ channel, account, state, since, lastIn, lastOut, why, alarms }) => {
      const times = { since: time(since), last_in: time(lastIn), last_out: time(lastOut) }
      const told = { down_told: time(alarms.down), silent_told: time(alarms.silent) }
      return { channel, account, state, ...times, why, ...told }
    }),
    stuck_messages: counts?.stuck ?? null,
    failed_messages: counts?.failed ?? null,
    expired_messages: counts?.expired ?? null,
    undelivered: counts?.undelivered.map(({ at, ...rest }) => ({ ...rest, at: time(at) })) ?? null,
    warnings: [
      ...storeWarnings(counts),
      ...channelWarnings(seen),
      ...calendarWarnings(city, now),
      ...parts.warnings(),
    ],
  }
}

function storeWarnings(counts: Counts | null): string[] {
  if (counts === null) return ['The database cannot be read. See the log.']
  const warnings: string[] = []
  if (counts.stuck > 0) {
    warnings.push(`${counts.stuck} message(s) could not be handled and wait for a fix.`)
  }
  const { failing, oldestSeconds } = counts.media
  if (failing > 0) {
    const hours = Math.floor(oldestSeconds / 3600)
    warnings.push(
      `${failing} attachment(s) could not be fetched or kept so far, the oldest for ${hours} h; after 24 h they are given up. The log says why ("attachment", outcome retry).`,
    )
  }
  return warnings
}

function channelWarnings(seen: readonly AccountSeen[]): string[] {
  return seen.flatMap(({ account, alarms, why }) => [
    ...(alarms.down === null
      ? []
      : [`${account} cannot carry messages (${why ?? 'so another process sees it'}).`]),
    ...(alarms.silent === null
      ? []
      : [`${account} is silent where it used to be busy. Send it a message to try.`]),
  ])
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
