// The citizen's own clocks: one reminder halfway, then silence closes, archives, or lets the right to reopen go.
// Pure: what is to be written, with its notices.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import { dropClock, withClock } from '../complaints/clocks.ts'
import type { ComplaintClock } from '../complaints/complaint.ts'
import { factsOf } from '../complaints/move-facts.ts'
import { applyMove, type MoveRequest } from '../complaints/moves.ts'
import { takeStep } from '../complaints/steps.ts'
import type { ComplaintChange } from '../store/case-port.ts'
import type { ClockRecord, DueClock } from '../store/clock-port.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { agencyName, clockDate } from './case-words.ts'
import { noticesFor, tellAll } from './notices.ts'
import type { Measure } from './wording.ts'

export interface SilenceFacts {
  readonly listeners: readonly Listener[]
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
}

export type SilenceRecord =
  | {
      readonly type: 'move'
      readonly change: ComplaintChange
      readonly outbound: readonly NewOutbound[]
    }
  | {
      readonly type: 'clock'
      readonly record: ClockRecord
      readonly outbound: readonly NewOutbound[]
      /** Why the table refused what the silence demands; the clock ends all the same. */
      readonly refused: string | null
    }

/** What is due on a citizen's clock. Steps: 1 the reminder, 2 the end (of reopen: 1 the end). */
export function silenceRecord(due: DueClock, facts: SilenceFacts): SilenceRecord {
  const { complaint } = due
  const clock = complaint.clocks.find(({ name }) => name === due.clock)
  if (clock === undefined) throw new Error(`${complaint.ticket} has no clock ${due.clock}`)
  const { step, clock: next } = takeStep(clock, facts.now, facts.city.calendar)
  const request = RUN_OUT[clock.name]
  if (step === 2 && request !== undefined) return runOut(due, clock, request, facts)
  const outbound = step === 1 && request !== undefined ? remind(due, clock, facts) : []
  return { type: 'clock', record: recordOf(due, clock, next), outbound, refused: null }
}

const RUN_OUT: Readonly<Partial<Record<ComplaintClock['name'], MoveRequest>>> = {
  reply: { move: 'close', reason: 'auto' },
  facts: { move: 'archive', reason: 'incomplete' },
}

function runOut(
  due: DueClock,
  clock: ComplaintClock,
  request: MoveRequest,
  facts: SilenceFacts,
): SilenceRecord {
  const { complaint } = due
  const { city, now } = facts
  const result = applyMove(
    complaint,
    request,
    { role: 'system', actor: 'system' },
    factsOf(city, now),
  )
  if (result.outcome !== 'moved') {
    const record = recordOf(due, clock, dropClock(clock))
    return { type: 'clock', record, outbound: [], refused: result.reason }
  }
  const { complaint: after, event, tallies } = result
  const { version: expectVersion, clocks: expectClocks } = complaint
  return {
    type: 'move',
    change: { expectVersion, expectClocks, complaint: after, events: [event], tallies },
    outbound: noticesFor({ before: complaint, after, event }, facts),
  }
}

function remind(
  { complaint }: DueClock,
  clock: ComplaintClock,
  facts: SilenceFacts,
): readonly NewOutbound[] {
  const { city } = facts
  const words = (reader: Listener) => ({
    key: clock.name === 'reply' ? 'notice_remind_reply' : 'notice_remind_facts',
    params: {
      agency: agencyName(reader, complaint.agency, city),
      date: clockDate(reader, clock, city),
    },
  })
  return tellAll(complaint, 'remind', words, facts)
}

function recordOf(
  { complaint }: DueClock,
  clock: ComplaintClock,
  next: ComplaintClock,
): ClockRecord {
  return {
    ticket: complaint.ticket,
    expectVersion: complaint.version,
    clock: clock.name,
    expectNextAt: clock.nextAt,
    complaint: { ...complaint, clocks: withClock(complaint.clocks, next) },
  }
}
