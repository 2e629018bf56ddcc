// Many cases handed over in one turn (SERAHKAN SEMUA) are one message to whoever has them now, not a card each.
// Pure. All tickets are named, as many as one message holds; the list of cases has the rest.

import type { Complaint } from '../complaints/complaint.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import { commandsLine, joined } from './card-words.ts'
import type { CardFacts } from './cards.ts'
import type { Hearing } from './desk-audience.ts'
import { afterQuiet } from './hours.ts'
import { noticeRow } from './outbound-row.ts'
import { PING } from './pings.ts'
import { type Actor, personKey } from './roster.ts'
import { fits, LIST_SEGMENTS, say, sized, type Worded } from './wording.ts'

export interface Told {
  readonly complaint: Complaint
  readonly hearings: readonly Hearing[]
}

/** So many cards at once may still be read one by one. */
const CARDS = 3

export function handedTogether(
  told: readonly Told[],
  facts: CardFacts,
): { readonly single: readonly Told[]; readonly lists: readonly NewOutbound[] } {
  const many = [...handedTo(told).values()].filter(({ tickets }) => tickets.length > CARDS)
  const listed = new Set(many.map(({ reader }) => personKey(reader)))
  const single = told.map(({ complaint, hearings }) => ({
    complaint,
    hearings: hearings.map((hearing) =>
      hearing.card === 'handed'
        ? { ...hearing, to: hearing.to.filter((reader) => !listed.has(personKey(reader))) }
        : hearing,
    ),
  }))
  return { single, lists: many.map((one) => list(one, facts)) }
}

interface Handed {
  readonly reader: Actor
  readonly tickets: readonly string[]
}

function handedTo(told: readonly Told[]): ReadonlyMap<string, Handed> {
  const handed = new Map<string, Handed>()
  for (const { complaint, hearings } of told)
    for (const reader of hearings.flatMap(({ card, to }) => (card === 'handed' ? to : []))) {
      const before = handed.get(personKey(reader))?.tickets ?? []
      handed.set(personKey(reader), { reader, tickets: [...before, complaint.ticket] })
    }
  return handed
}

function list({ reader, tickets }: Handed, facts: CardFacts): NewOutbound {
  const { city, now, newId } = facts
  const row = { kind: PING, ticket: null, now, dueAt: afterQuiet(now, city), newId }
  const worded = (named: number): Worded => {
    const left = tickets.length > named ? ' ...' : ''
    const params = { n: String(tickets.length), tickets: tickets.slice(0, named).join(' ') + left }
    const text = say(reader, 'ping_handed_list', params, facts)
    return sized(reader, joined(reader, text, commandsLine(reader, ['tasks'], '', city)), facts)
  }
  let named = tickets.length
  while (named > 0 && !fits(reader, worded(named), LIST_SEGMENTS)) named -= 1
  return noticeRow(reader, worded(named), row)
}
