// Who is pinged at which step of a clock (product.md section 5): the one table of escalation.
// A clock of an unassigned case has no agency behind it: there the coordinators stand for officers and head.

import type { Complaint } from '../complaints/complaint.ts'
import type { Actor, Roster } from './roster.ts'
import { coordinatorsOf, groupsBeside, headsOf, holdersOf, overseersOf } from './who-holds.ts'

/** From this step on, also when it was skipped over, the citizen is told. */
export const CITIZEN_STEP = 3
/** The coordinators get the last moves with it. */
export const HISTORY_STEP = 4

/** Whoever hears of these steps of one clock, taken together: people first, then the groups beside them. */
export function recipientsOf(
  steps: readonly number[],
  complaint: Complaint,
  roster: Roster,
): readonly Actor[] {
  const people = once(steps.flatMap((step) => peopleAt(step, complaint, roster)))
  return [...people, ...groupsBeside(people, complaint, roster)]
}

function peopleAt(step: number, complaint: Complaint, roster: Roster): readonly Actor[] {
  switch (step) {
    case 1:
      return holdersOf(complaint, roster)
    case 2:
      return [...holdersOf(complaint, roster), ...headsOf(complaint, roster)]
    case CITIZEN_STEP:
      return [...headsOf(complaint, roster), ...coordinatorsOf(roster)]
    case HISTORY_STEP:
      return coordinatorsOf(roster)
    default:
      return overseersOf(roster)
  }
}

function once(actors: readonly Actor[]): readonly Actor[] {
  return [...new Map(actors.map((actor) => [actor.addressId, actor])).values()]
}
