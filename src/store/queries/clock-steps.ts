// Writes one clock of a complaint alone: a step of the schedule. Guarded by the version and the old `nextAt`.
// Of two processes that take the same step, the later one finds it taken.

import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { ClockRecord } from '../clock-port.ts'
import { clockValues, earliestDue } from '../complaint-rows.ts'
import { flag, msOrNull } from '../rows.ts'
import { given, inOrder, type Source, slot, slotsOf } from './source.ts'

export function clockStepQueries(source: Source) {
  const { db, t, prepare } = source
  const dropClock = prepare(
    'drop_clock',
    db
      .delete(t.clocks)
      .where(
        and(
          eq(t.clocks.ticket, slot('ticket')),
          eq(t.clocks.name, slot('name')),
          sql`${t.clocks.nextAt} is not distinct from ${slot('expected')}`,
        ),
      )
      .returning({ name: t.clocks.name }),
  )
  const beginClock = prepare(
    'begin_clock',
    db
      .insert(t.clocks)
      .values(slotsOf(getTableColumns(t.clocks)))
      .onConflictDoNothing()
      .returning({ name: t.clocks.name }),
  )
  const setDue = prepare(
    'set_due',
    db
      .update(t.complaints)
      .set({
        dueAt: given('dueAt'),
        answerAt: sql`case when ${given('replyBegins')} = 1 then null
          when ${given('lost')} = 1 then ${given('answerAt')} else ${t.complaints.answerAt} end`,
        lostToldAt: sql`case when ${given('lost')} = 1 then ${given('toldAt')}
          else ${t.complaints.lostToldAt} end`,
      })
      .where(
        and(
          eq(t.complaints.ticket, slot('ticket')),
          eq(t.complaints.version, slot('expectVersion')),
        ),
      )
      .returning({ ticket: t.complaints.ticket }),
  )

  /** One clock alone; the version and the old `nextAt` must still stand. */
  async function writeClock(record: ClockRecord): Promise<'stale' | null> {
    const { ticket, complaint, clock: name, expectVersion } = record
    const expected = record.expectNextAt?.getTime() ?? null
    const dueAt = earliestDue(complaint.clocks)
    const replyBegins = flag(name === 'reply' && expected === null)
    const lost = {
      lost: flag(record.lost !== undefined),
      answerAt: msOrNull(record.lost?.givenAt ?? null),
      toldAt: msOrNull(record.lost?.toldAt ?? null),
    }
    const clocks = complaint.clocks.filter((clock) => clock.name === name)
    return inOrder(source, [
      // First, since it holds the complaint: what is looked at after it nobody else can change.
      async () => {
        const [held] = await setDue.execute({ ticket, expectVersion, dueAt, replyBegins, ...lost })
        return held === undefined ? 'stale' : null
      },
      async () => {
        const gone = await dropClock.execute({ ticket, name, expected })
        return gone.length === 0 && expected !== null ? 'stale' : null
      },
      ...clocks.map((clock) => async () => {
        const [made] = await beginClock.execute(clockValues(ticket, clock))
        return made === undefined ? ('stale' as const) : null
      }),
    ])
  }

  return { writeClock }
}
