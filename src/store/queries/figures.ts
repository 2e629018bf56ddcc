// Figures: tallies added up by the day, and counts of how complaints stand. No words, no people.

import { and, asc, between, count, gte, lt, sql } from 'drizzle-orm'
import { CLASSES, STATES } from '../../complaints/complaint.ts'
import type { CaseCount } from '../../complaints/figures.ts'
import type { Tally, TallySum } from '../../complaints/tally.ts'
import type { ComplaintChange } from '../case-port.ts'
import type { OpenCount } from '../figures-port.ts'
import { CHANNELS, oneOf } from '../rows.ts'
import { plain, type Source, slot, slots } from './source.ts'
import { toAct } from './tasks.ts'

export function figureReads({ db, t, prepare }: Source) {
  const days = prepare(
    'daily_between',
    db
      .select()
      .from(t.daily)
      .where(between(t.daily.day, slot('from'), slot('to')))
      .orderBy(asc(t.daily.day), asc(t.daily.agency), asc(t.daily.measure), asc(t.daily.bucket)),
  )
  const { measure, bucket, n } = t.daily
  const sums = prepare(
    'daily_summed',
    db
      .select({ agency: t.daily.agency, measure, bucket, n: sql<number>`sum(${n})` })
      .from(t.daily)
      .where(between(t.daily.day, slot('from'), slot('to')))
      .groupBy(t.daily.agency, measure, bucket),
  )
  const { state, class: kind, category, kelurahan, channel, agency, confidential } = t.complaints
  const grouped = prepare(
    'count_cases',
    db
      .select({
        ...{ state, class: kind, category, kelurahan, channel, agency, confidential },
        n: count(),
      })
      .from(t.complaints)
      .where(and(gte(t.complaints.filedAt, slot('since')), lt(t.complaints.filedAt, slot('until'))))
      .groupBy(state, kind, category, kelurahan, channel, agency, confidential),
  )
  // A held case waits for its citizen: what runs there is no agency's clock.
  const runs = sql`${t.complaints.state} <> 'held'`
  const late = sql`${runs} and ${t.complaints.dueAt} < ${slot('now')}`
  const today = sql`${runs} and ${t.complaints.dueAt} >= ${slot('now')}
    and ${t.complaints.dueAt} < ${slot('end')}`
  const openByAgency = prepare(
    'count_to_act',
    db
      .select({
        agency,
        open: count(),
        dueToday: sql<number>`sum(case when ${today} then 1 else 0 end)`,
        late: sql<number>`sum(case when ${late} then 1 else 0 end)`,
      })
      .from(t.complaints)
      .where(toAct(t))
      .groupBy(agency),
  )

  const daily = (from: string, to: string): Promise<readonly Tally[]> =>
    Promise.resolve(days.execute({ from, to }))

  const summed = async (from: string, to: string): Promise<readonly TallySum[]> =>
    (await sums.execute({ from, to })).map((row) => ({ ...row, n: Number(row.n) }))

  async function caseCounts(since: Date, until: Date): Promise<readonly CaseCount[]> {
    const rows = await grouped.execute({ since: since.getTime(), until: until.getTime() })
    return rows.map((row) => ({
      ...row,
      state: oneOf(STATES, row.state),
      class: oneOf(CLASSES, row.class),
      channel: oneOf(CHANNELS, row.channel),
      confidential: row.confidential === 1,
      n: Number(row.n),
    }))
  }

  async function openCounts(now: Date, dayEnd: Date): Promise<readonly OpenCount[]> {
    const rows = await openByAgency.execute({ now: now.getTime(), end: dayEnd.getTime() })
    return rows.map((row) => ({
      agency: row.agency,
      open: Number(row.open),
      dueToday: Number(row.dueToday),
      late: Number(row.late),
    }))
  }

  return { daily, summed, caseCounts, openCounts }
}

export function tallyQueries({ db, t, prepare }: Source) {
  const add = prepare(
    'add_tally',
    db
      .insert(t.daily)
      .values(slots('day', 'agency', 'measure', 'bucket', 'n'))
      .onConflictDoUpdate({
        target: [t.daily.day, t.daily.agency, t.daily.measure, t.daily.bucket],
        set: { n: sql`daily.n + excluded.n` },
      }),
  )

  /** Steps of a write, its last: others who add to the same row wait from here to its end. */
  const tallySteps = (changes: readonly ComplaintChange[]) =>
    summed(changes.flatMap(({ tallies }) => tallies)).map((tally) =>
      plain(() => add.execute({ ...tally })),
    )

  return { tallySteps }
}

/** Each row once, always in the same order: two writes that wait for each other would both be late. */
function summed(tallies: readonly Tally[]): readonly Tally[] {
  const byKey = new Map<string, Tally>()
  for (const tally of tallies) {
    const key = JSON.stringify([tally.day, tally.agency, tally.measure, tally.bucket])
    byKey.set(key, { ...tally, n: tally.n + (byKey.get(key)?.n ?? 0) })
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
}
