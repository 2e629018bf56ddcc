// A button pressed, or a yes said, after the case went on without it: nothing is done, and what happened is told.

import type { HistoryEvent, Role } from '../../complaints/complaint.ts'
import { STAFF_ROLES } from '../../complaints/staff.ts'
import type { DeskCase } from '../desk.ts'
import { type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { formatDate } from '../phrases.ts'
import { nextLine, stateLine, stateWords } from './card.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { doneBy, momentWords } from './history-lines.ts'

/** Since that version somebody moved it on; what citizens added to it, and corrections, make nothing late. */
export function wentOn({ complaint, history }: DeskCase, version: number): boolean {
  // Counted from the end: erasing somebody's data makes a version too, and leaves no line of history.
  const since = Math.max(0, complaint.version - version)
  return history.slice(Math.max(0, history.length - since)).some(movedOn)
}

export function tooLate(moment: DeskMoment, { complaint, history }: DeskCase): Outcome {
  const { context, staff } = moment
  const { ticket } = complaint
  const last = history.findLast(movedOn)
  const meanwhile = { id: ticket, did: '-', date: '-' }
  if (last !== undefined) {
    meanwhile.did = doneBy(context, last)
    meanwhile.date = momentWords(context, last.at)
  }
  const mine = last?.role === staff.role && last.actor === staff.name
  const key = mine ? 'desk_late_mine' : 'desk_late'
  return told(
    moment,
    [
      line(context, key, meanwhile, { ticket }),
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
