// What a step of the officers' dialogue may look at: the moment, who writes, and the cases that were looked up.

import type { Complaint } from '../../complaints/complaint.ts'
import { factsOf } from '../../complaints/move-facts.ts'
import { applyMove, type MoveRequest, type MoveResult, type Mover } from '../../complaints/moves.ts'
import { mayRead, type StaffMember } from '../../complaints/staff.ts'
import type { Desk, DeskCase } from '../desk.ts'
import { type DeskState, initialDesk } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import type { Line } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import type { State } from '../state.ts'
import type { Context } from '../turn.ts'

export interface DeskMoment extends Moment {
  readonly desk: Desk
  readonly staff: StaffMember
}

/** Nothing of it waits any longer, but for where the practice case stands. */
export function settledDesk({ desk }: State): DeskState {
  return { ...initialDesk, practice: desk?.practice ?? null }
}

/** An answer of the desk: what waited is done with, but for what `next` says; the citizen's open question is not asked again. */
export function told(
  { state }: Pick<Moment, 'state'>,
  lines: readonly Line[],
  effects: readonly Effect[] = [],
  next: Partial<DeskState> = {},
): Outcome {
  return {
    state: { ...state, desk: { ...settledDesk(state), ...next } },
    lines,
    effects,
    heard: 'clear',
    ask: false,
  }
}

/** The case of this ticket, if there is one that this person may read. Another is as if it did not exist. */
export function readable({ desk, staff }: DeskMoment, ticket: string): DeskCase | null {
  const found = desk.cases.find(({ complaint }) => complaint.ticket === ticket)
  return found !== undefined && mayRead(staff, found.complaint) ? found : null
}

export function moverOf({ id, agency, name, role }: StaffMember): Mover {
  return { role, actor: name, staff: { id, agency } }
}

/** The officer's move held against the table, without making it. */
export function tryStaffMove(
  { staff, context, desk }: Pick<DeskMoment, 'staff' | 'context' | 'desk'>,
  complaint: Complaint,
  request: MoveRequest,
): MoveResult {
  return applyMove(complaint, request, moverOf(staff), staffFacts(context, desk, request))
}

/** With the case that another is to be merged into, as far as it was looked up. */
export function staffFacts({ now, city }: Context, desk: Desk, { into }: MoveRequest) {
  return { ...factsOf(city, now), into: into === undefined ? null : endOf(desk, into) }
}

const MERGE_CHAIN = 20

/** Where the case has ended up if it was merged, as far as it was looked up; null: it was not. */
export function endOf({ cases }: Desk, ticket: string): Complaint | null {
  const find = (one: string) => cases.find(({ complaint }) => complaint.ticket === one)?.complaint
  let end = find(ticket)
  for (let hops = 0; hops < MERGE_CHAIN && end?.mergedInto != null; hops++)
    end = find(end.mergedInto)
  return end ?? null
}
