// Deciding a move: the table says whether, the checks say why not, the effects say what becomes of the complaint.
// Pure and the only way a complaint changes its state; every move appends one event to the history.

import type { State } from './complaint.ts'
import { type Complaint, MOVES, type MoveName, type Role } from './complaint.ts'
import { agencyHindrance, conflictOf, hindrance } from './move-checks.ts'
import { moved } from './move-effects.ts'
import { eventOf } from './move-history.ts'
import { lacksOf } from './move-needs.ts'
import type { Acting, MoveFacts, MoveRequest, MoveResult, Mover, Refusal } from './move-request.ts'
import { MOVE_TABLE, type Target } from './move-table.ts'
import { talliesOf } from './tallies.ts'

export type { Hindrance, MoveFacts, MoveRequest, MoveResult, Mover } from './move-request.ts'
export { MOVE_TABLE } from './move-table.ts'

/**
 * Makes the move, or says why not. Checked in this order: state, role, agency, this case's rules (`refused`), missing
 * or impossible values (`incomplete`), values that do not go with the case (`refused`).
 */
export function applyMove(
  complaint: Complaint,
  request: MoveRequest,
  mover: Mover,
  facts: MoveFacts,
): MoveResult {
  const { move } = request
  const way = MOVE_TABLE[move].from[complaint.state]
  if (way === undefined)
    return refused(move, complaint, { why: 'state', reason: stateReason(complaint, mover) })
  const role = mover.role === 'any' ? way.roles[0] : mover.role
  if (!way.roles.includes(role))
    return refused(move, complaint, {
      why: 'role',
      reason: `it is for the ${listed(way.roles)}, not for the ${role}`,
    })
  const acting: Acting = { ...mover, role }
  const hindered = hindranceTo(move, complaint, mover, role, facts)
  if (hindered !== null) return refused(move, complaint, hindered)

  const lacks = lacksOf(request, complaint, facts)
  if (lacks.length > 0)
    return {
      outcome: 'incomplete',
      missing: lacks.map((lack) => lack.field),
      reason: `"${move}" on ${complaint.ticket} is incomplete: ${lacks.map((lack) => lack.why).join('; ')}.`,
    }
  const conflict = conflictOf(request, complaint, acting, facts)
  if (conflict !== null) return refused(move, complaint, conflict)

  const to = targetOf(way.to, complaint)
  const after = moved(complaint, request, to, acting, facts)
  const event = eventOf(complaint, after, request, acting, facts.now)
  const tallies = talliesOf({ before: complaint, after, event }, facts.calendar)
  return { outcome: 'moved', complaint: after, event, tallies }
}

/**
 * The moves the table and the case allow this mover now, in the order of `MOVES`. With `when`, those whose time has run
 * out are left out too.
 */
export function movesOpen(
  complaint: Complaint,
  mover: Pick<Mover, 'role' | 'staff'>,
  when: Pick<MoveFacts, 'now' | 'calendar'> | null = null,
): readonly MoveName[] {
  return MOVES.filter((move) => {
    const way = MOVE_TABLE[move].from[complaint.state]
    if (way === undefined) return false
    const role = mover.role === 'any' ? way.roles[0] : mover.role
    return way.roles.includes(role) && hindranceTo(move, complaint, mover, role, when) === null
  })
}

/** The API's token is of no agency and may act for each. */
function hindranceTo(
  move: MoveName,
  complaint: Complaint,
  mover: Pick<Mover, 'role' | 'staff'>,
  role: Role,
  when: Pick<MoveFacts, 'now' | 'calendar'> | null,
): Refusal | null {
  const { staff } = mover
  const foreign =
    mover.role === 'any'
      ? null
      : agencyHindrance(move, complaint, { role, ...(staff === undefined ? {} : { staff }) })
  return foreign ?? hindrance(move, complaint, role, when)
}

function targetOf(target: Target, complaint: Complaint): State {
  switch (target) {
    case 'same':
      return complaint.state
    case 'back':
      return (
        (complaint.state === 'merged' ? complaint.mergedFrom : complaint.cameFrom) ?? 'received'
      )
    case 'work':
      return complaint.agency === null ? 'received' : 'in_progress'
    default:
      return target
  }
}

function refused(move: MoveName, complaint: Complaint, { why, reason }: Refusal): MoveResult {
  const whole = `"${move}" on ${complaint.ticket} is refused: ${reason}.`
  return { outcome: 'refused', why, reason: whole }
}

function stateReason(complaint: Complaint, mover: Mover): string {
  const open = movesOpen(complaint, mover)
  const possible =
    open.length === 0 ? 'nothing more can be done with it' : `possible: ${open.join(', ')}`
  const where = complaint.mergedInto === null ? '' : ` into ${complaint.mergedInto}`
  return `it is ${complaint.state}${where}; ${possible}`
}

function listed(roles: readonly Role[]): string {
  return roles.length === 1 ? `${roles[0]}` : `${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}`
}
