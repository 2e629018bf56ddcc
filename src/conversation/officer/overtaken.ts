// A button pressed, or a yes said, after the case went on without it: nothing is done, and what happened is told.

import type { Role } from '../../complaints/complaint.ts'
import { STAFF_ROLES } from '../../complaints/staff.ts'
import type { DeskCase } from '../desk.ts'
import { type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { formatDate } from '../phrases.ts'
import { nextLine, stateLine, stateWords } from './card.ts'
import { type DeskMoment, told } from './desk-moment.ts'

/** Since that version somebody moved it on; what citizens added to it, and corrections, make nothing late. */
export function wentOn({ history }: DeskCase, version: number): boolean {
  return history.slice(version).some(movedOn)
}

export function tooLate(moment: DeskMoment, { complaint, history }: DeskCase): Outcome {
  const { context } = moment
  const { ticket } = complaint
  const actor = history.findLast(movedOn)?.actor ?? ''
  return told(
    moment,
    [
      line(context, 'desk_late', { id: ticket, actor }, { ticket }),
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

function movedOn({ from, to, move }: DeskCase['history'][number]): boolean {
  return from !== to || move === 'transfer'
}
