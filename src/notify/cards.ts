// Cards: what those who act hear at once of one case, each with what can be done next.
// Ticket, category, kelurahan and due date only; never the citizen's words, name or number.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { formatDate } from '../conversation/phrases.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import {
  actionsFor,
  buttonsFor,
  type CardName,
  commandsLine,
  joined,
  proposedIn,
} from './card-words.ts'
import { agencyName, categoryName, dueDate, earliestDate, kelurahanName } from './case-words.ts'
import type { Hearing } from './desk-audience.ts'
import { afterQuiet } from './hours.ts'
import { noticeRow } from './outbound-row.ts'
import { LOST_PING, PING, URGENT_PING } from './pings.ts'
import { type Actor, personKey } from './roster.ts'
import { type Measure, say, sized, type Worded } from './wording.ts'

export interface CardFacts {
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
}

/** What cannot wait for the morning where the case is an emergency: what whoever has it must know to act, or to stop. */
const CALLS: ReadonlySet<CardName> = new Set<CardName>([
  'urgent',
  'nobody',
  'note',
  'desk_note',
  'copy_note',
  'complete',
  'cancel_wish',
  'handed',
  'taken_away',
  'restored',
  'returned',
  'decide',
  'reopened',
  'dissatisfied',
])

/** They are about the finish clock alone, whatever else is due before it. */
const OF_FINISH: ReadonlySet<CardName> = new Set<CardName>([
  'extend_agreed',
  'extend_refused',
  'extend_silent',
  'extended',
])

/** One card for each who hears; somebody named twice gets the first, which is the weightiest. */
export function cardsFor(
  hearings: readonly Hearing[],
  complaint: Complaint,
  facts: CardFacts,
): readonly NewOutbound[] {
  const told = new Set<string>()
  return hearings.flatMap((hearing) =>
    hearing.to.flatMap((reader) => {
      if (told.has(personKey(reader))) return []
      told.add(personKey(reader))
      return [card(reader, hearing, complaint, facts)]
    }),
  )
}

function card(
  reader: Actor,
  hearing: Hearing,
  complaint: Complaint,
  facts: CardFacts,
): NewOutbound {
  const { city, now, newId } = facts
  const urgent = complaint.urgent && CALLS.has(hearing.card)
  const dueAt = urgent ? now : afterQuiet(now, city)
  const kind = urgent ? URGENT_PING : hearing.card === 'undelivered' ? LOST_PING : PING
  const row = { kind, ticket: complaint.ticket, now, dueAt, newId }
  const actions = actionsFor(reader, complaint, asCard(hearing))
  const choices = buttonsFor(reader, actions, complaint, city)
  return { ...noticeRow(reader, words(reader, hearing, complaint, facts), row), choices }
}

/** Whoever is asked for more time decides it: the head, or the coordinators where there is none. */
function asCard({ card: name }: Hearing) {
  return { repeats: false, decides: name === 'extend_asked' }
}

function words(reader: Actor, hearing: Hearing, complaint: Complaint, facts: CardFacts): Worded {
  const { city } = facts
  const { ticket: id, asked } = complaint
  const agency = hearing.agency === undefined ? complaint.agency : hearing.agency
  const params = {
    id,
    category: categoryName(reader, complaint.category, city),
    kel: kelurahanName(reader, complaint, city),
    date: OF_FINISH.has(hearing.card)
      ? dueDate(reader, complaint, ['finish'], city)
      : earliestDate(reader, complaint, city),
    agency: agencyName(reader, agency, city),
    n: String(hearing.n ?? ''),
    name: hearing.name ?? '',
    into: complaint.mergedInto ?? '',
    until: asked === null ? '' : formatDate(asked.until, city),
  }
  if (reader.group) return sized(reader, say(reader, 'ping_group', params, facts), facts)
  const move = say(reader, `ping_${hearing.card}`, params, facts)
  const told =
    hearing.lapsed === true ? `${move} ${say(reader, 'ping_part_lapsed', {}, facts)}` : move
  const actions = actionsFor(reader, complaint, asCard(hearing))
  const next = commandsLine(reader, actions, id, city, proposedIn(complaint, city))
  return sized(reader, joined(reader, told, next), facts)
}
