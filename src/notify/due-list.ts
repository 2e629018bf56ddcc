// All that one coordinator must look at now, as one message: the most urgent first, no case left out.
// What does not fit with its details stands as a bare ticket; what does not fit at all waits for the next hour.

import type { City } from '../city/city.ts'
import type { Complaint, ComplaintClock } from '../complaints/complaint.ts'
import { categoryName, clockDate, kelurahanName } from './case-words.ts'
import {
  fits,
  LIST_SEGMENTS,
  type Reader,
  say,
  sized,
  type Worded,
  type Wording,
} from './wording.ts'

/** A complaint with the clock that speaks up. */
export interface DueCase {
  readonly complaint: Complaint
  readonly clock: ComplaintClock
}

/** Returned this often, and the coordinator must decide (product.md section 3). */
const RETURNS_TO_DECIDE = 3

/** Emergencies, then what nobody wants, then by due date. */
export function mostUrgentFirst(cases: readonly DueCase[]): readonly DueCase[] {
  const rank = ({ complaint }: DueCase) =>
    complaint.urgent ? 0 : complaint.handOffs >= RETURNS_TO_DECIDE ? 1 : 2
  return [...cases].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      a.clock.dueAt.getTime() - b.clock.dueAt.getTime() ||
      a.complaint.ticket.localeCompare(b.complaint.ticket),
  )
}

/** How many of these, from the first, can be named in one message to this reader. */
export function howManyFit(reader: Reader, cases: readonly DueCase[], wording: Wording): number {
  return largest(cases.length, (count) =>
    fits(reader, list(reader, cases.slice(0, count), 0, wording), LIST_SEGMENTS),
  )
}

/** One message naming all of these: with details as long as they fit, then as bare tickets. */
export function dueList(
  reader: Reader,
  cases: readonly DueCase[],
  now: Date,
  wording: Wording,
): Worded {
  const detailed = largest(cases.length, (count) =>
    fits(reader, list(reader, cases, count, wording, now), LIST_SEGMENTS),
  )
  return list(reader, cases, detailed, wording, now)
}

function list(
  reader: Reader,
  cases: readonly DueCase[],
  detailed: number,
  wording: Wording,
  now = new Date(0),
): Worded {
  const lines = cases.slice(0, detailed).map((due) => line(reader, due, now, wording.city))
  const tickets = cases.slice(detailed).map(({ complaint }) => complaint.ticket)
  if (tickets.length > 0) {
    lines.push(say(reader, 'ping_list_others', { tickets: tickets.join(' ') }, wording))
  }
  const params = { n: String(cases.length), list: lines.join('\n') }
  return sized(reader, say(reader, 'ping_list', params, wording), wording)
}

function line(reader: Reader, { complaint, clock }: DueCase, now: Date, city: City): string {
  const params = {
    id: complaint.ticket,
    category: categoryName(reader, complaint.category, city),
    kel: kelurahanName(reader, complaint, city),
    date: clockDate(reader, clock, city),
  }
  return say(reader, clock.dueAt < now ? 'ping_list_late' : 'ping_list_item', params, { city })
}

/** The largest count up to `limit` that still passes; 0 when none does. */
function largest(limit: number, passes: (count: number) => boolean): number {
  let good = 0
  let bad = limit + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (passes(middle)) good = middle
    else bad = middle
  }
  return good
}
