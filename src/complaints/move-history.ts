// The line of history a move leaves: who, when, from where to where, and what it carried beside words.
// Nothing in the detail is anybody's words or leads to a citizen.

import type { Complaint, HistoryEvent, Role } from './complaint.ts'
import { wordsOf } from './move-needs.ts'
import type { Acting, MoveRequest } from './move-request.ts'

export function eventOf(
  before: Complaint,
  after: Complaint,
  request: MoveRequest,
  mover: Pick<Acting, 'role' | 'actor'>,
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
      return extension(before, request, role)
    case 'take':
      return given({ holder: request.holder })
    case 'merge':
      return given({ into: after.mergedInto ?? undefined })
    case 'archive':
    case 'close':
      return reasonIsFixed(request, role) ? given({ reason: request.reason }) : {}
    case 'answer':
    case 'update':
      return given({ files: request.files })
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

/** `asked`: an officer's wish; `refused`: what became of it. Without either the time was extended. */
function extension(
  before: Complaint,
  { days, refuse }: MoveRequest,
  role: Role,
): HistoryEvent['detail'] {
  if (refuse === true) return given({ days: before.asked?.days, refused: true })
  if (role === 'officer') return given({ days, asked: true })
  return given({ days: days ?? before.asked?.days })
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
