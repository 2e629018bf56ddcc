// What each move does to the clocks: the table of product.md section 4, move by move.
// `met` or `missed` is only what was stopped by doing it; what loses its sense ends as neither.

import {
  dropClock,
  endClock,
  extendClock,
  localDate,
  pauseClock,
  resumeClock,
  runningClock,
  startClock,
  stopClock,
  withClock,
  workingDaysBetween,
} from './clocks.ts'
import type { ClockName, Complaint, ComplaintClock, Role } from './complaint.ts'
import type { MoveFacts, MoveRequest } from './move-request.ts'

type ClockFacts = Pick<MoveFacts, 'now' | 'calendar' | 'categories'>

/** `after` with its clocks (still those of `before`) set as the move demands. */
export function withClocks(
  before: Complaint,
  after: Complaint,
  request: MoveRequest,
  role: Role,
  facts: ClockFacts,
): Complaint {
  const { now, calendar } = facts
  switch (request.move) {
    case 'assign':
    case 'transfer':
      return toAgency(stopped(dropped(after, 'follow_up', 'reply'), facts, 'verify'), facts)
    case 'hold': {
      const clocks = after.clocks.map((clock) => pauseClock(clock, now, calendar))
      return started({ ...after, clocks }, 'facts', facts)
    }
    case 'complete':
      return completed(after, facts)
    case 'update':
      return stopped(after, facts, 'follow_up')
    case 'answer': {
      const done = stopped(after, facts, 'verify', 'follow_up', 'finish')
      return { ...done, clocks: done.clocks.filter((clock) => clock.name !== 'reply') }
    }
    case 'return':
      return started(dropped(after, 'follow_up'), 'verify', facts)
    case 'extend': {
      if (after.extensions === before.extensions) return after
      const days = request.days ?? before.asked?.days ?? 0
      return changed(after, 'finish', (c) => extendClock(c, ahead(c, days, facts), now, calendar))
    }
    case 'merge':
      return { ...after, clocks: after.clocks.map((clock) => endClock(clock, now, calendar)) }
    case 'archive':
    case 'cancel':
      return dropped(after)
    case 'close':
    case 'satisfied':
      return started(dropped(after), 'reopen', facts)
    case 'restore':
      return before.state === 'merged' ? restored(after, facts) : started(after, 'verify', facts)
    case 'reopen':
    case 'dissatisfied':
      return anew(dropped(stopped(after, facts, 'reply'), 'reopen'), facts)
    case 'correct':
      return refitted(before, after, facts)
    case 'note': {
      const refit = refitted(before, after, facts)
      return role === 'citizen' ? stopped(refit, facts, 'reply') : refit
    }
    case 'file':
    case 'accept':
    case 'copy':
    case 'number':
    case 'rate':
    case 'take':
      return after
  }
}

/** Working days to the final answer, by the rules frozen into the complaint. A mere question needs no inspection. */
function finishDays(complaint: Complaint, { categories }: Pick<MoveFacts, 'categories'>): number {
  const { rules } = complaint
  if (complaint.class === 'information') return rules.finish.information
  const inspection = categories.get(complaint.category ?? '')?.inspection ?? false
  return inspection ? rules.finish_inspection : rules.finish[complaint.class]
}

/** Agreed to when it would be over already, it counts from today: nobody is told a date that has passed. */
function ahead({ dueAt }: ComplaintClock, days: number, { now, calendar }: ClockFacts): number {
  const [due, today] = [localDate(dueAt, calendar.zone), localDate(now, calendar.zone)]
  const over = workingDaysBetween(due, today, calendar)
  return days > over ? days : over + days
}

/** The finish clock follows class and category; what it was extended by stays. */
function refitted(before: Complaint, after: Complaint, facts: ClockFacts): Complaint {
  const days = finishDays(after, facts) - finishDays(before, facts)
  return changed(after, 'finish', (c) => extendClock(c, days, facts.now, facts.calendar))
}

/** A first follow-up from every agency; the finish clock goes on, or begins where none runs. */
function toAgency(complaint: Complaint, facts: ClockFacts): Complaint {
  const following = started(complaint, 'follow_up', facts)
  return runningClock(following, 'finish') === null ? finishing(following, facts) : following
}

/** A new run of the finish clock may be extended as often as the first. */
function finishing(complaint: Complaint, facts: ClockFacts): Complaint {
  const finish = startClock('finish', finishDays(complaint, facts), facts.now, facts.calendar)
  return { ...complaint, extensions: 0, clocks: withClock(complaint.clocks, finish) }
}

/** Back to work, or to be verified again where no agency has it. */
function anew(complaint: Complaint, facts: ClockFacts): Complaint {
  if (complaint.state === 'received') return started(complaint, 'verify', facts)
  return finishing(started(complaint, 'follow_up', facts), facts)
}

function completed(complaint: Complaint, facts: ClockFacts): Complaint {
  const { now, calendar } = facts
  const told = stopped(complaint, facts, 'facts')
  const clocks = told.clocks.map((c) => (c.status === 'paused' ? resumeClock(c, now, calendar) : c))
  const resumed = { ...told, clocks }
  const unverified = resumed.state === 'received' && runningClock(resumed, 'verify') === null
  return unverified ? started(resumed, 'verify', facts) : resumed
}

/** After a merge all counts on with what was left; where it was held, only the citizen's clock does. */
function restored(complaint: Complaint, facts: ClockFacts): Complaint {
  const clocks = complaint.clocks.map((clock): ComplaintClock => {
    if (clock.status !== 'ended' || clock.left === null) return clock
    if (complaint.state === 'held' && clock.name !== 'facts') return { ...clock, status: 'paused' }
    return resumeClock(clock, facts.now, facts.calendar)
  })
  return { ...complaint, clocks }
}

function started(
  complaint: Complaint,
  name: Exclude<ClockName, 'finish'>,
  { now, calendar }: ClockFacts,
): Complaint {
  const clock = startClock(name, complaint.rules[name], now, calendar)
  return { ...complaint, clocks: withClock(complaint.clocks, clock) }
}

function stopped(
  complaint: Complaint,
  { now }: Pick<MoveFacts, 'now'>,
  ...names: readonly ClockName[]
): Complaint {
  const clocks = complaint.clocks.map((c) => (names.includes(c.name) ? stopClock(c, now) : c))
  return { ...complaint, clocks }
}

/** Ends the named clocks for good; without names, all. */
function dropped(complaint: Complaint, ...names: readonly ClockName[]): Complaint {
  const all = names.length === 0
  const clocks = complaint.clocks.map((c) => (all || names.includes(c.name) ? dropClock(c) : c))
  return { ...complaint, clocks }
}

function changed(
  complaint: Complaint,
  name: ClockName,
  change: (clock: ComplaintClock) => ComplaintClock,
): Complaint {
  const clocks = complaint.clocks.map((c) => (c.name === name ? change(c) : c))
  return { ...complaint, clocks }
}
