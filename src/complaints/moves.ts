// Deciding a move: the table says whether, the checks say why not, the effects say what becomes of the complaint.
// Pure and the only way a complaint changes its state; every move appends one event to the history.

import type { State } from './complaint.ts'
import { type Complaint, type HistoryEvent, MOVES, type MoveName, type Role } from './complaint.ts'
import { conflictOf, hindrance } from './move-checks.ts'
import { moved } from './move-effects.ts'
import { lacksOf, wordsOf } from './move-needs.ts'
import type { MoveFacts, MoveRequest, MoveResult, Mover } from './move-request.ts'
import { MOVE_TABLE, type Target } from './move-table.ts'

export type { MoveFacts, MoveRequest, MoveResult, Mover } from './move-request.ts'
export { MOVE_TABLE } from './move-table.ts'

/**
 * Makes the move, or says why not. Checked in this order: state, role, this case's rules (`refused`), missing or
 * impossible values (`incomplete`), values that do not go with the case (`refused`).
 */
export function applyMove(
  complaint: Complaint,
  request: MoveRequest,
  mover: Mover,
  facts: MoveFacts,
): MoveResult {
  const { move } = request
  const way = MOVE_TABLE[move].from[complaint.state]
  if (way === undefined) return refused(move, complaint, stateReason(complaint, mover))
  const role = mover.role === 'any' ? way.roles[0] : mover.role
  if (!way.roles.includes(role))
    return refused(move, complaint, `it is for the ${listed(way.roles)}, not for the ${role}`)
  const hindered = hindrance(move, complaint, role, facts)
  if (hindered !== null) return refused(move, complaint, hindered)

  const lacks = lacksOf(request, complaint, facts)
  if (lacks.length > 0)
    return {
      outcome: 'incomplete',
      missing: lacks.map((lack) => lack.field),
      reason: `"${move}" on ${complaint.ticket} is incomplete: ${lacks.map((lack) => lack.why).join('; ')}.`,
    }
  const conflict = conflictOf(request, complaint, role, facts)
  if (conflict !== null) return refused(move, complaint, conflict)

  const to = targetOf(way.to, complaint)
  const after = moved(complaint, request, to, role, facts)
  const event = eventOf(complaint, after, request, { role, actor: mover.actor }, facts.now)
  return { outcome: 'moved', complaint: after, event }
}

/**
 * The moves the table and the case allow this role now, in the order of `MOVES`. With `when`, those whose time has run
 * out are left out too.
 */
export function movesOpen(
  complaint: Complaint,
  role: Role | 'any',
  when: Pick<MoveFacts, 'now' | 'calendar'> | null = null,
): readonly MoveName[] {
  return MOVES.filter((move) => {
    const way = MOVE_TABLE[move].from[complaint.state]
    if (way === undefined) return false
    const acting = role === 'any' ? way.roles[0] : role
    return way.roles.includes(acting) && hindrance(move, complaint, acting, when) === null
  })
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

function refused(move: MoveName, complaint: Complaint, why: string): MoveResult {
  return { outcome: 'refused', reason: `"${move}" on ${complaint.ticket} is refused: ${why}.` }
}

function stateReason(complaint: Complaint, mover: Mover): string {
  const open = movesOpen(complaint, mover.role)
  const possible =
    open.length === 0 ? 'nothing more can be done with it' : `possible: ${open.join(', ')}`
  const where = complaint.mergedInto === null ? '' : ` into ${complaint.mergedInto}`
  return `it is ${complaint.state}${where}; ${possible}`
}

function listed(roles: readonly Role[]): string {
  return roles.length === 1 ? `${roles[0]}` : `${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}`
}

function eventOf(
  before: Complaint,
  after: Complaint,
  request: MoveRequest,
  mover: { readonly role: Role; readonly actor: string },
  at: Date,
): HistoryEvent {
  return {
    at,
    move: request.move,
    from: before.state,
    to: after.state,
    role: mover.role,
    actor: mover.actor,
    note: noteOf(request, mover.role),
    detail: detailOf(before, after, request, mover.role),
  }
}

/** Reasons out of a fixed list are detail; everything else anybody wrote is words. */
function noteOf(request: MoveRequest, role: Role): string | null {
  const { reason: _, ...rest } = request
  return reasonIsFixed(request, role) ? wordsOf(rest) : wordsOf(request)
}

function reasonIsFixed(request: MoveRequest, role: Role): boolean {
  return request.move === 'archive' || (request.move === 'close' && role === 'system')
}

function detailOf(
  before: Complaint,
  after: Complaint,
  request: MoveRequest,
  role: Role,
): HistoryEvent['detail'] {
  switch (request.move) {
    case 'assign':
    case 'transfer':
    case 'copy':
      return given({ agency: request.agency })
    case 'extend':
      return given({ days: request.days })
    case 'merge':
      return given({ into: after.mergedInto ?? undefined })
    case 'archive':
    case 'close':
      return reasonIsFixed(request, role) ? given({ reason: request.reason }) : {}
    case 'rate':
      return given({ rating: request.rating })
    case 'number':
      return given({ external_id: request.externalId?.trim() })
    case 'note':
    case 'complete':
    case 'correct':
      return changes(before, after)
    default:
      return {}
  }
}

/** What became different; the words of a place are the citizen's and stay out of the history. */
function changes(before: Complaint, after: Complaint): HistoryEvent['detail'] {
  const fresh = <T>(was: T, is: T) => (was === is ? undefined : (is ?? undefined))
  return given({
    category: fresh(before.category, after.category),
    class: fresh(before.class, after.class),
    kelurahan: fresh(before.place.kelurahan, after.place.kelurahan),
    kecamatan: fresh(before.place.kecamatan, after.place.kecamatan),
    confidential: fresh(before.confidential, after.confidential),
    anonymous: fresh(before.anonymous, after.anonymous),
  })
}

function given(
  detail: Readonly<Record<string, string | number | boolean | undefined>>,
): HistoryEvent['detail'] {
  const entries = Object.entries(detail).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return Object.fromEntries(entries)
}
