// What stands against a move that the table would allow: missing or impossible values, and rules of the single case.
// Every reason is plain English and says what would do instead.

import { addWorkingDays, dayZeroOf, instantOf } from './clocks.ts'
import { ARCHIVE_REASONS, CLASSES, type Complaint, type MoveName, type Role } from './complaint.ts'
import type { MoveFacts, MoveRequest } from './move-request.ts'
import { MOVE_TABLE, type Need } from './move-table.ts'

const RETURNS = 3
const EXTENSIONS = 2
const EXTERNAL_ID_LENGTH = 64

/** A field of the request that is missing or can never be right, and why. */
export interface Lack {
  readonly field: string
  readonly why: string
}

/** The words of a request: `note` and `reason` stand in for each other. */
export function wordsOf(request: MoveRequest): string | null {
  const parts = [request.reason, request.note].map((part) => part?.trim() ?? '')
  return [...new Set(parts.filter((part) => part !== ''))].join('\n') || null
}

/** Everything the request lacks of what the table requires. */
export function lacksOf(
  request: MoveRequest,
  complaint: Complaint,
  facts: MoveFacts,
): readonly Lack[] {
  return MOVE_TABLE[request.move].needs.flatMap((need) => {
    const lacks = lackOf(need, request, complaint, facts)
    return lacks === null ? [] : [lacks]
  })
}

function lackOf(
  need: Need,
  request: MoveRequest,
  complaint: Complaint,
  facts: MoveFacts,
): Lack | null {
  switch (need) {
    case 'agency':
      if (request.agency === undefined) return missing('agency')
      if (facts.agencies.has(request.agency)) return null
      return { field: 'agency', why: `agency "${request.agency}" is not known` }
    case 'words':
      return wordsOf(request) === null ? missing('note') : null
    case 'reason':
      return wordsOf(request) === null ? missing('reason') : null
    case 'archive-reason': {
      if (request.reason === undefined) return missing('reason')
      if (ARCHIVE_REASONS.some((reason) => reason === request.reason)) return null
      return { field: 'reason', why: `reason must be one of ${ARCHIVE_REASONS.join(', ')}` }
    }
    case 'days': {
      if (request.days === undefined) return missing('days')
      const most = complaint.rules.finish_inspection
      if (isWhole(request.days, 1, most)) return null
      return { field: 'days', why: `days must be a whole number from 1 to ${most}` }
    }
    case 'into':
      if (request.into === undefined) return missing('into')
      if (request.into === complaint.ticket || facts.into) return null
      return { field: 'into', why: `there is no complaint ${request.into}` }
    case 'correction':
      return correctionLack(request, facts)
    case 'external-id': {
      const id = request.externalId?.trim() ?? ''
      if (id === '') return missing('external_id')
      if (id.length <= EXTERNAL_ID_LENGTH) return null
      return { field: 'external_id', why: `external_id is over ${EXTERNAL_ID_LENGTH} characters` }
    }
    case 'rating':
      if (request.rating === undefined) return missing('rating')
      if (isWhole(request.rating, 1, 5)) return null
      return { field: 'rating', why: 'rating must be a whole number from 1 to 5' }
  }
}

function correctionLack(request: MoveRequest, facts: MoveFacts): Lack | null {
  const { category, class: kind, place, confidential, anonymous } = request
  if ([category, kind, place, confidential, anonymous].every((value) => value === undefined))
    return {
      field: 'category, class, place, confidential or anonymous',
      why: 'nothing to correct was given: category, class, place, confidential or anonymous',
    }
  if (category !== undefined && !facts.categories.has(category))
    return { field: 'category', why: `category "${category}" is not known` }
  if (kind !== undefined && !CLASSES.includes(kind))
    return { field: 'class', why: `class must be one of ${CLASSES.join(', ')}` }
  return null
}

function missing(field: string): Lack {
  return { field, why: `${field} is missing` }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

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
