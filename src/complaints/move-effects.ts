// What a move does to the facts of a complaint, once it is allowed. Nothing here refuses.
// A move by those in charge also stops the repeated pings; the clocks themselves are in move-clocks.ts.

import type { ArchiveReason, Complaint, MoveName, Place, State } from './complaint.ts'
import { withClocks } from './move-clocks.ts'
import type { Acting, MoveFacts, MoveRequest } from './move-request.ts'
import { actsOn, belongsToAgency } from './staff.ts'
import { quieted } from './steps.ts'
import { addWorkingDays } from './working-days.ts'
import { instantOf, localDate } from './zone.ts'

const AT_REST: readonly State[] = ['closed', 'archived', 'merged', 'cancelled']

/** The complaint after the move: facts first, then clocks. */
export function moved(
  before: Complaint,
  request: MoveRequest,
  to: State,
  mover: Acting,
  facts: MoveFacts,
): Complaint {
  const after = withFacts(before, request, to, mover, facts)
  const clocks = quiets(before, mover)
    ? before.clocks.map((clock) => quieted(clock, facts.calendar))
    : before.clocks
  return withClocks({ ...before, clocks }, { ...after, clocks }, request, mover.role, facts)
}

/** What a copied-in agency writes does not say that the one in charge has stirred. */
function quiets(before: Complaint, { role, staff }: Acting): boolean {
  if (belongsToAgency(role)) return staff === undefined || actsOn(staff, before)
  return role !== 'citizen' && role !== 'system'
}

function withFacts(
  before: Complaint,
  request: MoveRequest,
  to: State,
  mover: Acting,
  facts: MoveFacts,
): Complaint {
  const resting = AT_REST.includes(to)
  const closedAt = resting ? (to === before.state ? before.closedAt : facts.now) : null
  const after: Complaint = {
    ...before,
    version: before.version + 1,
    state: to,
    closedAt,
    agency: to === 'received' ? null : before.agency,
    holder: holderAfter(before, request, to, mover),
    asked: to === 'in_progress' ? before.asked : null,
    // It was given to whoever had the case, and stays among their figures; the next one has its own.
    rating: to === 'received' || request.move === 'transfer' ? null : before.rating,
    archiveReason: to === 'archived' ? before.archiveReason : null,
  }
  switch (request.move) {
    case 'assign':
    case 'transfer':
      return { ...after, agency: request.agency ?? null, everAssigned: true }
    case 'hold':
      return { ...after, cameFrom: before.state }
    case 'complete':
      return { ...after, cameFrom: null, place: completed(before.place, request.place) }
    case 'return':
      return { ...after, handOffs: before.handOffs + 1 }
    case 'extend':
      return extended(after, request, mover, facts)
    case 'answer':
      return { ...after, firstAnsweredAt: before.firstAnsweredAt ?? facts.now }
    case 'reopen':
    case 'dissatisfied':
      return { ...after, reopens: before.reopens + 1 }
    case 'merge':
      return { ...after, mergedInto: facts.into?.ticket ?? null, mergedFrom: before.state }
    case 'archive':
      return { ...after, cameFrom: null, archiveReason: request.reason as ArchiveReason }
    case 'restore':
      return { ...after, mergedInto: null, mergedFrom: null }
    case 'close':
    case 'satisfied':
    case 'cancel':
      return { ...after, cameFrom: null }
    case 'correct':
      return corrected(after, request, facts)
    case 'copy':
      return { ...after, copiedTo: [...before.copiedTo, request.agency ?? ''] }
    case 'number':
      return { ...after, externalId: request.externalId?.trim() ?? null }
    case 'rate':
      return { ...after, rating: request.rating ?? null }
    case 'note':
      return filledIn(after, request, facts)
    case 'file':
    case 'accept':
    case 'update':
    case 'take':
      return after
  }
}

const TAKES_HOLD: readonly MoveName[] = ['accept', 'update', 'answer', 'hold', 'take']
const PARTS: readonly MoveName[] = ['assign', 'transfer', 'return']

/** Whoever of the agency does the first thing has it, until it goes elsewhere or is handed over. */
function holderAfter(
  before: Complaint,
  { move, holder }: MoveRequest,
  to: State,
  { role, staff }: Acting,
): string | null {
  if (to === 'received' || PARTS.includes(move)) return null
  if (holder !== undefined && move === 'take') return holder
  if (before.holder !== null || staff === undefined) return before.holder
  return belongsToAgency(role) && TAKES_HOLD.includes(move) ? staff.id : null
}

/** An officer only asks; silence until closing time of the next working day is a no. */
function extended(
  after: Complaint,
  { days, refuse }: MoveRequest,
  { role, staff }: Acting,
  { now, calendar }: MoveFacts,
): Complaint {
  if (refuse === true) return { ...after, asked: null }
  if (role !== 'officer') return { ...after, asked: null, extensions: after.extensions + 1 }
  const nextDay = addWorkingDays(localDate(now, calendar.zone), 1, calendar)
  const until = instantOf(nextDay, calendar.closesAt, calendar.zone)
  return { ...after, asked: { days: days ?? 0, until, by: staff?.id ?? '' } }
}

/** A citizen's answer to an open question is a note that fills in what was unknown of place and category, never more. */
function filledIn(after: Complaint, request: MoveRequest, facts: MoveFacts): Complaint {
  const { category, place = {} } = request
  const { kelurahan, lat, text } = after.place
  const unknown: Partial<Place> = {
    ...(kelurahan === null && place.kelurahan != null
      ? { kelurahan: place.kelurahan, kecamatan: place.kecamatan ?? null }
      : {}),
    ...(lat === null && place.lat != null ? { lat: place.lat, lon: place.lon ?? null } : {}),
    text: joined(text, place.text),
  }
  return corrected(
    after,
    {
      move: 'note',
      ...(category === undefined || after.category !== null ? {} : { category }),
      place: unknown,
    },
    facts,
  )
}

/** "gg 5" and "kelayan dalam rt 3" are one place; the same words twice are not two. */
function joined(before: string | null, given: string | null | undefined): string | null {
  if (!given || before?.includes(given)) return before
  return before ? `${before}, ${given}` : given
}

function corrected(after: Complaint, request: MoveRequest, facts: MoveFacts): Complaint {
  const category = request.category ?? after.category
  const usual = facts.categories.get(request.category ?? '')?.agency
  return {
    ...after,
    category,
    proposedAgency: usual === undefined ? after.proposedAgency : usual,
    class: request.class ?? after.class,
    place: placed(after.place, request.place),
    confidential: request.confidential ?? after.confidential,
    anonymous: request.anonymous ?? after.anonymous,
  }
}

/** The place that was asked for, its words beside those that were known. */
function completed(before: Place, given: Partial<Place> | undefined): Place {
  return { ...placed(before, given), text: joined(before.text, given?.text) }
}

/** A kelurahan given without its kecamatan must not keep the old one. */
function placed(before: Place, given: Partial<Place> | undefined): Place {
  if (given === undefined) return before
  const moves = given.kelurahan !== undefined && given.kelurahan !== before.kelurahan
  return { ...before, ...(moves ? { kecamatan: null } : {}), ...given }
}
