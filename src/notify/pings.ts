// What the coordinators hear at once: a new case, an unhappy citizen, an answer that did not arrive.
// Ticket, category, kelurahan and due date only; never the citizen's words, name or number.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { Complaint } from '../complaints/complaint.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { categoryName, earliestDate, kelurahanName } from './case-words.ts'
import { afterQuiet } from './hours.ts'
import type { Move } from './move-phrases.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import { type Measure, say, sized } from './wording.ts'

export type Alert =
  | 'new'
  | 'urgent'
  | 'over-limit'
  | 'reopened'
  | 'dissatisfied'
  | 'cancel-wish'
  | 'undelivered'
  | 'unasked'

const PHRASES: Readonly<Record<Alert, string>> = {
  new: 'ping_new',
  urgent: 'ping_urgent',
  'over-limit': 'ping_over_limit',
  reopened: 'ping_reopened',
  dissatisfied: 'ping_dissatisfied',
  'cancel-wish': 'ping_cancel_wish',
  undelivered: 'ping_undelivered',
  unasked: 'ping_unasked',
}

export interface PingFacts {
  readonly coordinators: readonly Listener[]
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
}

/** What a move must be pinged as; null: the coordinators need not hear of it at once. */
export function alertOf({ after, event }: Move): Alert | null {
  switch (event.move) {
    case 'file':
      if (after.urgent) return 'urgent'
      return after.overLimit ? 'over-limit' : 'new'
    case 'reopen':
      return 'reopened'
    case 'dissatisfied':
      return 'dissatisfied'
    default:
      return null
  }
}

/** One ping to each coordinator. An emergency goes at any hour. */
export function pingsFor(
  alert: Alert,
  complaint: Complaint,
  facts: PingFacts,
): readonly NewOutbound[] {
  const { city, now, newId } = facts
  const kind = pingKind(alert)
  const dueAt = alert === 'urgent' ? now : afterQuiet(now, city)
  const { ticket } = complaint
  return readersOf(facts.coordinators).map((reader) => {
    const params = {
      id: ticket,
      category: categoryName(reader, complaint.category, city),
      kel: kelurahanName(reader, complaint, city),
      date: earliestDate(reader, complaint, city),
    }
    const text = say(reader, PHRASES[alert], params, facts)
    return noticeRow(reader, sized(reader, text, facts), { kind, ticket, now, dueAt, newId })
  })
}

const PING = 'ping'
const URGENT_PING = 'ping_urgent'
/** An answer that never arrived was told to the coordinators; `Store.answersLost` looks for this kind. */
const LOST_PING = 'ping_undelivered'

function pingKind(alert: Alert): string {
  if (alert === 'urgent') return URGENT_PING
  return alert === 'undelivered' ? LOST_PING : PING
}

/** Pings have no daily budget: escalation cannot skip, and officers have no limit. */
export function isPing(kind: string): boolean {
  return kind.startsWith(PING)
}

/** An emergency goes beyond every budget. */
export function isUrgentPing(kind: string): boolean {
  return kind === URGENT_PING
}
