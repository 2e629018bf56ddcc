// Which rules of the single case stand against a move that the table would allow.
// Every reason is plain English and says what would do instead; its kind lets others word it for their readers.

import { addWorkingDays, dayZeroOf, instantOf } from './clocks.ts'
import type { Complaint, MoveName } from './complaint.ts'
import type { Acting, Hindrance, MoveFacts, MoveRequest, Refusal } from './move-request.ts'
import { MOVE_TABLE } from './move-table.ts'
import { actsOn, belongsToAgency, isCopiedIn } from './staff.ts'

const RETURNS = 3
const EXTENSIONS = 2

type When = Pick<MoveFacts, 'now' | 'calendar'> | null

function because(why: Hindrance, reason: string): Refusal {
  return { why, reason }
}

/** Officers and heads act for their agency alone; whoever is only copied in adds to it and no more. */
export function agencyHindrance(
  move: MoveName,
  complaint: Complaint,
  { role, staff = { id: '', agency: null } }: Pick<Acting, 'role' | 'staff'>,
): Refusal | null {
  if (!belongsToAgency(role) || actsOn(staff, complaint)) return null
  const copied = isCopiedIn(staff, complaint)
  if (copied && MOVE_TABLE[move].copiedIn === true) return null
  if (copied) return because('copied-in', 'its agency is only copied in; it may add a note')
  if (complaint.agency === null)
    return because('no-agency', 'no agency has it; the coordinator must assign it first')
  return because('other-agency', `it is for ${complaint.agency}, which has it`)
}

/** Why this case, as it stands, does not allow the move to this role; null when it does. Looks at no value of a request. */
export function hindrance(
  move: MoveName,
  complaint: Complaint,
  role: Acting['role'],
  when: When,
): Refusal | null {
  switch (move) {
    case 'return':
      if (complaint.handOffs < RETURNS) return null
      return because(
        'returned-thrice',
        `it was returned ${complaint.handOffs} times; the coordinator must decide`,
      )
    case 'extend':
      return extensionHindrance(complaint, role)
    case 'cancel':
      if (!complaint.everAssigned) return null
      return because('once-assigned', 'it was already assigned to an agency; ask the coordinator')
    case 'complete':
      return complaint.state === 'archived' ? lateFacts(complaint, when) : null
    case 'reopen':
      return role === 'citizen' ? lateReopening(complaint, when) : null
    default:
      return null
  }
}

function extensionHindrance(complaint: Complaint, role: Acting['role']): Refusal | null {
  if (complaint.extensions >= EXTENSIONS)
    return because('extended-twice', `it was already extended ${EXTENSIONS} times`)
  if (role === 'officer' && complaint.asked !== null)
    return because('already-asked', 'an extension was asked for; the head must decide')
  if (role === 'system' && complaint.asked === null)
    return because('not-asked', 'nobody asked for an extension')
  return null
}

function lateFacts(complaint: Complaint, facts: When): Refusal | null {
  if (complaint.archiveReason !== 'incomplete')
    return because(
      'not-incomplete',
      'it was not archived for want of facts; the coordinator may restore it',
    )
  if (facts === null || complaint.closedAt === null) return null
  const { now, calendar } = facts
  const since = dayZeroOf(complaint.closedAt, calendar)
  const last = addWorkingDays(since, complaint.rules.reopen, calendar)
  const until = instantOf(last, calendar.closesAt, calendar.zone)
  if (now.getTime() <= until.getTime()) return null
  return because(
    'too-late',
    `the ${complaint.rules.reopen} working days to complete it are over; the coordinator may restore it`,
  )
}

function lateReopening(complaint: Complaint, facts: When): Refusal | null {
  const clock = complaint.clocks.find((c) => c.name === 'reopen')
  if (facts === null || clock === undefined) return null
  if (facts.now.getTime() <= clock.dueAt.getTime()) return null
  return because(
    'too-late',
    `the ${complaint.rules.reopen} working days to reopen it are over; the coordinator still may`,
  )
}

/** Why the values of this request do not go with the case; null when they do. */
export function conflictOf(
  request: MoveRequest,
  complaint: Complaint,
  mover: Acting,
  facts: MoveFacts,
): Refusal | null {
  const { role } = mover
  switch (request.move) {
    case 'transfer':
      return hasIt(request, complaint)
    case 'copy':
      if (!complaint.copiedTo.some((id) => id === request.agency)) return hasIt(request, complaint)
      return because('copied-already', `${request.agency} is already copied in`)
    case 'merge':
      return mergeConflict(request, complaint, facts.into ?? null)
    case 'extend':
      return extensionConflict(request, complaint, role, facts.now)
    case 'take':
      return request.holder === undefined ? null : handOverConflict(complaint, mover)
    case 'archive':
      return role === 'system' ? archivedByItself(request, complaint) : null
    case 'close':
      if (role !== 'system' || request.reason === 'auto') return null
      return because(
        'not-by-itself',
        'by itself the schedule closes only after silence (reason auto)',
      )
    case 'correct':
      return correctionConflict(request, role)
    default:
      return null
  }
}

/** Nobody looked at it: on hold the time for its facts has run out, and what was just received is plainly spam. */
function archivedByItself({ reason }: MoveRequest, { state }: Complaint): Refusal | null {
  if (reason === (state === 'held' ? 'incomplete' : 'spam')) return null
  return because(
    'not-by-itself',
    'by itself only what stayed incomplete, and spam that just came in, is archived',
  )
}

function hasIt({ agency }: MoveRequest, complaint: Complaint): Refusal | null {
  return agency === complaint.agency ? because('has-it-already', `${agency} already has it`) : null
}

/** A no answers what was asked for: the head's at any time, the schedule's once the time for it is over. */
function extensionConflict(
  { refuse }: MoveRequest,
  { asked }: Complaint,
  role: Acting['role'],
  now: Date,
): Refusal | null {
  if (refuse === true && asked === null)
    return because('not-asked', 'nobody asked for an extension')
  if (role !== 'system') return null
  if (refuse === true && asked !== null && now.getTime() >= asked.until.getTime()) return null
  return because(
    'not-by-itself',
    'by itself the schedule only refuses an extension, once the time to agree is over',
  )
}

/** Officers hand over what is theirs or nobody's, heads and coordinators anything of the agency. */
function handOverConflict({ agency, holder }: Complaint, mover: Acting): Refusal | null {
  if (agency === null)
    return because('no-agency', 'no agency has it; the coordinator must assign it first')
  if (mover.role === 'overseer')
    return because('role', 'it is for the officer, head or coordinator to hand it over')
  if (mover.role !== 'officer' || holder === null || holder === mover.staff?.id) return null
  return because('held-by-other', 'somebody else of the agency has it; the head may hand it over')
}

function correctionConflict(request: MoveRequest, role: Acting['role']): Refusal | null {
  if (request.anonymous === false)
    return because('stays-anonymous', 'what was anonymous cannot be taken back')
  const more = [request.category, request.class, request.place]
  if (role !== 'citizen' || more.every((value) => value === undefined)) return null
  return because(
    'coordinator-only',
    'a citizen corrects only confidential and anonymous; the rest is for the coordinator',
  )
}

function mergeConflict(
  request: MoveRequest,
  complaint: Complaint,
  into: Complaint | null,
): Refusal | null {
  if (request.into === complaint.ticket)
    return because('into-itself', 'it cannot be merged into itself')
  if (into === null) return null
  if (into.ticket === complaint.ticket)
    return because('into-itself', `${request.into} is itself merged into this one`)
  if (into.state === 'archived' || into.state === 'cancelled' || into.state === 'merged')
    return because('into-ended', `${into.ticket} is ${into.state}; merge into one that is alive`)
  if (complaint.confidential && !into.confidential)
    return because(
      'into-open',
      `it is confidential and ${into.ticket} is not; make that one confidential first`,
    )
  return null
}
