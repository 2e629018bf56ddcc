// A button below a card. Pressed after the case went on without it, it does nothing and says what happened meanwhile.

import type { DeskButton } from '../../complaints/desk-button.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { commanded } from './commanded.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'
import { goneFrom, leftThem, tooLate, wentOn } from './overtaken.ts'

export function pressedCard(moment: DeskMoment, button: DeskButton): Outcome | null {
  const { context, desk } = moment
  const { action, ticket, version } = button
  const command: OfficerCommand = {
    name: action,
    ticket,
    mistyped: null,
    rest: button.value ?? '',
  }
  if (action === 'tasks' || action === 'help') return commanded(moment, command)
  const found = readable(moment, ticket)
  if (found !== null && action !== 'show' && wentOn(found, version)) return tooLate(moment, found)
  if (found !== null) return commanded(moment, command)
  const file = desk.cases.find(({ complaint }) => complaint.ticket === ticket)
  const left = file === undefined ? null : leftThem(file, version, moment.staff)
  if (left !== null) return goneFrom(moment, ticket, left)
  return told(moment, [line(context, 'desk_unknown', { id: ticket })])
}
