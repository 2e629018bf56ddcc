// Who is meant, and how people are called: by the name given at the invitation, or by their number in PETUGAS.
// A name that several bear is never guessed.

import type { StaffMember } from '../../complaints/staff.ts'
import type { Desk, DeskPerson } from '../desk.ts'
import { agencyWords, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { Context } from '../turn.ts'
import { askFor, type Lacking } from './asking.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { withoutLeadIn } from './lead-ins.ts'

/** "petugas Dinas PUPR", "koordinator". */
export function roleWords(
  context: Context,
  { role, agency }: Pick<StaffMember, 'role' | 'agency'>,
): string {
  const name = words(context, `desk_role_${role}`, {})
  if (agency === null) return name
  return words(context, 'desk_staff_role', { role: name, agency: agencyWords(context, agency) })
}

/** Without this one nobody would verify, and the settings name nobody either. Asks for `people` to be looked up. */
export function lastCoordinator({ people, coordinatorsSet }: Desk, id: string): boolean {
  if (coordinatorsSet || people === null) return false
  return !people.some((one) => one.role === 'coordinator' && !one.group && one.id !== id)
}

export type PersonMeant =
  | { readonly person: DeskPerson; readonly outcome?: never }
  | { readonly person?: never; readonly outcome: Outcome }

/** The one of `among` that the words name: a number, a whole name, or the beginning of one; without words, chosen. */
export function personMeant(
  moment: DeskMoment,
  given: string,
  among: readonly DeskPerson[],
  lacking: Lacking,
): PersonMeant {
  const { context } = moment
  const said = withoutLeadIn(given, context.city)
  const found = said === '' ? among : whoIsMeant(said, among)
  const [person, ...others] = found
  if (person === undefined)
    return { outcome: told(moment, [line(context, 'desk_person_unknown', { name: said })]) }
  if (others.length === 0) return { person }
  const choices = found.slice(0, MOST_CHOICES).map((one) => ({
    value: String(one.number),
    label: `${one.name}, ${roleWords(context, one)}`,
  }))
  const asked =
    said === ''
      ? line(context, 'desk_ask_whom', {})
      : line(context, 'desk_ask_person', { name: said })
  return { outcome: askFor(moment, asked, lacking, choices) }
}

const MOST_CHOICES = 7

/** Everybody the words may mean; whole names and numbers before beginnings. */
export function whoIsMeant<P extends StaffMember>(said: string, among: readonly P[]): readonly P[] {
  const number = /^#?(\d{1,6})$/.exec(said.trim())?.[1]
  if (number !== undefined) return among.filter((one) => one.number === Number(number))
  const name = plainName(said)
  if (name === '') return []
  const whole = among.filter((one) => plainName(one.name) === name)
  if (whole.length > 0) return whole
  return among.filter((one) => ` ${plainName(one.name)}`.includes(` ${name}`))
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
