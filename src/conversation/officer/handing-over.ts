// SERAHKAN: a case, or all that one holds, to somebody else of the agency that has it. Confirmed first.
// Who may hand over what stands in the table of moves (`take` with a holder); here it is only asked.

import { belongsToAgency } from '../../complaints/staff.ts'
import type { DeskPerson } from '../desk.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, readable, told, tryStaffMove } from './desk-moment.ts'
import { refusedMove } from './moving.ts'
import { personMeant } from './people.ts'

/** At once; whoever has more says it again. */
const MOST = 50

export function handOver(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context, staff, desk } = moment
  if (staff.role === 'overseer') return told(moment, [line(context, 'desk_not_for_you', {})])
  const all = allOf(command.rest, context.city.vocabulary.officer_words.all)
  if (all !== null) return everything(moment, all)
  const ticket = command.ticket ?? desk.card
  if (command.mistyped !== null)
    return told(moment, [line(context, 'ticket_mistyped', { id: command.mistyped })])
  if (ticket === null) return told(moment, [line(context, 'desk_hand_usage', {})])
  return oneCase(moment, ticket, command.rest)
}

/** What stands behind SEMUA; null: it does not stand there. */
function allOf(rest: string, words: readonly string[]): string | null {
  const [first = '', ...more] = rest.split(/\s+/)
  return words.includes(first.toLowerCase()) ? more.join(' ') : null
}

function oneCase(moment: DeskMoment, ticket: string, said: string): Outcome {
  const { context } = moment
  const found = readable(moment, ticket)
  if (found === null) return told(moment, [line(context, 'ticket_unknown', { id: ticket })])
  const { complaint } = found
  const tried = tryStaffMove(moment, complaint, { move: 'take', holder: moment.staff.id })
  if (complaint.agency === null || tried.outcome !== 'moved')
    return refusedMove(moment, found, tried, 'take')
  const among = colleagues(moment, complaint.agency).filter(({ id }) => id !== complaint.holder)
  const to = receiver(moment, said, among, ticket, {})
  if (to.outcome !== undefined) return to.outcome
  const { id, name } = to.person
  const asked = line(context, 'desk_ask_hand', { id: ticket, name }, { ticket })
  return askConfirmed(moment, { type: 'hand-over', tickets: [ticket], to: id }, asked, true)
}

/** All that the one who writes holds. */
function everything(moment: DeskMoment, said: string): Outcome {
  const { context, staff, desk } = moment
  if (staff.agency === null) return told(moment, [line(context, 'desk_hand_all_own', {})])
  const held = desk.held ?? []
  if (held.length === 0) return told(moment, [line(context, 'desk_hand_none', {})])
  const among = colleagues(moment, staff.agency).filter(({ id }) => id !== staff.id)
  const [word = ''] = context.city.vocabulary.officer_words.all
  const to = receiver(moment, said, among, null, { all: word })
  if (to.outcome !== undefined) return to.outcome
  const { id, name } = to.person
  const tickets = held.slice(0, MOST)
  const asked = line(context, 'desk_ask_hand_all', { n: String(tickets.length), name })
  return askConfirmed(moment, { type: 'hand-over', tickets, to: id }, asked, true)
}

function colleagues({ desk }: DeskMoment, agency: string): readonly DeskPerson[] {
  return (desk.people ?? []).filter(
    (one) => one.agency === agency && belongsToAgency(one.role) && !one.group,
  )
}

function receiver(
  moment: DeskMoment,
  said: string,
  among: readonly DeskPerson[],
  ticket: string | null,
  given: Readonly<Record<string, string>>,
) {
  const { context } = moment
  if (among.length === 0) return { outcome: told(moment, [line(context, 'desk_hand_nobody', {})]) }
  const lacking = { command: 'hand_over', ticket, lacks: 'person', given } as const
  return personMeant(moment, said, among, lacking)
}
