// All that one person must look at now, as one message: the most urgent first, no case left out, and what to do next.
// What does not fit with its details stands as a bare ticket; what does not fit at all waits for the next hour.

import type { City } from '../city/city.ts'
import type { Complaint, ComplaintClock, HistoryEvent } from '../complaints/complaint.ts'
import type { DeskAction } from '../complaints/desk-button.ts'
import type { Choice } from '../message.ts'
import {
  actionsFor,
  buttonsFor,
  commandsLine,
  joined,
  proposedIn,
  showButton,
} from './card-words.ts'
import { categoryName, clockDate, kelurahanName } from './case-words.ts'
import { pastMoves } from './past-moves.ts'
import type { Actor } from './roster.ts'
import { fits, LIST_SEGMENTS, say, sized, type Worded, type Wording } from './wording.ts'

/** A complaint with the clock that speaks up. */
export interface DueCase {
  readonly complaint: Complaint
  readonly clock: ComplaintClock
  /** What was done with it, where its reader is to see that. */
  readonly history?: readonly HistoryEvent[]
  /** Its agency has no head who could be asked for more time: the coordinators decide it. */
  readonly headless?: boolean
}

/** Returned this often, and the coordinator must decide (product.md section 3). */
const RETURNS_TO_DECIDE = 3
/** Buttons below one message. */
const MOST_BUTTONS = 8
/** Commands beside the list of all cases. */
const MOST_COMMANDS = 4

/** Emergencies, then what nobody wants, then by due date. */
export function mostUrgentFirst<T extends DueCase>(cases: readonly T[]): readonly T[] {
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
export function howManyFit(reader: Actor, cases: readonly DueCase[], wording: Wording): number {
  return largest(cases.length, (count) =>
    fits(reader, list(reader, cases.slice(0, count), 0, wording), LIST_SEGMENTS),
  )
}

/** One message naming all of these: with details as long as they fit, then as bare tickets. */
export function dueList(
  reader: Actor,
  cases: readonly DueCase[],
  now: Date,
  wording: Wording,
): Worded {
  const detailed = largest(cases.length, (count) =>
    fits(reader, list(reader, cases, count, wording, now), LIST_SEGMENTS),
  )
  return list(reader, cases, detailed, wording, now)
}

/** The moves open on the only case, else a button to look at each of the first. */
export function listChoices(
  reader: Actor,
  cases: readonly DueCase[],
  city: City,
): readonly Choice[] {
  const [only] = cases
  if (only === undefined || reader.staff === null || reader.group) return []
  if (cases.length === 1) return buttonsFor(reader, actionsIn(reader, cases), only.complaint, city)
  return cases.slice(0, MOST_BUTTONS).map(({ complaint }) => showButton(reader, complaint, city))
}

function list(
  reader: Actor,
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
  const told = say(reader, reader.group ? 'ping_group_list' : 'ping_list', params, wording)
  return sized(reader, joined(reader, told, commands(reader, cases, wording.city)), wording)
}

function line(reader: Actor, { complaint, clock, history }: DueCase, now: Date, city: City) {
  const late = clock.dueAt < now
  const params = {
    id: complaint.ticket,
    category: categoryName(reader, complaint.category, city),
    date: clockDate(reader, clock, city),
  }
  if (reader.group)
    return say(reader, late ? 'ping_group_late' : 'ping_group_item', params, { city })
  const kel = kelurahanName(reader, complaint, city)
  const facts = say(
    reader,
    late ? 'ping_list_late' : 'ping_list_item',
    { ...params, kel },
    { city },
  )
  const coordinates = reader.staff === null || reader.staff.role === 'coordinator'
  if (!coordinates || history === undefined || history.length === 0) return facts
  return `${facts}: ${pastMoves(reader, history, city)}`
}

/** With the ticket where there is only one; of several the moves that some of them are open to. */
function commands(reader: Actor, cases: readonly DueCase[], city: City): string {
  const [only, ...others] = cases
  const actions = actionsIn(reader, cases)
  if (only === undefined || actions.length === 0) return ''
  if (others.length > 0)
    return commandsLine(reader, actions, say(reader, 'ping_part_id', {}, { city }), city)
  const { complaint } = only
  return commandsLine(reader, actions, complaint.ticket, city, proposedIn(complaint, city))
}

function actionsIn(reader: Actor, cases: readonly DueCase[]): readonly DeskAction[] {
  const each = cases
    .slice(0, MOST_BUTTONS)
    .map((due) =>
      actionsFor(reader, due.complaint, { repeats: true, decides: due.headless === true }),
    )
  const [only = []] = each
  if (each.length < 2 || only.length === 0) return only
  const all = [...new Set<DeskAction>(each.flat())].filter((action) => action !== 'take')
  return [...all.slice(0, MOST_COMMANDS - 2), 'take', 'tasks']
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
