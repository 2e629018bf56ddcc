// What a move does to the facts of a complaint, once it is allowed. Nothing here refuses.
// A move by those in charge also stops the repeated pings; the clocks themselves are in move-clocks.ts.

import type { ArchiveReason, Complaint, Place, Role, State } from './complaint.ts'
import { withClocks } from './move-clocks.ts'
import type { MoveFacts, MoveRequest } from './move-request.ts'
import { quieted } from './steps.ts'

const AT_REST: readonly State[] = ['closed', 'archived', 'merged', 'cancelled']

/** The complaint after the move: facts first, then clocks. */
export function moved(
  before: Complaint,
  request: MoveRequest,
  to: State,
  role: Role,
  facts: MoveFacts,
): Complaint {
  const after = withFacts(before, request, to, facts)
  const official = role !== 'citizen' && role !== 'system'
  const clocks = official
    ? before.clocks.map((clock) => quieted(clock, facts.calendar))
    : before.clocks
  return withClocks({ ...before, clocks }, { ...after, clocks }, request, role, facts)
}

function withFacts(
  before: Complaint,
  request: MoveRequest,
  to: State,
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
      return { ...after, extensions: before.extensions + 1 }
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
    case 'answer':
    case 'reopen':
    case 'dissatisfied':
    case 'take':
      return after
  }
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
