// Why an officer's move is not made, in their own language: the table's English reasons are for the API.

import type { Complaint, MoveName, Role } from '../../complaints/complaint.ts'
import { type Hindrance, MOVE_TABLE } from '../../complaints/moves.ts'
import { STAFF_ROLES } from '../../complaints/staff.ts'
import { agencyWords, type Line, line, words } from '../lines.ts'
import type { DeskMoment } from './desk-moment.ts'

export function refusalLine(
  moment: DeskMoment,
  complaint: Complaint,
  why: Hindrance,
  move: MoveName,
): Line {
  const { context } = moment
  const id = { id: complaint.ticket }
  const about = { ticket: complaint.ticket }
  switch (why === 'state' && isNobodys(moment, move) ? 'role' : why) {
    case 'role':
      return line(context, 'desk_refused_role', { roles: rolesOf(moment, complaint, move) }, about)
    case 'other-agency': {
      const agency = agencyWords(context, complaint.agency)
      return line(context, 'desk_refused_other_agency', { ...id, agency }, about)
    }
    case 'no-agency':
      return line(context, 'desk_refused_no_agency', id, about)
    case 'copied-in':
      return line(context, 'desk_refused_copied_in', id, about)
    case 'returned-thrice':
      return line(context, 'desk_refused_returned', id, about)
    case 'extended-twice':
      return line(context, 'desk_refused_extended', id, about)
    case 'already-asked':
      return line(context, 'desk_refused_asked', id, about)
    case 'not-asked':
      return line(context, 'desk_refused_not_asked', id, about)
    case 'has-it-already':
      return line(context, 'desk_refused_has_it', id, about)
    case 'copied-already':
      return line(context, 'desk_refused_copied', id, about)
    case 'held-by-other':
      return line(context, 'desk_refused_held', id, about)
    case 'into-itself':
      return line(context, 'desk_refused_itself', id, about)
    case 'into-ended':
      return line(context, 'desk_refused_into', id, about)
    case 'into-open':
      return line(context, 'desk_refused_into_open', id, about)
    case 'too-late':
      return line(context, 'desk_refused_late', id, about)
    case 'state':
    case 'once-assigned':
    case 'not-incomplete':
    case 'not-by-itself':
    case 'stays-anonymous':
    case 'coordinator-only':
      return line(context, 'desk_refused', id, about)
  }
}

/** In no state at all. */
function isNobodys({ staff }: DeskMoment, move: MoveName): boolean {
  return !rolesFor(move).includes(staff.role)
}

function rolesFor(move: MoveName): readonly Role[] {
  return Object.values(MOVE_TABLE[move].from).flatMap((way) => way?.roles ?? [])
}

function rolesOf({ context }: DeskMoment, { state }: Complaint, move: MoveName): string {
  const may = MOVE_TABLE[move].from[state]?.roles ?? rolesFor(move)
  return STAFF_ROLES.filter((role) => may.includes(role))
    .map((role) => words(context, `desk_role_${role}`, {}))
    .join(', ')
}
