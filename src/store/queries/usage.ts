// Segments sent, for the daily budgets: a person's from their messages, an account's from counted quarters.
// Whoever asks has the budgets; here is only the sum.

import { and, eq, gte, sql } from 'drizzle-orm'
import type { SegmentUse } from '../outbox-port.ts'
import { type Source, slot, slots } from './source.ts'

/** Usage is counted by the quarter of an hour: midnight of every zone begins one. */
const QUARTER_MS = 15 * 60_000

export function usageReads({ db, t, prepare }: Source) {
  const sentToPerson = prepare(
    'segments_of_address',
    db
      .select({ n: sql<number | null>`sum(${t.outbox.segments})` })
      .from(t.outbox)
      .where(and(eq(t.outbox.addressId, slot('addressId')), gte(t.outbox.sentAt, slot('since')))),
  )
  const sentByAccount = prepare(
    'segments_of_account',
    db
      .select({ n: sql<number | null>`sum(${t.segmentUse.segments})` })
      .from(t.segmentUse)
      .where(
        and(eq(t.segmentUse.account, slot('account')), gte(t.segmentUse.quarter, slot('quarter'))),
      ),
  )

  async function segmentsToday(
    addressId: string,
    account: string,
    midnight: Date,
  ): Promise<SegmentUse> {
    const since = midnight.getTime()
    const [person] = await sentToPerson.execute({ addressId, since })
    const quarter = Math.floor(since / QUARTER_MS)
    const [all] = await sentByAccount.execute({ account, quarter })
    return { person: Number(person?.n ?? 0), account: Number(all?.n ?? 0) }
  }

  return { segmentsToday }
}

export function usageWrites({ db, t, prepare }: Source) {
  const addUse = prepare(
    'add_segment_use',
    db
      .insert(t.segmentUse)
      .values(slots('account', 'quarter', 'segments'))
      .onConflictDoUpdate({
        target: [t.segmentUse.account, t.segmentUse.quarter],
        set: { segments: sql`segment_use.segments + excluded.segments` },
      }),
  )

  const countUse = (account: string, segments: number, at: number) =>
    addUse.execute({ account, segments, quarter: Math.floor(at / QUARTER_MS) })

  return { countUse }
}
