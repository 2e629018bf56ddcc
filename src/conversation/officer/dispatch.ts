// The officers' dialogue: hands a message of somebody enrolled to the one step that answers it, or to the citizen's dialogue.
// A command, a button, an answer to what was asked, or words in reply to a card; everything else they say as a citizen.

import { isDeskButton, readDeskButton } from '../../complaints/desk-button.ts'
import { line } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import { byAnswer } from './answering.ts'
import { cardWords, chosenForWords } from './card-words.ts'
import { isDeskChoice, tapped } from './choices.ts'
import { commanded } from './commanded.ts'
import { type OfficerCommand, readOfficerCommand } from './commands.ts'
import { confirmed } from './confirming.ts'
import type { DeskMoment } from './desk-moment.ts'
import { told } from './desk-moment.ts'
import { enrolment } from './enrolling.ts'
import { pressedCard } from './pressing.ts'

/** Null: it is said as a citizen. */
export function deskTurn(moment: Moment): Outcome | null {
  const { desk } = moment.context
  if (desk === null) return null
  const command = readOfficerCommand(moment.message.text, moment.context.city)
  if (command?.name === 'enrol') return enrolment({ ...moment, desk }, command)
  if (desk.staff === null || desk.group) return null
  return officers({ ...moment, desk, staff: desk.staff }, command)
}

function officers(moment: DeskMoment, command: OfficerCommand | null): Outcome | null {
  const { message, reading, desk } = moment
  if (reading.command?.name === 'file') return null
  if (message.choice !== null && isDeskChoice(message.choice)) return byTap(moment, message.choice)
  if (command !== null && fits(command, moment)) return commanded(moment, command)
  const waiting = confirmed(moment) ?? byAnswer(moment) ?? chosenForWords(moment)
  if (waiting !== null) return waiting
  return desk.card === null ? null : cardWords(moment, desk.card)
}

function byTap(moment: DeskMoment, choice: string): Outcome | null {
  if (isDeskButton(choice)) {
    const button = readDeskButton(choice)
    return button === null ? late(moment) : pressedCard(moment, button)
  }
  const open = untilOf(moment)
  if (tapped(choice, open)?.type === 'late') return late(moment)
  return confirmed(moment) ?? byAnswer(moment) ?? chosenForWords(moment) ?? late(moment)
}

function untilOf({ state: { desk } }: DeskMoment): number | null {
  return (desk?.confirm ?? desk?.asking ?? desk?.words)?.untilMs ?? null
}

function late(moment: DeskMoment): Outcome {
  return told(moment, [line(moment.context, 'desk_late_choice', {})])
}

/** Commands that are about no single case. */
const WITHOUT_TICKET: ReadonlySet<OfficerCommand['name']> = new Set([
  'tasks',
  'recap',
  'people',
  'help',
  'invite',
  'remove',
  'hand_over',
  'walk_in',
])
/** Words that no complaint begins with: without a ticket their use is told. */
const UNMISTAKABLE: ReadonlySet<OfficerCommand['name']> = new Set([
  'assign',
  'update',
  'return',
  'extend',
  'copy',
])

/** Whether what follows the word makes it a command: "terima kasih" is none, nor is "tutup got di gang 5 hilang". */
function fits(command: OfficerCommand, { desk }: DeskMoment): boolean {
  if (command.ticket !== null || command.mistyped !== null) return true
  if (WITHOUT_TICKET.has(command.name)) return true
  if (desk.card !== null || command.rest === '') return true
  return UNMISTAKABLE.has(command.name) || /^latihan\b/i.test(command.rest)
}
