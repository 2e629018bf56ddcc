// Writes a move made elsewhere, or steps of the schedule, whole: complaints, clocks, who hears of them, outbox.
// One that was overtaken leaves nothing behind.

import { and, eq, sql } from 'drizzle-orm'
import type { MoveRecord } from '../case-port.ts'
import type { ClockRecord } from '../clock-port.ts'
import type { NewOutbound } from '../outbox-port.ts'
import type { changeQueries } from './changes.ts'
import { clockStepQueries } from './clock-steps.ts'
import type { linkQueries } from './links.ts'
import type { outboxQueries } from './outbox.ts'
import { inOrder, plain, type Source, slot } from './source.ts'

interface Parts {
  readonly changes: ReturnType<typeof changeQueries>
  readonly links: ReturnType<typeof linkQueries>
  readonly outbox: ReturnType<typeof outboxQueries>
}

type Follow = NonNullable<MoveRecord['follows']>[number]

export function moveQueries(source: Source, { changes, links, outbox }: Parts) {
  const { db, t, prepare } = source
  const { writeClock } = clockStepQueries(source)
  const linksOf = prepare(
    'links_of',
    db
      .select({ personId: t.links.personId, support: t.links.support })
      .from(t.links)
      .where(eq(t.links.ticket, slot('ticket'))),
  )
  const unfollow = prepare(
    'unfollow',
    db
      .delete(t.links)
      .where(and(eq(t.links.ticket, slot('ticket')), sql`${t.links.via} = ${slot('from')}`)),
  )

  async function commitMove(record: MoveRecord): Promise<'committed' | 'stale'> {
    const { now } = record
    const refused = await inOrder<'stale'>(source, [
      ...record.changes.map((change) => async () => {
        // A number that is taken cannot be filed again: to a move that is somebody else's change.
        return (await changes.writeChange(change, now)) === null ? null : 'stale'
      }),
      ...(record.follows ?? []).map((one) => plain(() => follow(one, now))),
      ...(record.lostAnswers ?? []).map((ticket) => async () => {
        return (await changes.markAnswerLost(ticket, now)) ? null : ('stale' as const)
      }),
      plain(() => outbox.put(record.outbound, null)),
    ])
    return refused ?? 'committed'
  }

  async function follow({ ticket, from, off }: Follow, now: Date): Promise<void> {
    if (off === true) {
      await unfollow.execute({ ticket, from })
      return
    }
    for (const { personId, support } of await linksOf.execute({ ticket: from }))
      await links.link(ticket, personId, { reporter: false, support: support === 1 }, from, now)
  }

  async function commitClocks(
    records: readonly ClockRecord[],
    outbound: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'> {
    const refused = await inOrder<'stale'>(source, [
      ...records.map((record) => () => writeClock(record)),
      plain(() => outbox.put(outbound, null)),
    ])
    return refused ?? 'committed'
  }

  return { commitMove, commitClocks }
}
