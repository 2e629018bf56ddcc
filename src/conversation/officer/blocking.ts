// BLOKIR ticket reason, BUKA BLOKIR ticket: a coordinator blocks whoever filed it, on all their addresses, or no more.
// Nothing blocks by itself: angry people have real complaints.

import { maskNumbers } from '../../complaints/privacy.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, told } from './desk-moment.ts'

const LEAST_REASON = 4
const MOST_REASON = 200

export function block(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context, staff, desk } = moment
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { ticket } = aim.found.complaint
  const said = command.rest.trim()
  if (said.length < LEAST_REASON || desk.contacts === null) {
    const lacking = { command: 'block', ticket, lacks: 'reason' } as const
    return askFor(moment, line(context, 'desk_ask_block_reason', { id: ticket }), lacking)
  }
  if (desk.contacts.length === 0)
    return told(moment, [line(context, 'desk_block_nobody', { id: ticket })])
  const reason = maskNumbers(said).slice(0, MOST_REASON)
  const asked = line(context, 'desk_ask_block', { id: ticket })
  return askConfirmed(moment, { type: 'block', ticket, reason }, asked, true)
}

export function unblock(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context, staff } = moment
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { ticket } = aim.found.complaint
  return told(
    moment,
    [line(context, 'desk_unblocked', { id: ticket })],
    [
      { type: 'block', ticket, reason: '', block: false },
      { type: 'audit', action: 'unblock', ticket },
    ],
  )
}
