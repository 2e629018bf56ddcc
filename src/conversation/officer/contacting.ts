// KONTAK ticket reason: a coordinator is shown where the reporter can be reached. Noted in the audit trail with its reason.
// Never of an anonymous case. The answer belongs to no case, so that nobody else reads it with the case's messages.

import { maskNumbers } from '../../complaints/privacy.ts'
import { type Address, channelOf } from '../../message.ts'
import { line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'

const LEAST_REASON = 4
const MOST_REASON = 200

export function contact(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context, staff, desk } = moment
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { ticket, anonymous } = aim.found.complaint
  if (anonymous) return told(moment, [line(context, 'desk_contact_anonymous', { id: ticket })])
  const reason = command.rest.trim()
  // Of a card that was replied to it is known too late whose numbers to look up.
  if (reason.length < LEAST_REASON || desk.contacts === null) {
    const lacking = { command: 'contact', ticket, lacks: 'reason' } as const
    return askFor(moment, line(context, 'desk_ask_contact_reason', { id: ticket }), lacking)
  }
  if (desk.contacts.length === 0)
    return told(moment, [line(context, 'desk_contact_none', { id: ticket })])
  const list = [...new Set(desk.contacts.map((address) => contactWords(moment, address)))]
    .slice(0, 5)
    .reduce((first, second) => words(context, 'list_join', { first, second }))
  return told(
    moment,
    [line(context, 'desk_contact', { id: ticket, list }, { secret: true })],
    [
      {
        type: 'audit',
        action: 'show-contact',
        ticket,
        reason: maskNumbers(reason).slice(0, MOST_REASON),
      },
    ],
  )
}

/** A number can be called; a chat without one is reached through TANYA alone. */
function contactWords({ context }: DeskMoment, address: Address): string {
  const name = address.slice(address.indexOf(':') + 1)
  switch (channelOf(address)) {
    case 'sms':
      return name
    case 'whatsapp':
      // Who hides their number is an id.
      return /^\d+$/.test(name) ? `+${name} (WhatsApp)` : words(context, 'desk_contact_chat', {})
    case 'telegram':
      return words(context, 'desk_contact_chat', {})
  }
}
