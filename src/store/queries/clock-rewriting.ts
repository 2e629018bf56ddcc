// Writes all clocks of a changed complaint anew. A step of the schedule makes no version: where one was taken since the
// change was decided, writing over it would send its pings twice, so the change is decided again.

import { eq, getTableColumns } from 'drizzle-orm'
import type { ComplaintClock } from '../../complaints/complaint.ts'
import { type ClockRow, clockValues } from '../complaint-rows.ts'
import { plain, type Source, slot, slotsOf } from './source.ts'

export function clockRewriting({ db, t, prepare }: Source) {
  const dropClocks = prepare(
    'drop_clocks',
    db
      .delete(t.clocks)
      .where(eq(t.clocks.ticket, slot('ticket')))
      .returning(),
  )
  const insertClock = prepare(
    'insert_clock',
    db.insert(t.clocks).values(slotsOf(getTableColumns(t.clocks))),
  )

  /** After the complaint's row, which a step of the schedule writes first too. */
  const dropStep =
    (ticket: string, expected: readonly ComplaintClock[] | undefined) => async () => {
      const gone = await dropClocks.execute({ ticket })
      const known = expected?.map((clock) => clockValues(ticket, clock))
      return known === undefined || standing(gone) === standing(known) ? null : ('stale' as const)
    }

  const beginSteps = (ticket: string, clocks: readonly ComplaintClock[]) =>
    clocks.map((clock) => plain(() => insertClock.execute(clockValues(ticket, clock))))

  return { dropStep, beginSteps }
}

/** Where these clocks stand, whatever their order. */
function standing(clocks: readonly ClockRow[]): string {
  const each = clocks.map(({ name, status, dueAt, step, pinging, nextAt }) =>
    [name, status, dueAt, step, pinging, nextAt].join(' '),
  )
  return each.sort().join()
}
