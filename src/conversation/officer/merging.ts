// GABUNG: one case goes into another, its people follow it there. Confirmed first, with what both are about.

import type { Complaint } from '../../complaints/complaint.ts'
import { readTickets } from '../../complaints/ticket.ts'
import { categoryWords, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, endOf, told, tryStaffMove } from './desk-moment.ts'
import { refusedMove } from './moving.ts'

export function merge(moment: DeskMoment, command: OfficerCommand): Outcome {
  const { context, desk } = moment
  const { from, into } = ticketsOf(command, desk.card)
  const aim = aimed(moment, { ...command, ticket: from })
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket, version } = complaint
  const open = tryStaffMove(moment, complaint, { move: 'merge' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'merge')
  const [mistyped] = readTickets(command.rest).mistyped
  if (into === null && mistyped !== undefined)
    return told(moment, [line(context, 'desk_mistyped', { id: mistyped })])
  if (into === null)
    return askFor(moment, line(context, 'desk_ask_into', { id: ticket }, { ticket }), {
      command: 'merge',
      ticket,
      lacks: 'into',
    })
  const end = endOf(desk, into)
  if (end === null) return told(moment, [line(context, 'desk_unknown', { id: into })])
  const request = { move: 'merge', into: end.ticket } as const
  const possible = tryStaffMove(moment, complaint, request)
  if (possible.outcome !== 'moved') return refusedMove(moment, aim.found, possible, 'merge')
  const asked = line(
    context,
    'desk_confirm_merge',
    {
      ...{ id: ticket, about: about(moment, complaint) },
      ...{ into: end.ticket, other: about(moment, end) },
    },
    { ticket },
  )
  return askConfirmed(moment, { type: 'move', ticket, version, request }, asked, true)
}

/** In reply to a card the one ticket named is where the card's case goes. */
function ticketsOf({ ticket, rest }: OfficerCommand, card: string | null) {
  const second = readTickets(rest).tickets[0] ?? null
  return second === null && card !== null && ticket !== null && card !== ticket
    ? { from: card, into: ticket }
    : { from: ticket ?? card, into: second }
}

function about({ context }: DeskMoment, { category, place }: Complaint): string {
  const parts = [categoryWords(context, category), place.kelurahan ?? place.text]
  return parts.filter((part) => part !== null).join(', ')
}
