// The steps of the clocks of those who must act (product.md section 5), decided for one moment. It cannot skip.
// Pure: which steps are taken, who is pinged of what, and what the citizen is honestly told.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { HistoryEvent } from '../complaints/complaint.ts'
import type { ClockRecord, DueClock } from '../store/clock-port.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { agencyName, clockDate } from './case-words.ts'
import { dueList, listChoices } from './due-list.ts'
import { afterQuiet, officeTimeFrom } from './hours.ts'
import { tellAll } from './notices.ts'
import { noticeRow } from './outbound-row.ts'
import { type Going, goingAt, type Message } from './ping-room.ts'
import { PING } from './pings.ts'
import { personKey, type Roster } from './roster.ts'
import { recipientsOf } from './step-recipients.ts'
import { recordsOf, type Taken, take, waiting } from './taken-steps.ts'
import { isHeaded } from './who-holds.ts'
import type { Measure } from './wording.ts'

export interface EscalationFacts {
  /** The people of all agencies concerned, the coordinators and the overseers. */
  readonly roster: Roster
  /** By ticket, for those who are told that it is late. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>
  /** By ticket, where the coordinators are to read how it came so far. */
  readonly histories: ReadonlyMap<string, readonly HistoryEvent[]>
  /** Keys of those who had their message of this hour. */
  readonly taken: ReadonlySet<string>
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
}

export interface Escalation {
  readonly records: readonly ClockRecord[]
  readonly outbound: readonly NewOutbound[]
  /** Keys of those who are written to: their hour is taken now. */
  readonly pinged: readonly string[]
}

/** Takes all due steps of the office's clocks. One message to each person, whatever their number. */
export function escalate(due: readonly DueClock[], facts: EscalationFacts): Escalation {
  const { city, now } = facts
  const taken = due.flatMap((clock) => take(clock, now, city) ?? [])
  const going = goingNow(taken, facts)
  const goes = (step: Taken) => step.step === 0 || going.tickets.has(step.complaint.ticket)
  const here = taken.filter(goes)
  const later = taken.filter((step) => !goes(step))
  return {
    records: [
      ...recordsOf(here.map((step) => ({ ...step, after: step.next }))),
      ...recordsOf(later.map((step) => ({ ...step, after: waiting(step.clock, now, city) }))),
    ],
    outbound: [...going.messages.map((one) => ping(one, facts)), ...tellLate(here, facts)],
    pinged: going.messages.map(({ reader }) => personKey(reader)),
  }
}

/** None out of office time, however late the process comes; else what has room in everybody's message. */
function goingNow(taken: readonly Taken[], facts: EscalationFacts): Going {
  const { now, city, roster } = facts
  if (officeTimeFrom(now, city) > now) return { tickets: new Set(), messages: [] }
  const heard = taken
    .filter(({ step }) => step > 0)
    .map((one) => ({
      ...one,
      history: facts.histories.get(one.complaint.ticket) ?? [],
      to: recipientsOf(one.heardBy, one.complaint, roster),
      headless: !isHeaded(one.complaint, roster),
    }))
  return goingAt(heard, facts.taken, facts)
}

function ping({ reader, cases }: Message, facts: EscalationFacts): NewOutbound {
  const { now, city, newId } = facts
  const row = { kind: PING, ticket: null, now, dueAt: afterQuiet(now, city), newId }
  const worded = dueList(reader, cases, now, facts)
  return { ...noticeRow(reader, worded, row), choices: listChoices(reader, cases, city) }
}

function tellLate(taken: readonly Taken[], facts: EscalationFacts): readonly NewOutbound[] {
  const { city } = facts
  const told = new Map<string, Taken>()
  for (const step of taken)
    if (step.tellsCitizen && !told.has(step.complaint.ticket)) told.set(step.complaint.ticket, step)
  return [...told.values()].flatMap(({ complaint, clock }) => {
    const listeners = facts.listeners.get(complaint.ticket) ?? []
    const key = clock.name === 'verify' ? 'notice_overdue_unassigned' : 'notice_overdue'
    const words = (reader: Listener) => ({
      key,
      params: {
        date: clockDate(reader, clock, city),
        agency: agencyName(reader, complaint.agency, city),
      },
    })
    return tellAll(complaint, 'overdue', words, { ...facts, listeners })
  })
}
