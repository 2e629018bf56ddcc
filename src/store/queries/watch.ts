// How channels fare: traffic by the hour, views by process, incidents as facts. A few small rows a minute.
// Several processes add up; the last in and out are the latest that any of them saw.

import { and, asc, between, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { NewOutbound } from '../outbox-port.ts'
import { dateOf, dateOrNull, msOrNull, oneOf } from '../rows.ts'
import type { AccountPast, AccountView, AlarmChange, AlarmKind } from '../watch-port.ts'
import { operatingReads, operatingWrites } from './operating.ts'
import type { outboxQueries } from './outbox.ts'
import { type Source, slot, slots } from './source.ts'

const HOUR_MS = 3_600_000
/** The watch looks back six weeks; two more for whoever wants to see why it spoke. */
const KEPT_HOURS = 8 * 7 * 24
/** A process that has not looked for so long will not again. */
const VIEW_LIFE_MS = HOUR_MS
const STATES = ['up', 'down', 'paused'] as const

export function watchReads({ db, t, prepare }: Source) {
  const views = prepare(
    'views_of',
    db
      .select({ state: t.channelViews.state, since: t.channelViews.since })
      .from(t.channelViews)
      .where(
        and(eq(t.channelViews.account, slot('account')), gte(t.channelViews.seenAt, slot('since'))),
      ),
  )
  const hours = prepare(
    'traffic_between',
    db
      .select({ hour: t.traffic.hour, received: t.traffic.received })
      .from(t.traffic)
      .where(
        and(
          eq(t.traffic.account, slot('account')),
          between(t.traffic.hour, slot('from'), slot('to')),
        ),
      )
      .orderBy(asc(t.traffic.hour)),
  )

  async function channelViews(account: string, since: Date) {
    const rows = await views.execute({ account, since: since.getTime() })
    return rows.map((row) => ({ state: oneOf(STATES, row.state), since: dateOf(row.since) }))
  }

  const traffic = async (account: string, from: number, to: number) =>
    hours.execute({ account, from, to })

  return { channelViews, traffic }
}

export function watchWrites(
  source: Source,
  { put }: Pick<ReturnType<typeof outboxQueries>, 'put'>,
) {
  const { db, t, prepare } = source
  const { getFact } = operatingReads(source)
  const { swapFact } = operatingWrites(source)
  const addTraffic = prepare(
    'add_traffic',
    db
      .insert(t.traffic)
      .values(slots('account', 'hour', 'received'))
      .onConflictDoUpdate({
        target: [t.traffic.account, t.traffic.hour],
        set: { received: sql`traffic.received + excluded.received` },
      }),
  )
  const setView = prepare(
    'set_view',
    db
      .insert(t.channelViews)
      .values(slots('account', 'holder', 'state', 'since', 'seenAt'))
      .onConflictDoUpdate({
        target: [t.channelViews.account, t.channelViews.holder],
        set: {
          state: sql`excluded.state`,
          since: sql`excluded.since`,
          seenAt: sql`excluded.seen_at`,
        },
      }),
  )
  const setTimes = prepare(
    'set_channel_times',
    db
      .insert(t.channelTimes)
      .values(slots('account', 'lastInAt', 'lastOutAt'))
      .onConflictDoUpdate({
        target: t.channelTimes.account,
        set: { lastInAt: laterOf('last_in_at'), lastOutAt: laterOf('last_out_at') },
      })
      .returning({ lastIn: t.channelTimes.lastInAt, lastOut: t.channelTimes.lastOutAt }),
  )
  const dropTraffic = prepare(
    'drop_traffic',
    db.delete(t.traffic).where(lt(t.traffic.hour, slot('before'))),
  )
  const dropOldViews = prepare(
    'drop_old_views',
    db.delete(t.channelViews).where(lt(t.channelViews.seenAt, slot('before'))),
  )
  const dropViews = prepare(
    'drop_views',
    db.delete(t.channelViews).where(eq(t.channelViews.holder, slot('holder'))),
  )

  async function noteChannels(holder: string, views: readonly AccountView[], now: Date) {
    const past = new Map<string, AccountPast>()
    // Always in the same order: two processes that wait for each other would both be late.
    for (const view of [...views].sort((a, b) => (a.account < b.account ? -1 : 1)))
      past.set(view.account, await noteChannel(holder, view, now))
    await dropTraffic.execute({ before: Math.floor(now.getTime() / HOUR_MS) - KEPT_HOURS })
    await dropOldViews.execute({ before: now.getTime() - VIEW_LIFE_MS })
    return views.flatMap(({ account }) => past.get(account) ?? [])
  }

  async function noteChannel(holder: string, view: AccountView, now: Date): Promise<AccountPast> {
    const { account, state, since, lastIn, lastOut, received } = view
    for (const { hour, count } of received)
      await addTraffic.execute({ account, hour, received: count })
    const seen = { state, since: since.getTime(), seenAt: now.getTime() }
    await setView.execute({ account, holder, ...seen })
    const times = { lastInAt: msOrNull(lastIn), lastOutAt: msOrNull(lastOut) }
    const [latest] = await setTimes.execute({ account, ...times })
    const alarms = {
      down: await alarmOf(account, 'down'),
      silent: await alarmOf(account, 'silent'),
    }
    return {
      account,
      lastIn: dateOrNull(latest?.lastIn ?? null),
      lastOut: dateOrNull(latest?.lastOut ?? null),
      alarms,
    }
  }

  const alarmOf = async (account: string, kind: AlarmKind) =>
    alarmIn(await getFact(keyOf(account, kind)))

  async function commitAlarm(
    { account, kind, expected, next }: AlarmChange,
    outbound: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'> {
    const key = keyOf(account, kind)
    const fact = await getFact(key)
    const same = alarmIn(fact)?.getTime() === expected?.getTime()
    const value = next === null ? '' : String(next.getTime())
    if (!same || !(await swapFact(key, fact, value))) return 'stale'
    await put(outbound, null)
    return 'committed'
  }

  const forgetViews = (holder: string) => dropViews.execute({ holder })

  return { noteChannels, forgetViews, commitAlarm }
}

/** Of what stands there and what comes in; an absent one is no earlier than any. */
function laterOf(column: 'last_in_at' | 'last_out_at'): SQL {
  const [was, comes] = [sql.raw(`channel_times.${column}`), sql.raw(`excluded.${column}`)]
  return sql`case when ${comes} is null or ${was} > ${comes} then ${was} else ${comes} end`
}

function keyOf(account: string, kind: AlarmKind): string {
  return `alarm:${kind}:${account}`
}

function alarmIn(fact: string | null): Date | null {
  return fact === null || fact === '' ? null : dateOf(Number(fact))
}
