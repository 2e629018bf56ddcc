// A button below a card. Pressed after the case went on without it, it does nothing and says what happened meanwhile.

import type { DeskButton } from '../../complaints/desk-button.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { commanded } from './commanded.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'
import { tooLate, wentOn } from './overtaken.ts'

export function pressedCard(moment: DeskMoment, button: DeskButton): Outcome | null {
  const { context } = moment
  const { ticket } = button
  const found = readable(moment, ticket)
  if (found === null) return told(moment, [line(context, 'ticket_unknown', { id: ticket })])
  if (button.action !== 'show' && wentOn(found, button.version)) return tooLate(moment, found)
  const command: OfficerCommand = {
    name: button.action === 'tasks' ? 'tasks' : button.action,
    ticket,
    mistyped: null,
    rest: button.value ?? '',
  }
  return commanded(moment, command)
}
