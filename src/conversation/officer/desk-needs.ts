// What the officers' dialogue must know before it can answer: read from the message and what it waits for alone.
// Of whoever is not enrolled only a code is looked up.

import type { City } from '../../city/city.ts'
import { type DeskButton, readDeskButton } from '../../complaints/desk-button.ts'
import { findMobile } from '../../complaints/mobile-number.ts'
import type { StaffMember } from '../../complaints/staff.ts'
import { readTickets } from '../../complaints/ticket.ts'
import { addressOf, type InboundMessage } from '../../message.ts'
import type { DeskNeeds } from '../desk.ts'
import type { DeskState } from '../desk-state.ts'
import type { State } from '../state.ts'
import { agencyNames } from './agency-naming.ts'
import { codeIn } from './code-in.ts'
import { type OfficerCommand, readOfficerCommand } from './commands.ts'
import { namedIn } from './naming.ts'

/** More are named by nobody in one message, but for handing over all one has. */
const MOST_CASES = 50
/** Also where a case goes to an agency: whether anybody there will read of it. */
const PEOPLE: ReadonlySet<OfficerCommand['name']> = new Set([
  'assign',
  'transfer',
  'copy',
  'agree',
  'refuse',
  'people',
  'invite',
  'remove',
  'hand_over',
])

export function deskNeeds(
  { desk, album }: State,
  message: InboundMessage,
  city: City,
  staff: StaffMember | null,
): DeskNeeds | null {
  const command = readOfficerCommand(message.text, city)
  const code = command?.name === 'enrol' ? codeIn(message.text, command, city) : null
  if (staff === null && code === null) return null
  const pressed = readDeskButton(message.choice)
  const reading = command?.name === 'more' ? (desk?.reading?.ticket ?? null) : null
  const cases = new Set([
    ...readTickets(message.text).tickets,
    ...(pressed === null ? [] : [pressed.ticket]),
    ...(reading === null ? [] : [reading]),
    ...(album?.ticket != null && album.id === message.album ? [album.ticket] : []),
    ...awaited(desk),
  ])
  return {
    cases: staff === null ? [] : [...cases].slice(0, MOST_CASES),
    repliedTo: staff === null ? null : message.quotedId,
    tasksFrom: tasksFrom(desk, command, pressed),
    around: opened(command, pressed, reading),
    held: staff?.agency != null && handsOver(command, desk),
    code,
    people:
      isAboutPeople(command?.name) ||
      isAboutPeople(pressed?.action) ||
      aboutPeople(desk) ||
      mayLose(code, staff) ||
      (staff?.role === 'coordinator' && opensCase(command, pressed, message)),
    contactOf: contactOf(command, desk),
    walkIn: staff === null ? null : walkInOf(command, desk, message.text),
    figures: figuresFor(command, staff, city),
  }
}

/** A head's are always their own agency's; others may name one. */
function figuresFor(
  command: OfficerCommand | null,
  staff: StaffMember | null,
  city: City,
): DeskNeeds['figures'] {
  if (command?.name !== 'recap' || staff === null || staff.role === 'officer') return null
  if (staff.agency !== null) return { agency: staff.agency }
  const naming = namedIn(command.rest, agencyNames(city))
  return { agency: naming.type === 'meant' ? naming.id : null }
}

/** TUGAS from its beginning, a button from where it says, LANJUT from where one stopped reading. */
function tasksFrom(
  desk: DeskState | null,
  command: OfficerCommand | null,
  pressed: DeskButton | null,
): number | null {
  if (pressed?.action === 'tasks') return Number(pressed.value ?? 0) || 0
  if (command?.name === 'tasks') return 0
  return command?.name === 'more' ? (desk?.tasksFrom ?? null) : null
}

function opened(
  command: OfficerCommand | null,
  pressed: DeskButton | null,
  reading: string | null,
): DeskNeeds['around'] {
  if (pressed !== null) return pressed.action === 'show' ? { ticket: pressed.ticket } : null
  if (reading !== null) return { ticket: reading }
  return command?.name === 'show' ? { ticket: command.ticket } : null
}

/** SERAHKAN SEMUA: what one holds is handed over. */
function handsOver(command: OfficerCommand | null, desk: DeskState | null): boolean {
  if (command !== null) return command.name === 'hand_over' && command.ticket === null
  return desk?.asking?.command === 'hand_over' && desk.asking.ticket === null
}

function awaited(desk: DeskState | null): readonly string[] {
  if (desk === null) return []
  const { confirm, asking, words } = desk
  const what = confirm?.what
  const moved =
    what?.type === 'move'
      ? [what.ticket, ...(what.request.into === undefined ? [] : [what.request.into])]
      : []
  const handed = what?.type === 'hand-over' ? what.tickets : []
  const blocked = what?.type === 'block' ? [what.ticket] : []
  const asked = asking?.ticket == null ? [] : [asking.ticket]
  return [...moved, ...handed, ...blocked, ...asked, ...(words === null ? [] : [words.ticket])]
}

function aboutPeople(desk: DeskState | null): boolean {
  const command = desk?.asking?.command ?? ''
  const what = desk?.confirm?.what.type
  return what === 'remove' || what === 'hand-over' || isAboutPeople(command)
}

function isAboutPeople(command: string | undefined): boolean {
  return PEOPLE.has(command as OfficerCommand['name'])
}

/** Below a case stands who decides on more time: whether its agency has a head. */
function opensCase(
  command: OfficerCommand | null,
  pressed: DeskButton | null,
  { quotedId }: InboundMessage,
): boolean {
  return command !== null || pressed !== null || quotedId !== null
}

/** Another role may take the place of the last coordinator's. */
function mayLose(code: string | null, staff: StaffMember | null): boolean {
  return code !== null && staff?.role === 'coordinator'
}

const REACHES_REPORTER: ReadonlySet<string> = new Set(['contact', 'block'])

function contactOf(command: OfficerCommand | null, desk: DeskState | null): string | null {
  if (command !== null) return REACHES_REPORTER.has(command.name) ? command.ticket : null
  const asking = desk?.asking ?? null
  return asking !== null && REACHES_REPORTER.has(asking.command) ? asking.ticket : null
}

/** A number in what is taken down, or in answer to the question for it. */
function walkInOf(command: OfficerCommand | null, desk: DeskState | null, text: string) {
  const asked = command === null && desk?.asking?.command === 'walk_in'
  const said = command?.name === 'walk_in' ? command.rest : asked ? text : ''
  const found = findMobile(said, asked)
  return found === null ? null : addressOf('sms', found.number)
}
