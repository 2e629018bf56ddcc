// The clocks of a complaint (product.md section 4): start, hold, resume, stop, end; one latest run per name.
// A clock runs out at closing time of its due date; whatever moves a due date aims the escalation steps anew.

import type { ClockName, Complaint, ComplaintClock } from './complaint.ts'
import { aimed, isDue, retimed } from './steps.ts'
import {
  addWorkingDays,
  type Calendar,
  dayZeroOf,
  isEstimatedSpan,
  workingDaysBetween,
} from './working-days.ts'
import { instantOf, localDate } from './zone.ts'

// The one door to dates for the other folders.
export {
  addWorkingDays,
  type Calendar,
  dayZeroOf,
  isEstimate,
  isWorkingDay,
  openingAfter,
  workingDaysBetween,
} from './working-days.ts'
export { addDays, instantOf, isoWithOffset, localDate, localTime, midnightBefore } from './zone.ts'

/** A fresh run of `days` working days from this moment. */
export function startClock(
  name: ClockName,
  days: number,
  at: Date,
  calendar: Calendar,
): ComplaintClock {
  return runFrom({ name, step: 0 }, days, at, calendar)
}

/** When a run of `days` working days that begins at this moment is due: for telling a date, without a clock. */
export function dueAfter(
  days: number,
  at: Date,
  calendar: Calendar,
): Pick<ComplaintClock, 'dayZero' | 'dueAt' | 'estimate'> {
  const dayZero = dayZeroOf(at, calendar)
  const due = addWorkingDays(dayZero, days, calendar)
  return {
    dayZero,
    dueAt: instantOf(due, calendar.closesAt, calendar.zone),
    estimate: isEstimatedSpan(dayZero, due, calendar),
  }
}

function runFrom(
  run: Pick<ComplaintClock, 'name' | 'step'>,
  days: number,
  at: Date,
  calendar: Calendar,
): ComplaintClock {
  const clock: ComplaintClock = {
    name: run.name,
    status: 'running',
    days,
    ...dueAfter(days, at, calendar),
    left: null,
    step: run.step,
    pinging: false,
    nextAt: null,
  }
  return aimed(clock, at, calendar)
}

/**
 * Working days still to go: those after today up to the due date, today counting as used; never more than were given.
 * Negative once it is late, be it by an hour.
 */
function daysLeft(clock: ComplaintClock, at: Date, calendar: Calendar): number {
  const today = localDate(at, calendar.zone)
  const begun = today >= clock.dayZero
  const from = begun ? today : clock.dayZero
  const left = workingDaysBetween(from, localDate(clock.dueAt, calendar.zone), calendar)
  return at.getTime() > clock.dueAt.getTime() ? Math.min(left, -1) : left
}

/** Stands still from now; only a running clock does. */
export function pauseClock(clock: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  if (clock.status !== 'running') return clock
  const left = daysLeft(clock, at, calendar)
  return { ...clock, status: 'paused', left, pinging: false, nextAt: null }
}

/** Counts on with what was left, this day being day 0: for a paused clock, or one that a merge ended. */
export function resumeClock(clock: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  const resumable = clock.status === 'paused' || clock.status === 'ended'
  if (!resumable || clock.left === null) return clock
  return runFrom(clock, clock.left, at, calendar)
}

/** Done: met at the due moment or before, else missed. Only a running clock stops. */
export function stopClock(clock: ComplaintClock, at: Date): ComplaintClock {
  if (clock.status !== 'running') return clock
  const status = at.getTime() <= clock.dueAt.getTime() ? 'met' : 'missed'
  return { ...clock, status, pinging: false, nextAt: null }
}

/** Ended by a merge, neither met nor missed; remembers what was left for a restore. */
export function endClock(clock: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  if (clock.status !== 'running' && clock.status !== 'paused') return clock
  return { ...pauseClock(clock, at, calendar), status: 'ended' }
}

/** Ended for good, neither met nor missed. */
export function dropClock(clock: ComplaintClock): ComplaintClock {
  if (clock.status !== 'running' && clock.status !== 'paused') return clock
  return { ...clock, status: 'ended', left: null, pinging: false, nextAt: null }
}

/** Moves the due date by working days (negative: earlier), whether the clock runs or stands still. */
export function extendClock(
  clock: ComplaintClock,
  days: number,
  at: Date,
  calendar: Calendar,
): ComplaintClock {
  if (days === 0) return clock
  if (clock.status === 'paused') return { ...clock, left: (clock.left ?? 0) + days }
  if (clock.status !== 'running') return clock
  const due = addWorkingDays(localDate(clock.dueAt, calendar.zone), days, calendar)
  const moved = {
    ...clock,
    days: clock.days + days,
    dueAt: instantOf(due, calendar.closesAt, calendar.zone),
    estimate: isEstimatedSpan(clock.dayZero, due, calendar),
  }
  return aimed(moved, at, calendar)
}

/** The run of this name, if it is running. */
export function runningClock(complaint: Complaint, name: ClockName): ComplaintClock | null {
  return complaint.clocks.find((c) => c.name === name && c.status === 'running') ?? null
}

/** The earliest date among the running clocks, overdue ones included; null when none runs. */
export function dueAtOf(complaint: Complaint): Date | null {
  let earliest: Date | null = null
  for (const clock of complaint.clocks)
    if (clock.status === 'running' && (earliest === null || clock.dueAt < earliest))
      earliest = clock.dueAt
  return earliest
}

/** A new run takes the place of the last one of its name. */
export function withClock(
  clocks: readonly ComplaintClock[],
  clock: ComplaintClock,
): readonly ComplaintClock[] {
  return [...clocks.filter((c) => c.name !== clock.name), clock]
}

/** The channel accepted the answer: from here the citizen's time to reply counts. Only an answered case has such a clock. */
export function startReply(complaint: Complaint, acceptedAt: Date, calendar: Calendar): Complaint {
  if (complaint.state !== 'answered') return complaint
  const reply = startClock('reply', complaint.rules.reply, acceptedAt, calendar)
  return { ...complaint, clocks: withClock(complaint.clocks, reply) }
}

/**
 * After the list of holidays has changed: running clocks whose date was told as an estimate get their date by the new
 * list, never an earlier one than was told; the steps of all go on by its days. None is taken again, and none is put off
 * whose hour has come.
 */
export function recomputeDue(complaint: Complaint, at: Date, calendar: Calendar): Complaint {
  const clocks = complaint.clocks.map((clock) => {
    if (clock.status !== 'running') return clock
    if (!clock.estimate) return retimed(clock, at, calendar)
    const due = addWorkingDays(clock.dayZero, clock.days, calendar)
    const counted = instantOf(due, calendar.closesAt, calendar.zone)
    const dueAt = counted.getTime() > clock.dueAt.getTime() ? counted : clock.dueAt
    const estimate = isEstimatedSpan(clock.dayZero, due, calendar)
    const moved = { ...clock, dueAt, estimate }
    return isDue(clock, at) ? moved : retimed(moved, at, calendar)
  })
  return { ...complaint, clocks }
}
