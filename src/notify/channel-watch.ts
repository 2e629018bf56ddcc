// Tells the coordinators when an account has been down for long, or is silent where it used to be busy.
// Once for each incident, by one process, with what to do; and one line when it is well again.

import { type Channel, carries } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { localTime } from '../complaints/clocks.ts'
import { formatDate } from '../conversation/phrases.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { AlarmKind, WatchStore } from '../store/watch-port.ts'
import { afterQuiet } from './hours.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import {
  hoursOf,
  isStrange,
  LONGEST_MS,
  receivedIn,
  SHORTEST_MS,
  WEEK_HOURS,
  WEEKS,
} from './silence.ts'
import type { Traffic } from './traffic.ts'
import { type Measure, say, sized } from './wording.ts'

export interface WatchParts {
  readonly store: Pick<WatchStore, 'channelViews' | 'traffic' | 'commitAlarm'>
  readonly channels: readonly Channel[]
  readonly traffic: Pick<Traffic, 'tell' | 'past'>
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
  readonly coordinators: () => Promise<readonly Listener[]>
  readonly log: {
    info(fields: object, text: string): void
    error(fields: object, text: string): void
  }
}

/** Not carrying for so long is an incident. */
const DOWN_MS = 5 * 60_000
/** Carrying again for so long ends it. */
const WELL_MS = 60_000
/** Views that are older say nothing: their process tells every minute. */
const FRESH_MS = 3 * 60_000
/** Kind of the pings; no complaint's. */
const KIND = 'ping_channel'

/** One look at all accounts; for the process that keeps the schedule. */
export function createChannelWatch(parts: WatchParts): { run(): Promise<void> } {
  const { store, channels, traffic, city, clock, log } = parts
  /** Silence before we were there to hear is none. */
  const began = clock()

  async function watch(channel: Channel): Promise<void> {
    const { account } = channel
    const past = traffic.past(account)
    if (past === null) return
    const now = clock()
    const views = await store.channelViews(account, earlier(now, FRESH_MS))
    if (views.length === 0) return
    const bad = views.filter(({ state }) => state !== 'up')
    const { down, silent } = past.alarms
    const long = bad.filter(({ since }) => since <= earlier(now, DOWN_MS))
    const upSince = latest(views.map(({ since }) => since)) ?? now
    if (down === null && long.length > 0)
      await tell(channel, 'down', earliest(long.map(({ since }) => since)) ?? now)
    else if (down !== null && bad.length === 0 && upSince <= earlier(now, WELL_MS))
      await tellWell(channel, 'down', down)
    if (silent !== null) {
      if (past.lastIn !== null && past.lastIn > silent) await tellWell(channel, 'silent', silent)
    } else if (down === null && bad.length === 0) {
      const from = latest([began, upSince, past.lastIn]) ?? now
      if (await isSilent(account, from, now)) await tell(channel, 'silent', past.lastIn ?? from)
    }
  }

  async function isSilent(account: string, since: Date, now: Date): Promise<boolean> {
    if (since > earlier(now, SHORTEST_MS)) return false
    const stretch = hoursOf(latest([since, earlier(now, LONGEST_MS)]) ?? since, now)
    const [first, last] = [stretch[0]?.hour ?? 0, stretch.at(-1)?.hour ?? 0]
    const weeks: (number | null)[] = []
    for (let ago = 1; ago <= WEEKS; ago++) {
      const back = ago * WEEK_HOURS
      const hours = await store.traffic(account, first - back, last - back)
      weeks.push(receivedIn(stretch, hours, ago))
    }
    return isStrange(weeks)
  }

  async function tell(channel: Channel, kind: AlarmKind, since: Date): Promise<void> {
    const { account } = channel
    const outbound = await pings(channel, `ping_channel_${kind}`, since)
    const change = { account, kind, expected: null, next: clock() }
    if ((await store.commitAlarm(change, outbound)) === 'stale') return
    const { why } = channel.health()
    const about = { channel: channel.name, account, alarm: kind, since: since.toISOString(), why }
    log.error(about, 'a channel needs somebody; docs/operations.md says what to do')
  }

  async function tellWell(channel: Channel, kind: AlarmKind, expected: Date): Promise<void> {
    const { account } = channel
    const outbound = await pings(channel, 'ping_channel_well', clock())
    const change = { account, kind, expected, next: null }
    if ((await store.commitAlarm(change, outbound)) === 'stale') return
    log.info({ channel: channel.name, account, alarm: kind }, 'a channel is well again')
  }

  /** To each coordinator, by another account than the one in trouble where there is one. */
  async function pings(about: Channel, key: string, at: Date): Promise<readonly NewOutbound[]> {
    const now = clock()
    const row = { kind: KIND, ticket: null, now, dueAt: afterQuiet(now, city), newId: parts.newId }
    return readersOf(await parts.coordinators()).map((reader) => {
      const params = {
        channel: nameOf(about, reader),
        date: formatDate(at, city),
        time: localTime(at, city.zone),
      }
      const other = channels.find(
        (one) => one.account !== about.account && carries(one, reader.address),
      )
      const worded = sized(reader, say(reader, key, params, { city }), parts)
      return noticeRow({ ...reader, account: other?.account ?? reader.account }, worded, row)
    })
  }

  function nameOf({ name, account }: Channel, reader: Listener): string {
    const said = say(reader, `ping_part_${name}`, {}, { city })
    return account === name ? said : `${said} (${account})`
  }

  return {
    async run() {
      await traffic.tell()
      for (const channel of channels) await watch(channel)
    },
  }
}

function earlier(at: Date, ms: number): Date {
  return new Date(at.getTime() - ms)
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce(
    (one, other) => (one === null || (other !== null && other > one) ? other : one),
    null,
  )
}

function earliest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>(
    (one, other) => (one === null || other < one ? other : one),
    null,
  )
}
