// A button pressed, or a yes said, after the case went on without it: nothing is done, and what happened is told.

import type { Complaint, HistoryEvent, Role } from '../../complaints/complaint.ts'
import { STAFF_ROLES, type StaffMember } from '../../complaints/staff.ts'
import type { DeskCase } from '../desk.ts'
import { type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { formatDate } from '../phrases.ts'
import type { Context } from '../turn.ts'
import { nextLine, stateLine, stateWords } from './card.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { doneBy, momentWords } from './history-lines.ts'

/** Since that version somebody moved it on; what citizens added to it, and corrections, make nothing late. */
export function wentOn({ complaint, history }: DeskCase, version: number): boolean {
  return history.slice(lengthAt(complaint, history, version)).some(movedOn)
}

/** How much of the history there was. Counted from the end: erasing data makes a version too, and no line of history. */
function lengthAt({ version: now }: Complaint, history: DeskCase['history'], version: number) {
  return Math.min(history.length, Math.max(0, history.length - (now - version)))
}

/**
 * What took the case from the agency of somebody who had it at that version; null: it was not theirs then. They had
 * its card: how it went from them is no secret.
 */
export function leftThem(
  { complaint, history }: DeskCase,
  version: number,
  { agency }: Pick<StaffMember, 'agency'>,
): HistoryEvent | null {
  if (agency === null) return null
  const length = lengthAt(complaint, history, version)
  const given = history.slice(0, length).findLast(changesAgency)
  if (given?.detail.agency !== agency) return null
  return history.slice(length).find(changesAgency) ?? null
}

/** With an agency in its detail it came to one, without it left. */
function changesAgency({ from, to, move }: HistoryEvent): boolean {
  return move === 'assign' || move === 'transfer' || (to === 'received' && from !== 'received')
}

export function goneFrom(moment: DeskMoment, ticket: string, left: HistoryEvent): Outcome {
  const { context } = moment
  return told(moment, [
    line(context, 'desk_late', { id: ticket, ...meanwhile(context, left) }),
    line(context, 'desk_next_none', {}),
  ])
}

function meanwhile(context: Context, event: HistoryEvent) {
  return { did: doneBy(context, event), date: momentWords(context, event.at) }
}

export function tooLate(moment: DeskMoment, { complaint, history }: DeskCase): Outcome {
  const { context, staff } = moment
  const { ticket } = complaint
  const last = history.findLast(movedOn)
  const mine = last?.role === staff.role && last.actor === staff.name
  const key = mine ? 'desk_late_mine' : 'desk_late'
  const happened = last === undefined ? { did: '-', date: '-' } : meanwhile(context, last)
  return told(
    moment,
    [
      line(context, key, { id: ticket, ...happened }, { ticket }),
      stateLine(moment, complaint),
      nextLine(moment, complaint),
    ],
    [{ type: 'about', ticket }],
  )
}

/** Where it stands, and who brought it there if that was somebody else. */
export function standsLine(moment: DeskMoment, { complaint, history }: DeskCase): Line {
  const { context, staff } = moment
  const last = history.findLast(movedOn)
  const byAnother = last !== undefined && last.actor !== staff.name && isStaffs(last.role)
  if (!byAnother) return stateLine(moment, complaint)
  const { ticket } = complaint
  const params = {
    id: ticket,
    state: stateWords(moment, complaint),
    actor: last.actor,
    date: formatDate(last.at, context.city),
  }
  return line(context, 'desk_stands_by', params, { ticket })
}

function isStaffs(role: Role): boolean {
  return STAFF_ROLES.some((one) => one === role)
}

function movedOn({ from, to, move }: HistoryEvent): boolean {
  return from !== to || move === 'transfer'
}
