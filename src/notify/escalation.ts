// The steps of the clocks of those who must act (product.md section 5), decided for one moment. It cannot skip.
// Pure: which steps are taken, who is pinged of what, and what the citizen is honestly told.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import { withClock } from '../complaints/clocks.ts'
import type { ClockName, Complaint, ComplaintClock } from '../complaints/complaint.ts'
import { stepAt, takeStep } from '../complaints/steps.ts'
import type { ClockRecord, DueClock } from '../store/clock-port.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { agencyName, clockDate } from './case-words.ts'
import { type DueCase, dueList, howManyFit, mostUrgentFirst } from './due-list.ts'
import { afterQuiet, officeTimeFrom } from './hours.ts'
import { tellAll } from './notices.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import type { Measure, Reader } from './wording.ts'

export interface EscalationFacts {
  readonly coordinators: readonly Listener[]
  /** By ticket, for those who are told that it is late. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>
  /** The coordinators had their message of this hour already. */
  readonly hourTaken: boolean
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
}

export interface Escalation {
  readonly records: readonly ClockRecord[]
  readonly outbound: readonly NewOutbound[]
  /** The coordinators are written to: their hour is taken now. */
  readonly pinged: boolean
}

/** From this step on, also when it was skipped over, the citizen is told. */
const CITIZEN_STEP = 3
const HOUR_MS = 3_600_000
const OFFICE_CLOCKS: ReadonlySet<ClockName> = new Set(['verify', 'follow_up', 'finish'])

/** The clocks of verifier and agency; the citizen's own only remind and run out. */
export function isOfficeClock(name: ClockName): boolean {
  return OFFICE_CLOCKS.has(name)
}

interface Taken extends DueCase {
  readonly name: ClockName
  readonly next: ComplaintClock
  readonly pings: boolean
  readonly tellsCitizen: boolean
}

function take(due: DueClock, now: Date, city: City): Taken | null {
  const clock = due.complaint.clocks.find(({ name }) => name === due.clock)
  if (clock === undefined) return null
  const { step, skipped, repeat, clock: next } = takeStep(clock, now, city.calendar)
  const tellsCitizen = !repeat && (step === CITIZEN_STEP || skipped.includes(CITIZEN_STEP))
  return { complaint: due.complaint, clock, name: due.clock, next, pings: step > 0, tellsCitizen }
}

/** Whether taking this step means telling the citizen that the date has passed. */
export function tellsCitizen(due: DueClock, now: Date, city: City): boolean {
  return take(due, now, city)?.tellsCitizen ?? false
}

/** When the step at which the citizen is told was to be taken. */
export function citizenStepAt({ complaint, clock: name }: DueClock, city: City): Date | null {
  const clock = complaint.clocks.find((one) => one.name === name)
  return clock === undefined ? null : stepAt(clock, CITIZEN_STEP, city.calendar)
}

/** Takes all due steps of the office's clocks. One message to each coordinator, whatever their number. */
export function escalate(due: readonly DueClock[], facts: EscalationFacts): Escalation {
  const { city, now, newId } = facts
  const taken = due.flatMap((clock) => take(clock, now, city) ?? [])
  const cases = onePerTicket(mostUrgentFirst(taken.filter(({ pings }) => pings)))
  const readers = readersOf(facts.coordinators)
  const listed = goingNow(cases, readers, facts)
  const tickets = new Set(listed.map(({ complaint }) => complaint.ticket))
  const [here, later] = split(taken, (step) => !step.pings || tickets.has(step.complaint.ticket))

  const dueAt = afterQuiet(now, city)
  const row = { kind: 'ping', ticket: null, now, dueAt, newId }
  const pings =
    listed.length === 0
      ? []
      : readers.map((reader) => noticeRow(reader, dueList(reader, listed, now, facts), row))
  return {
    records: [
      ...recordsOf(here.map((step) => ({ ...step, after: step.next }))),
      ...recordsOf(later.map((step) => ({ ...step, after: waiting(step.clock, now, city) }))),
    ],
    outbound: [...pings, ...tellLate(here, facts)],
    pinged: pings.length > 0,
  }
}

/** The cases whose step is taken now: none out of office time, however late the process comes; else what one message names. */
function goingNow(
  cases: readonly DueCase[],
  readers: readonly Reader[],
  facts: EscalationFacts,
): readonly DueCase[] {
  const { now, city } = facts
  if (officeTimeFrom(now, city) > now) return []
  if (readers.length === 0) return cases
  if (facts.hourTaken) return []
  return cases.slice(0, Math.min(...readers.map((reader) => howManyFit(reader, cases, facts))))
}

/** Not taken: it comes up again at the next hour at which steps may go. */
function waiting(clock: ComplaintClock, now: Date, city: City): ComplaintClock {
  const nextHour = (Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS
  return { ...clock, nextAt: officeTimeFrom(new Date(nextHour), city) }
}

function tellLate(taken: readonly Taken[], facts: EscalationFacts): readonly NewOutbound[] {
  const { city } = facts
  return onePerTicket(taken.filter((step) => step.tellsCitizen)).flatMap(({ complaint, clock }) => {
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

/** Two clocks of one complaint at one moment: the second record builds on the first. */
function recordsOf(
  steps: readonly (Taken & { readonly after: ComplaintClock })[],
): readonly ClockRecord[] {
  const latest = new Map<string, Complaint>()
  return steps.map(({ complaint, clock, name, after }) => {
    const { ticket, version } = complaint
    const before = latest.get(ticket) ?? complaint
    const changed = { ...before, clocks: withClock(before.clocks, after) }
    latest.set(ticket, changed)
    return {
      ticket,
      expectVersion: version,
      clock: name,
      expectNextAt: clock.nextAt,
      complaint: changed,
    }
  })
}

function onePerTicket<T extends DueCase>(cases: readonly T[]): readonly T[] {
  const seen = new Set<string>()
  return cases.filter(({ complaint: { ticket } }) => !seen.has(ticket) && seen.add(ticket))
}

function split<T>(
  all: readonly T[],
  passes: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [all.filter(passes), all.filter((one) => !passes(one))]
}
