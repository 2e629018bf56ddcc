// Which rules of the single case stand against a move that the table would allow.
// Every reason is plain English and says what would do instead.

import { addWorkingDays, dayZeroOf, instantOf } from './clocks.ts'
import type { Complaint, MoveName, Role } from './complaint.ts'
import type { MoveFacts, MoveRequest } from './move-request.ts'

const RETURNS = 3
const EXTENSIONS = 2

/** Why this case, as it stands, does not allow the move to this role; null when it does. Looks at no value of a request. */
export function hindrance(
  move: MoveName,
  complaint: Complaint,
  role: Role,
  facts: Pick<MoveFacts, 'now' | 'calendar'> | null,
): string | null {
  switch (move) {
    case 'return':
      if (complaint.handOffs < RETURNS) return null
      return `it was returned ${complaint.handOffs} times; the coordinator must decide`
    case 'extend':
      if (complaint.extensions < EXTENSIONS) return null
      return `it was already extended ${EXTENSIONS} times`
    case 'cancel':
      if (!complaint.everAssigned) return null
      return 'it was already assigned to an agency; ask the coordinator'
    case 'complete':
      return complaint.state === 'archived' ? lateFacts(complaint, facts) : null
    case 'reopen':
      return role === 'citizen' ? lateReopening(complaint, facts) : null
    default:
      return null
  }
}

function lateFacts(
  complaint: Complaint,
  facts: Pick<MoveFacts, 'now' | 'calendar'> | null,
): string | null {
  if (complaint.archiveReason !== 'incomplete')
    return 'it was not archived for want of facts; the coordinator may restore it'
  if (facts === null || complaint.closedAt === null) return null
  const { now, calendar } = facts
  const since = dayZeroOf(complaint.closedAt, calendar)
  const last = addWorkingDays(since, complaint.rules.reopen, calendar)
  const until = instantOf(last, calendar.closesAt, calendar.zone)
  if (now.getTime() <= until.getTime()) return null
  return `the ${complaint.rules.reopen} working days to complete it are over; the coordinator may restore it`
}

function lateReopening(complaint: Complaint, facts: Pick<MoveFacts, 'now'> | null): string | null {
  const clock = complaint.clocks.find((c) => c.name === 'reopen')
  if (facts === null || clock === undefined) return null
  if (facts.now.getTime() <= clock.dueAt.getTime()) return null
  return `the ${complaint.rules.reopen} working days to reopen it are over; the coordinator still may`
}

/** Why the values of this request do not go with the case; null when they do. */
export function conflictOf(
  request: MoveRequest,
  complaint: Complaint,
  role: Role,
  facts: MoveFacts,
): string | null {
  switch (request.move) {
    case 'transfer':
      return request.agency === complaint.agency ? `${request.agency} already has it` : null
    case 'copy':
      if (request.agency === complaint.agency) return `${request.agency} already has it`
      return complaint.copiedTo.some((id) => id === request.agency)
        ? `${request.agency} is already copied in`
        : null
    case 'merge':
      return mergeConflict(request, complaint, facts.into ?? null)
    case 'archive':
      if (role !== 'system' || request.reason === 'incomplete') return null
      return 'by itself the schedule archives only what is incomplete'
    case 'close':
      if (role !== 'system' || request.reason === 'auto') return null
      return 'by itself the schedule closes only after silence (reason auto)'
    case 'correct': {
      if (request.anonymous === false) return 'what was anonymous cannot be taken back'
      const more = [request.category, request.class, request.place]
      if (role !== 'citizen' || more.every((value) => value === undefined)) return null
      return 'a citizen corrects only confidential and anonymous; the rest is for the coordinator'
    }
    default:
      return null
  }
}

function mergeConflict(
  request: MoveRequest,
  complaint: Complaint,
  into: Complaint | null,
): string | null {
  if (request.into === complaint.ticket) return 'it cannot be merged into itself'
  if (into === null) return null
  if (into.ticket === complaint.ticket) return `${request.into} is itself merged into this one`
  if (into.state === 'archived' || into.state === 'cancelled' || into.state === 'merged')
    return `${into.ticket} is ${into.state}; merge into one that is alive`
  return null
}
