// When a running clock speaks up: the escalation of product.md section 5, as numbered steps of one clock.
// The schedule works from `step`, `pinging` and `nextAt` alone; what coincides sends only the later step, and nothing is lost.

import type { ClockName, ComplaintClock } from './complaint.ts'
import { addWorkingDays, type Calendar, openingAfter } from './working-days.ts'
import { instantOf, localDate } from './zone.ts'

/** What became due on a clock. `step` 0: nothing. */
export interface StepTaken {
  readonly step: number
  /** Earlier steps that this one swallows: their people hear of it too, and of step 3 the citizen. */
  readonly skipped: readonly number[]
  /** No new step: the last ping comes once more. */
  readonly repeat: boolean
  readonly clock: ComplaintClock
}

const STEPS: Readonly<Record<ClockName, number>> = {
  verify: 5,
  follow_up: 5,
  finish: 5,
  reply: 2,
  facts: 2,
  reopen: 1,
}

/** The clocks of those who must act; the citizen's own have one reminder and run out. */
function escalates(name: ClockName): boolean {
  return STEPS[name] === 5
}

/**
 * The moment of one step; null where the clock has no such step.
 * verify, follow_up, finish at opening time: 1 = ⌈n/2⌉ working days after day 0; 2 = the working day before the due
 * date; 3, 4, 5 = the 1st, 2nd, 5th working day after it. reply, facts: 1 = halfway, 2 = run out. reopen: 1 = run out.
 */
export function stepAt(clock: ComplaintClock, step: number, calendar: Calendar): Date | null {
  if (step < 1 || step > STEPS[clock.name]) return null
  if (step === STEPS[clock.name] && !escalates(clock.name)) return clock.dueAt
  return instantOf(stepDate(clock, step, calendar), calendar.opensAt, calendar.zone)
}

function stepDate(clock: ComplaintClock, step: number, calendar: Calendar): string {
  if (step === 1)
    return addWorkingDays(clock.dayZero, Math.max(0, Math.ceil(clock.days / 2)), calendar)
  const daysAfterDue = [0, 0, -1, 1, 2, 5][step] ?? 0
  return addWorkingDays(localDate(clock.dueAt, calendar.zone), daysAfterDue, calendar)
}

/** The next step still to come, the later of two that coincide; null when all were taken. */
export function nextStep(
  clock: ComplaintClock,
  calendar: Calendar,
): { readonly step: number; readonly at: Date } | null {
  let next: { step: number; at: Date } | null = null
  for (let step = clock.step + 1; step <= STEPS[clock.name]; step += 1) {
    const at = stepAt(clock, step, calendar)
    if (at !== null && (next === null || at.getTime() <= next.at.getTime())) next = { step, at }
  }
  return next
}

/**
 * Sets `step` and `nextAt` of a clock that starts, resumes or has got another due date at `at`. Steps that lie ahead
 * of the new date come (again); a halfway step already taken does not; what would have been before `at` comes at the next opening.
 */
export function aimed(clock: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  if (clock.status !== 'running') return { ...clock, pinging: false, nextAt: null }
  let step = clock.step
  while (step > 1 && (stepAt(clock, step, calendar)?.getTime() ?? 0) > at.getTime()) step -= 1
  return timed({ ...clock, step }, at, calendar)
}

/**
 * After a change of the calendar: the steps taken stay taken, the next one keeps the new days. What is due stays due,
 * and what waits for room in a message keeps its hour.
 */
export function retimed(clock: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  if (clock.status !== 'running' || clock.nextAt === null || isDue(clock, at)) return clock
  const next = nextStep(clock, calendar)
  const passed = next !== null && next.at.getTime() <= at.getTime()
  return passed ? clock : timed(clock, at, calendar)
}

/** Its hour has come: a new date, or a new calendar, does not put it off. */
export function isDue({ nextAt }: Pick<ComplaintClock, 'nextAt'>, at: Date): boolean {
  return nextAt !== null && nextAt.getTime() <= at.getTime()
}

function timed(stepped: ComplaintClock, at: Date, calendar: Calendar): ComplaintClock {
  const next = nextStep(stepped, calendar)
  if (next === null) return { ...stepped, nextAt: repeatAt(stepped, at, calendar) }
  const missedHour = escalates(stepped.name) && next.at.getTime() <= at.getTime()
  const stepComes = missedHour ? openingAfter(at, calendar) : next.at
  return { ...stepped, nextAt: earlier(stepComes, repeatAt(stepped, at, calendar)) }
}

function repeatAt(clock: ComplaintClock, at: Date, calendar: Calendar): Date | null {
  return clock.pinging ? openingAfter(at, calendar) : null
}

function earlier(one: Date, other: Date | null): Date {
  return other !== null && other.getTime() < one.getTime() ? other : one
}

/** Somebody acted on it or took it: the ping no longer comes again, the next step still comes. */
export function quieted(clock: ComplaintClock, calendar: Calendar): ComplaintClock {
  if (!clock.pinging) return clock
  const quiet = { ...clock, pinging: false }
  return { ...quiet, nextAt: nextStep(quiet, calendar)?.at ?? null }
}

/** Takes the highest step that is due at `now`, or the repetition. A clock that nobody waits for any more ends here. */
export function takeStep(clock: ComplaintClock, now: Date, calendar: Calendar): StepTaken {
  const nothing = { step: 0, skipped: [], repeat: false, clock }
  if (clock.status !== 'running' || clock.nextAt === null) return nothing
  if (clock.nextAt.getTime() > now.getTime()) return nothing
  const due = highestDue(clock, now, calendar)
  if (clock.name === 'reopen' && due === 1)
    return {
      step: 1,
      skipped: [],
      repeat: false,
      clock: { ...clock, status: 'ended', step: 1, pinging: false, nextAt: null },
    }
  const taken = due ?? clock.step
  const pinging = escalates(clock.name) && (due !== null || clock.pinging)
  const left = { ...clock, step: taken, pinging }
  const next = nextStep(left, calendar)?.at ?? null
  const again = repeatAt(left, now, calendar)
  const after = { ...left, nextAt: next === null ? again : earlier(next, again) }
  if (due === null && !pinging) return { ...nothing, clock: after }
  const skipped = due === null ? [] : range(clock.step + 1, due)
  return { step: taken, skipped, repeat: due === null, clock: after }
}

function highestDue(clock: ComplaintClock, now: Date, calendar: Calendar): number | null {
  for (let step = STEPS[clock.name]; step > clock.step; step -= 1) {
    const at = stepAt(clock, step, calendar)
    if (at !== null && at.getTime() <= now.getTime()) return step
  }
  return null
}

function range(from: number, below: number): readonly number[] {
  return Array.from({ length: Math.max(0, below - from) }, (_, i) => from + i)
}
