// The steps that are due on the clocks of those who must act, taken one by one, and how they are written down.
// Pure; who hears of them is step-recipients.ts, what fits into an hour is ping-room.ts.

import type { City } from '../city/city.ts'
import { withClock } from '../complaints/clocks.ts'
import type { ClockName, Complaint, ComplaintClock } from '../complaints/complaint.ts'
import { stepAt, takeStep } from '../complaints/steps.ts'
import type { ClockRecord, DueClock } from '../store/clock-port.ts'
import type { DueCase } from './due-list.ts'
import { nextHour, officeTimeFrom } from './hours.ts'
import { CITIZEN_STEP, HISTORY_STEP } from './step-recipients.ts'

const OFFICE_CLOCKS: ReadonlySet<ClockName> = new Set(['verify', 'follow_up', 'finish'])

/** The clocks of verifier and agency; the citizen's own only remind and run out. */
export function isOfficeClock(name: ClockName): boolean {
  return OFFICE_CLOCKS.has(name)
}

export interface Taken extends DueCase {
  readonly name: ClockName
  readonly next: ComplaintClock
  /** The step that is told now, or again; 0: none. */
  readonly step: number
  /** Whose people hear it: this step's, and those of the steps that nobody was there to take. */
  readonly heardBy: readonly number[]
  readonly repeat: boolean
  readonly tellsCitizen: boolean
}

export function take(due: DueClock, now: Date, city: City): Taken | null {
  const clock = due.complaint.clocks.find(({ name }) => name === due.clock)
  if (clock === undefined) return null
  const { step, skipped, repeat, clock: next } = takeStep(clock, now, city.calendar)
  const heardBy = [...skipped, step]
  const tellsCitizen = !repeat && heardBy.includes(CITIZEN_STEP)
  const taken = { complaint: due.complaint, clock, name: due.clock, next }
  return { ...taken, step, heardBy, repeat, tellsCitizen }
}

/** Whether taking this step means telling the citizen that the date has passed. */
export function tellsCitizen(due: DueClock, now: Date, city: City): boolean {
  return take(due, now, city)?.tellsCitizen ?? false
}

/** Whether the coordinators are to read how it came so far. */
export function tellsHistory(due: DueClock, now: Date, city: City): boolean {
  const taken = take(due, now, city)
  return taken?.repeat === false && taken.heardBy.includes(HISTORY_STEP)
}

/** When the step at which the citizen is told was to be taken. */
export function citizenStepAt({ complaint, clock: name }: DueClock, city: City): Date | null {
  const clock = complaint.clocks.find((one) => one.name === name)
  return clock === undefined ? null : stepAt(clock, CITIZEN_STEP, city.calendar)
}

/** Not taken: it comes up again at the next hour at which steps may go. */
export function waiting(clock: ComplaintClock, now: Date, city: City): ComplaintClock {
  return { ...clock, nextAt: officeTimeFrom(nextHour(now, city.zone), city) }
}

/** Two clocks of one complaint at one moment: the second record builds on the first. */
export function recordsOf(
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
