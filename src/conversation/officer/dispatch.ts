// The officers' dialogue: hands a message of somebody enrolled to the one step that answers it, or to the citizen's dialogue.
// A command, a button, an answer to what was asked, or words in reply to a card; everything else they say as a citizen.

import { isDeskButton, readDeskButton } from '../../complaints/desk-button.ts'
import { line } from '../lines.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import { albumPart } from './album-parts.ts'
import { byAnswer } from './answering.ts'
import { LIFE_MS } from './asking.ts'
import { cardWords, chosenForWords } from './card-words.ts'
import { isDeskChoice, tapped } from './choices.ts'
import { commanded } from './commanded.ts'
import { type OfficerCommand, readOfficerCommand } from './commands.ts'
import { CONFIRM_LIFE_MS, confirmed } from './confirming.ts'
import { type DeskMoment, readable, settledDesk } from './desk-moment.ts'
import { enrolment } from './enrolling.ts'
import { practised } from './practising.ts'
import { pressedCard } from './pressing.ts'

/** Null: it is said as a citizen. */
export function deskTurn(moment: Moment): Outcome | null {
  const { desk } = moment.context
  if (desk === null) return null
  const command = readOfficerCommand(moment.message.text, moment.context.city)
  if (command?.name === 'enrol') return enrolment({ ...moment, desk }, command)
  if (desk.staff === null || desk.group) return null
  return officers(withCard({ ...moment, desk, staff: desk.staff }), command)
}

/** A reply about what is theirs as a citizen, or not theirs to read, is no reply to a card. */
function withCard(moment: DeskMoment): DeskMoment {
  const { card } = moment.desk
  if (card === null || (!isOwn(moment, card) && readable(moment, card) !== null)) return moment
  return { ...moment, desk: { ...moment.desk, card: null } }
}

function isOwn({ context }: DeskMoment, ticket: string): boolean {
  return findCase(context, ticket) !== null
}

function officers(moment: DeskMoment, command: OfficerCommand | null): Outcome | null {
  const { message, reading, desk } = moment
  if (reading.command?.name === 'file') return null
  if (message.choice !== null)
    return isDeskChoice(message.choice) ? byTap(moment, message.choice) : null
  const part = albumPart(moment)
  if (part !== null) return part
  const practice = command === null ? null : practised(moment, command)
  if (practice !== null) return practice
  if (command !== null && fits(command, moment) && !isCitizens(command, moment)) {
    const named = command.rest === '' && command.ticket === null ? chosenForWords(moment) : null
    const done = named ?? whileConfirming(moment, command.name, commanded(moment, command))
    // Words that merely begin like a command may be what was asked for.
    if (done !== null || command.ticket !== null) return done
  }
  const waiting = isAskedLater(moment) ? null : answerTo(moment)
  if (waiting !== null) return waiting
  return desk.card === null ? null : cardWords(moment, desk.card)
}

/** Looking something up before one says yes leaves the question open: it was told to hold for ten minutes. */
function whileConfirming(
  { state: before }: DeskMoment,
  action: string,
  done: Outcome | null,
): Outcome | null {
  const confirm = before.desk?.confirm ?? null
  if (done === null || confirm === null || !LOOKS.has(action)) return done
  return {
    ...done,
    state: { ...done.state, desk: { ...settledDesk(done.state), ...done.state.desk, confirm } },
  }
}

/** LIHAT and JAWAB are theirs too: on what they filed themselves they are said as a citizen. */
function isCitizens({ name, ticket }: OfficerCommand, moment: DeskMoment): boolean {
  if (name !== 'show' && name !== 'answer') return false
  if (ticket !== null) return isOwn(moment, ticket)
  return name === 'show' && moment.desk.card === null && moment.mine.length > 0
}

function byTap(moment: DeskMoment, choice: string): Outcome | null {
  if (isDeskButton(choice)) {
    const button = readDeskButton(choice)
    if (button === null) return late(moment)
    return whileConfirming(moment, button.action, pressedCard(moment, button))
  }
  const open = untilOf(moment)
  if (tapped(choice, open)?.type === 'late') return late(moment)
  return answerTo(moment) ?? late(moment)
}

function answerTo(moment: DeskMoment): Outcome | null {
  return confirmed(moment) ?? chosenForWords(moment) ?? byAnswer(moment)
}

function untilOf({ state: { desk } }: DeskMoment): number | null {
  return (desk?.confirm ?? desk?.asking ?? desk?.words)?.untilMs ?? null
}

/** What they were asked last, they were asked as a citizen: then a bare answer is about that. */
function isAskedLater({ state }: DeskMoment): boolean {
  const { desk, draft, questionMs } = state
  const confirmMs = desk?.confirm == null ? 0 : desk.confirm.untilMs - CONFIRM_LIFE_MS
  const asked = desk?.asking ?? desk?.words ?? null
  const deskMs = Math.max(confirmMs, asked === null ? 0 : asked.untilMs - LIFE_MS)
  return Math.max(draft?.touchedMs ?? 0, questionMs ?? 0) > deskMs
}

/** What waits goes on waiting. */
function late({ state, context }: DeskMoment): Outcome {
  const lines = [line(context, 'desk_late_choice', {})]
  return { state, lines, heard: 'clear', ask: false }
}

/** Commands that are about no single case. */
const WITHOUT_TICKET: ReadonlySet<OfficerCommand['name']> = new Set([
  'recap',
  'people',
  'invite',
  'remove',
  'hand_over',
  'walk_in',
])
/** These only show something. */
const LOOKS: ReadonlySet<string> = new Set<OfficerCommand['name']>([
  ...(['show', 'tasks', 'more', 'people', 'recap', 'help'] as const),
])
/** Nothing follows these: "bantuan sosial belum cair" is a complaint. */
const ALONE: ReadonlySet<OfficerCommand['name']> = new Set(['tasks', 'help', 'more'])
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
  if (ALONE.has(command.name)) return command.rest === ''
  if (command.ticket !== null || command.mistyped !== null) return true
  if (WITHOUT_TICKET.has(command.name)) return true
  if (desk.card !== null || command.rest === '') return true
  return UNMISTAKABLE.has(command.name)
}
