// LANJUT: the next page of what was shown last, a list or a case.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { tasks } from './listing.ts'
import { showPage } from './showing.ts'

/** Null: nothing goes on here; perhaps it is said to the citizen's dialogue. */
export function leafOn(moment: DeskMoment): Outcome | null {
  const { desk } = moment.state
  if (desk?.reading != null) return showPage(moment, desk.reading.ticket, desk.reading)
  if (desk?.tasksFrom != null) return tasks(moment)
  if (moment.state.draft !== null || moment.state.question !== null) return null
  return told(moment, [line(moment.context, 'desk_more_none', {})])
}
