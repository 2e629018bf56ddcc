// Which case a command is about: the ticket it names, else the card it replies to. One that may not be read does not exist.

import type { DeskCase } from '../desk.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'

export type Aim =
  | { readonly found: DeskCase; readonly outcome?: never }
  | { readonly found?: never; readonly outcome: Outcome }

export function aimed(moment: DeskMoment, command: OfficerCommand): Aim {
  const { context, desk } = moment
  if (command.mistyped !== null)
    return {
      outcome: told(moment, [line(context, 'desk_mistyped', { id: command.mistyped })]),
    }
  const ticket = command.ticket ?? desk.card
  if (ticket === null) return { outcome: told(moment, [line(context, 'desk_which', {})]) }
  const found = readable(moment, ticket)
  if (found !== null) return { found }
  return { outcome: told(moment, [line(context, 'desk_unknown', { id: ticket })]) }
}
