// PERPANJANG ticket days reason: an officer asks, a head does it at once. SETUJU and TOLAK decide what was asked:
// the head, or the coordinator where the agency has no head.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import { nextLine } from './card.ts'
import type { OfficerCommand } from './commands.ts'
import { hasHead } from './deciding.ts'
import { type DeskMoment, told, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'

export function extend(moment: DeskMoment, command: OfficerCommand): Outcome {
  const { context, staff } = moment
  // More time is the agency's to ask for and its head's to give; the desk decides only in the head's stead.
  if (staff.role === 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const open = tryStaffMove(moment, complaint, { move: 'extend' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'extend')
  const { days, reason } = daysIn(command.rest)
  const most = complaint.rules.finish_inspection
  const about = { ticket }
  if (days === null || days < 1 || days > most) {
    const asked = line(context, 'desk_ask_days', { id: ticket, n: String(most) }, about)
    const given = reason === '' ? {} : { reason }
    return askFor(moment, asked, { command: 'extend', ticket, lacks: 'days', given })
  }
  if (reason === '') {
    const asked = line(context, 'desk_ask_extend_reason', { id: ticket, n: String(days) }, about)
    const given = { days: String(days) }
    return askFor(moment, asked, { command: 'extend', ticket, lacks: 'words', given })
  }
  const request = { move: 'extend', days, reason } as const
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

const FIRST = /^(\d{1,3})\b[\s,.:-]*(?:(?:hari|days?)\b(?:\s+kerja\b)?)?[\s,.:-]*/i
const LAST = /[\s,.:-]*\b(\d{1,3})(?:\s*(?:hari|days?)(?:\s+kerja)?)?\s*$/i

/** The days stand first, or last where they were asked for after the reason. */
function daysIn(rest: string): { readonly days: number | null; readonly reason: string } {
  const match = FIRST.exec(rest) ?? LAST.exec(rest)
  if (match === null) return { days: null, reason: rest }
  return { days: Number(match[1]), reason: rest.replace(match[0], '').trim() }
}

export function decide(moment: DeskMoment, command: OfficerCommand, agrees: boolean): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const request = agrees ? ({ move: 'extend' } as const) : refusal(command.rest)
  const made = tryStaffMove(moment, complaint, request)
  if (made.outcome === 'refused') return refusedMove(moment, aim.found, made, 'extend')
  if (complaint.asked === null) {
    const none = { outcome: 'refused', why: 'not-asked', reason: '' } as const
    return refusedMove(moment, aim.found, none, 'extend')
  }
  if (moment.staff.role === 'coordinator' && hasHead(moment, complaint.agency))
    return told(moment, [
      line(moment.context, 'desk_head_decides', { id: ticket }, { ticket }),
      nextLine(moment, complaint),
    ])
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

function refusal(reason: string) {
  return reason === ''
    ? ({ move: 'extend', refuse: true } as const)
    : ({ move: 'extend', refuse: true, reason } as const)
}
