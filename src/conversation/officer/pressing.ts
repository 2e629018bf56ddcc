// A button below a card. Pressed after the case went on without it, it does nothing and says what happened meanwhile.

import type { DeskButton } from '../../complaints/desk-button.ts'
import type { DeskCase } from '../desk.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { nextLine, stateLine } from './card.ts'
import { commanded } from './commanded.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'

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

/** Since that version somebody moved it on; what citizens added to it, and corrections, make no button late. */
function wentOn({ history }: DeskCase, version: number): boolean {
  return history.slice(version).some(({ move, from, to }) => from !== to || move === 'transfer')
}

function tooLate(moment: DeskMoment, { complaint, history }: DeskCase): Outcome {
  const { context } = moment
  const { ticket } = complaint
  const last = history.findLast(({ from, to, move }) => from !== to || move === 'transfer')
  const actor = last?.actor ?? ''
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
