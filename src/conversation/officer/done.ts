// What is said after a move of somebody enrolled: what was done, who hears of it, and until when.

import type { Complaint } from '../../complaints/complaint.ts'
import type { MoveRequest } from '../../complaints/moves.ts'
import { belongsToAgency } from '../../complaints/staff.ts'
import {
  agencyWords,
  categoryWords,
  clockWords,
  dueWords,
  type Line,
  line,
  words,
} from '../lines.ts'
import { formatDate } from '../phrases.ts'
import type { DeskMoment } from './desk-moment.ts'

export interface Done {
  readonly before: Complaint
  readonly after: Complaint
  readonly request: MoveRequest
}

export function doneLines(moment: DeskMoment, done: Done): readonly Line[] {
  return [...madeLines(moment, done), ...lapsedLines(moment, done)]
}

/** More time that they asked for themselves and nobody decided: by this move of theirs it came to nothing. */
function lapsedLines({ context, staff }: DeskMoment, { before, after, request }: Done) {
  const lapsed = before.asked?.by === staff.id && after.asked === null && request.move !== 'extend'
  return lapsed && after.state === 'held' ? [line(context, 'desk_asked_lapsed', {})] : []
}

function madeLines(moment: DeskMoment, done: Done): readonly Line[] {
  const { context } = moment
  const { before, after, request } = done
  const { ticket } = after
  const id = { id: ticket }
  const about = { ticket }
  switch (request.move) {
    case 'assign':
    case 'transfer':
    case 'copy':
      return sentLines(moment, done, request.move)
    case 'hold': {
      const date = clockWords(context, after, 'facts')
      return [line(context, 'desk_done_hold', { ...id, date }, about)]
    }
    case 'merge':
      return [line(context, 'desk_done_merge', { ...id, into: after.mergedInto ?? '' }, about)]
    case 'archive': {
      const reason = words(context, `desk_reason_${after.archiveReason ?? 'unclear'}`, {})
      return [line(context, 'desk_done_archive', { ...id, reason }, about)]
    }
    case 'close': {
      const date = clockWords(context, after, 'reopen')
      return [line(context, 'desk_done_close', { ...id, date }, about)]
    }
    case 'restore':
      if (before.mergedInto === null) return [line(context, 'desk_done_restore', id, about)]
      return [line(context, 'desk_done_unmerge', { ...id, into: before.mergedInto }, about)]
    case 'reopen':
      return [line(context, 'desk_done_reopen', id, about)]
    case 'complete':
      return [line(context, 'desk_done_complete', id, about)]
    case 'correct':
      return [corrected(moment, after, request)]
    case 'number':
      return [line(context, 'desk_done_number', { ...id, external: after.externalId ?? '' }, about)]
    case 'update':
    case 'note':
    case 'answer':
    case 'return':
      return [line(context, `desk_done_${request.move}`, id, about)]
    case 'take': {
      const date = dueWords(context, after) ?? '-'
      return [line(context, 'desk_done_take', { ...id, date }, about)]
    }
    case 'extend':
      return [extended(moment, done)]
    default:
      return [line(context, 'desk_done', id, about)]
  }
}

/** What an officer asks for stands in `asked`; anything else was decided. */
function extended({ context }: DeskMoment, { after, request }: Done): Line {
  const { ticket, asked } = after
  const about = { ticket }
  if (asked !== null) {
    const until = formatDate(asked.until, context.city)
    const params = { id: ticket, n: String(asked.days), date: until }
    return line(context, 'desk_done_extend_asked', params, about)
  }
  const date = clockWords(context, after, 'finish')
  const key = request.refuse === true ? 'desk_done_extend_refused' : 'desk_done_extend'
  return line(context, key, { id: ticket, date }, about)
}

function sentLines(
  moment: DeskMoment,
  { after, request }: Done,
  move: 'assign' | 'transfer' | 'copy',
): readonly Line[] {
  const { context } = moment
  const { ticket } = after
  const id = request.agency ?? null
  const agency = agencyWords(context, id)
  const date = clockWords(context, after, 'follow_up')
  const params = { id: ticket, agency, date }
  const hears = isEnrolled(moment, id ?? '')
    ? line(context, 'desk_agency_told', { agency })
    : line(context, 'desk_nobody_enrolled', { agency, unit: id ?? '' })
  return [line(context, `desk_done_${move}`, params, { ticket }), hears]
}

/** Somebody of the agency will read of it; a group hears, but acts on nothing. */
function isEnrolled({ desk }: DeskMoment, agency: string): boolean {
  return (desk.people ?? []).some(
    ({ agency: theirs, role, unreachable, group }) =>
      theirs === agency && belongsToAgency(role) && !unreachable && !group,
  )
}

function corrected({ context }: DeskMoment, after: Complaint, request: MoveRequest): Line {
  const { ticket } = after
  const told = (field: 'category' | 'class' | 'place', value: string) => {
    const params = { id: ticket, field: words(context, `desk_field_${field}`, {}), value }
    return line(context, 'desk_done_correct', params, { ticket })
  }
  if (request.category !== undefined)
    return told('category', categoryWords(context, request.category))
  if (request.class !== undefined)
    return told('class', words(context, `desk_class_${request.class}`, {}))
  if (request.place !== undefined) {
    const { text, kelurahan } = after.place
    return told('place', [text, kelurahan].filter((part) => part !== null).join(', '))
  }
  const key = after.confidential ? 'desk_done_confidential' : 'desk_done_not_confidential'
  return line(context, key, { id: ticket }, { ticket })
}
