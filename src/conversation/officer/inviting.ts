// UNDANG agency role name: a coordinator invites somebody, by a code that they pass on. Confirmed first.
// Officers and heads belong to an agency of the city; coordinators and overseers to none (`-`).

import type { City } from '../../city/city.ts'
import { belongsToAgency, STAFF_ROLES, type StaffRole } from '../../complaints/staff.ts'
import type { Confirmed } from '../desk-state.ts'
import { agencyWords, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { agencyNames } from './agency-naming.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { invitedWithin } from './enrolling.ts'
import { namedIn } from './naming.ts'
import { roleWords } from './people.ts'

const NONE = '-'
const MOST_LETTERS = 40
/** Longer is a sentence of a citizen. */
const MOST_WORDS = 12
/** Others than people stand under these in the history and the audit trail. */
const TAKEN_NAMES: ReadonlySet<string> = new Set([
  ...['citizen', 'api', 'operator', 'schedule', 'system', 'provider', 'enrolment'],
])

interface Read {
  /** What stands before the role: an agency, or none. */
  readonly before: string
  readonly role: StaffRole | null
  readonly after: string
}

/** Null: no invitation is meant; "undang" begins other sentences too. */
export function invite(moment: DeskMoment, { rest }: OfficerCommand): Outcome | null {
  const { context, staff } = moment
  const read = readInvitation(rest, context.city)
  if (rest.split(/\s+/).length > MOST_WORDS) return null
  if (staff.role !== 'coordinator')
    return rest === '' || read.role !== null
      ? told(moment, [line(context, 'desk_not_for_you', {})])
      : null
  if (rest === '') return told(moment, [line(context, 'desk_invite_usage', {})])
  return forAgency(moment, read)
}

export function readInvitation(said: string, city: City): Read {
  const all = said.split(/\s+/)
  const at = all.findIndex((word) => roleOf(word, city) !== null)
  const role = at < 0 ? null : roleOf(all[at] ?? '', city)
  const before = (at < 0 ? all : all.slice(0, at)).join(' ')
  return { before, role, after: at < 0 ? '' : all.slice(at + 1).join(' ') }
}

function roleOf(word: string, { vocabulary }: City): StaffRole | null {
  const said = word.toLowerCase()
  return (
    STAFF_ROLES.find((role) => vocabulary.officer_words.staff_roles[role].includes(said)) ?? null
  )
}

function forAgency(moment: DeskMoment, read: Read): Outcome {
  const { context } = moment
  const { before } = read
  if (before === '' || before === NONE) return withRole(moment, { ...read, agency: null, name: '' })
  const naming = namedIn(before, agencyNames(context.city))
  if (naming.type === 'meant') {
    const agency = context.city.agencyById.get(naming.id)
    if (agency !== undefined && !agency.outside)
      return withRole(moment, { ...read, agency: agency.id, name: naming.rest })
  }
  const near = naming.type === 'near' ? naming.ids : []
  const choices = near
    .filter((id) => context.city.agencyById.get(id)?.outside === false)
    .slice(0, 7)
    .map((id) => ({
      // Picked, it stands for the whole of what follows the command.
      value: [id, roleName(moment, read.role), read.after].join(' ').trim(),
      label: agencyWords(context, id),
    }))
  if (choices.length === 0) return told(moment, [line(context, 'desk_invite_agency', {})])
  const asked = line(context, 'desk_invite_which', {})
  return askFor(moment, asked, { command: 'invite', ticket: null, lacks: 'agency' }, choices)
}

interface InAgency extends Read {
  readonly agency: string | null
  /** What stood between agency and role: "UNDANG DPUPR Budi petugas". */
  readonly name: string
}

function withRole(moment: DeskMoment, read: InAgency): Outcome {
  const { context } = moment
  const { agency, role } = read
  if (role === null) {
    const roles = STAFF_ROLES.filter((one) => belongsToAgency(one) === (agency !== null))
    const choices = roles.map((one) => ({
      value: roleName(moment, one),
      label: words(context, `desk_role_${one}`, {}),
    }))
    const given = { agency: agency ?? NONE, name: read.name }
    return askFor(
      moment,
      line(context, 'desk_invite_role', {}),
      { command: 'invite', ticket: null, lacks: 'role', given },
      choices,
    )
  }
  if (belongsToAgency(role) !== (agency !== null))
    return told(moment, [
      line(context, agency === null ? 'desk_invite_agency' : 'desk_invite_none', {}),
    ])
  return named(moment, { role, agency, name: `${read.name} ${read.after}`.trim() })
}

function named(
  moment: DeskMoment,
  { role, agency, name }: Omit<Extract<Confirmed, { type: 'invite' }>, 'type'>,
): Outcome {
  const { context } = moment
  if (name === '') {
    const given = { agency: agency ?? NONE, role: roleName(moment, role) }
    const lacking = { command: 'invite', ticket: null, lacks: 'name', given } as const
    return askFor(moment, line(context, 'desk_invite_name', {}), lacking)
  }
  if (!isName(name)) return told(moment, [line(context, 'desk_invite_bad_name', {})])
  if (invitedWithin(moment) === null) return told(moment, [line(context, 'desk_invited_often', {})])
  const said = { name, role: roleWords(context, { role, agency }) }
  const asked = isEnrolled(moment, { role, agency, name })
    ? line(context, 'desk_ask_invite_again', said)
    : line(context, 'desk_ask_invite', said)
  return askConfirmed(moment, { type: 'invite', role, agency, name }, asked, true)
}

/** The code would add an address to that very person, not bring in another of the same name. */
function isEnrolled(
  { desk }: DeskMoment,
  who: { readonly name: string; readonly role: StaffRole; readonly agency: string | null },
): boolean {
  const people = desk.people ?? []
  return people.some(
    ({ name, role, agency }) => name === who.name && role === who.role && agency === who.agency,
  )
}

/** It stands in histories, and is told to other officers. */
export function isName(name: string): boolean {
  if (name.length > MOST_LETTERS || TAKEN_NAMES.has(name.toLowerCase())) return false
  return /\p{L}/u.test(name) && !/\d{3}|[\p{C}<>{}]/u.test(name)
}

/** The word by which the city's people say the role. */
function roleName({ context }: DeskMoment, role: StaffRole | null): string {
  return role === null ? '' : (context.city.vocabulary.officer_words.staff_roles[role][0] ?? role)
}
