// The agency a command is about: named, offered where it is nearly named, chosen from a list where it is not.
// The usual one comes first; one beyond the city's authority cannot be chosen.

import type { Agency, City } from '../../city/city.ts'
import type { Complaint } from '../../complaints/complaint.ts'
import { agencyWords, type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { understand } from '../understand/understand.ts'
import { askFor, type PickedFrom } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import type { DeskMoment } from './desk-moment.ts'
import { withoutLeadIn } from './lead-ins.ts'
import { type Named, namedIn } from './naming.ts'
import { leafFrom, leafOf } from './paging.ts'

export type AgencyMeant =
  | { readonly agency: Agency; readonly rest: string; readonly outcome?: never }
  | { readonly agency?: never; readonly outcome: Outcome }

/** The agency that the rest of the command names; else an outcome that asks for it. `not`: those who have it already. */
export function agencyMeant(
  moment: DeskMoment,
  command: OfficerCommand,
  complaint: Complaint,
  not: readonly string[],
): AgencyMeant {
  const { context } = moment
  const { city } = context
  const { rest } = command
  const ask = (asked: Line, ids: readonly string[], from = 0) => ({
    outcome: askAgency(moment, command, complaint, asked, ids, from),
  })
  const likely = () => likelyFirst(city, complaint, not)
  const { ticket: id } = complaint
  const from = leafFrom(rest)
  if (rest === '' || from !== null)
    return ask(line(context, 'desk_ask_agency', { id }), likely(), from ?? 0)
  const naming = namedIn(withoutLeadIn(rest, city), agencyNames(city))
  switch (naming.type) {
    case 'meant': {
      const agency = city.agencyById.get(naming.id)
      if (agency !== undefined) return { agency, rest: naming.rest }
      return ask(line(context, 'desk_ask_agency', { id }), likely())
    }
    case 'near':
      return ask(line(context, 'desk_agency_near', { id }), [
        ...new Set([...naming.ids, ...likely()]),
      ])
    case 'unknown':
      return ask(line(context, 'desk_agency_unknown', { id }), likely())
  }
}

const named = new WeakMap<City['agencyById'], readonly Named[]>()

export function agencyNames({ agencyById }: Pick<City, 'agencyById'>): readonly Named[] {
  const known = named.get(agencyById)
  if (known !== undefined) return known
  const made = [...agencyById.values()].map(({ id, name, short, aliases }) => ({
    id,
    names: [name, short, ...aliases],
  }))
  named.set(agencyById, made)
  return made
}

function askAgency(
  moment: DeskMoment,
  { name }: OfficerCommand,
  { ticket }: Complaint,
  asked: Line,
  ids: readonly string[],
  from: number,
): Outcome {
  const { context } = moment
  const all = ids.map((id): PickedFrom => ({ value: id, label: agencyWords(context, id) }))
  return askFor(
    moment,
    { ...asked, ticket },
    { command: name, ticket, lacks: 'agency' },
    leafOf(context, all, from),
  )
}

/** The proposed one, the usual ones of what the words may be about, then all others of the city in its own order. */
function likelyFirst(city: City, complaint: Complaint, not: readonly string[]): readonly string[] {
  const { proposedAgency, category, text } = complaint
  const about = text === null ? [] : understand(text, city).categories.map(({ id }) => id)
  const usual = [...(category === null ? [] : [category]), ...about].map(
    (id) => city.categoryById.get(id)?.agency ?? null,
  )
  const all = new Set([proposedAgency, ...usual, ...city.agencyIds])
  return [...all].flatMap((id) => {
    const agency = id === null ? undefined : city.agencyById.get(id)
    return agency === undefined || agency.outside || not.includes(agency.id) ? [] : [agency.id]
  })
}
