// PETUGAS: who is enrolled, by agency, with the numbers that CABUT and SERAHKAN take, page by page.
// Officers and heads see their own agency's, to hand cases over; nobody sees an address.

import type { DeskPerson } from '../desk.ts'
import { agencyWords, type Line, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { Context } from '../turn.ts'
import { agencyNames } from './agency-naming.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { namedIn } from './naming.ts'

const ON_SMS = 6
const ON_CHAT = 30

/** Null: a sentence that begins so, "petugas kebersihan tidak datang". */
export function listPeople(moment: DeskMoment, { rest }: OfficerCommand): Outcome | null {
  const { context, staff, desk } = moment
  const asked = readPage(rest)
  const agency = asked.words === '' ? null : agencyOf(asked.words, context)
  if (agency === undefined) return null
  if (staff.role === 'overseer') return told(moment, [line(context, 'desk_not_for_you', {})])
  const only = staff.role === 'coordinator' ? agency : staff.agency
  const people = (desk.people ?? []).filter((one) => only === null || one.agency === only)
  if (people.length === 0) return told(moment, [line(context, 'desk_people_none', {})])
  const page = pageOf(context, byAgency(people), asked.page, agency ?? '')
  return told(moment, [...page.lines, page.more ?? lastLine(moment)])
}

function readPage(rest: string): { readonly words: string; readonly page: number } {
  const [, said = '', page = '1'] = /^(.*?)(?:(?:^|\s+)(\d{1,3}))?$/s.exec(rest.trim()) ?? []
  return { words: said, page: Math.max(1, Number(page)) }
}

/** Undefined: the words name no agency, and nothing else that is listed. */
function agencyOf(said: string, { city }: Context): string | undefined {
  const naming = namedIn(said, agencyNames(city))
  return naming.type === 'meant' && naming.rest === '' ? naming.id : undefined
}

/** Those of no agency first. */
function byAgency(people: readonly DeskPerson[]): readonly DeskPerson[] {
  return [...people].sort(
    (a, b) => (a.agency ?? '').localeCompare(b.agency ?? '') || a.number - b.number,
  )
}

function pageOf(
  context: Context,
  people: readonly DeskPerson[],
  page: number,
  agency: string,
): { readonly lines: readonly Line[]; readonly more: Line | null } {
  const size = context.person.style === 'sms' ? ON_SMS : ON_CHAT
  const pages = Math.ceil(people.length / size)
  const at = Math.min(page, pages)
  const shown = people.slice((at - 1) * size, at * size)
  const items = shown.map((one, i) => itemOf(context, one, shown[i - 1]))
  const list = items.reduce((first, second) => words(context, 'list_join', { first, second }))
  const next = `${agency} ${at + 1}`.trim()
  return {
    lines: [line(context, 'desk_people', { n: String(people.length), list })],
    more: at < pages ? line(context, 'desk_people_more', { page: next }) : null,
  }
}

function lastLine({ context, staff }: DeskMoment): Line {
  const own = staff.role !== 'coordinator'
  return line(context, own ? 'desk_people_next_own' : 'desk_people_next', {})
}

/** The agency stands before the first of its people. */
function itemOf(context: Context, one: DeskPerson, before: DeskPerson | undefined): string {
  const params = {
    n: String(one.number),
    name: one.name,
    role: words(context, one.group ? 'desk_group' : `desk_role_${one.role}`, {}),
  }
  const item = words(context, one.unreachable ? 'desk_person_lost' : 'desk_person', params)
  if (one.agency === null || one.agency === before?.agency) return item
  return words(context, 'desk_people_of', {
    agency: agencyWords(context, one.agency),
    first: item,
  })
}
