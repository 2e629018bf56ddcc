// A case as officers see it: one line of facts, the citizen's words where they may be read, and what can be done next.
// Never a name, a number or an address of a citizen; numbers in the words are masked for all but the acting agency.

import type { Complaint, MoveName } from '../../complaints/complaint.ts'
import { type DeskAction, deskButton } from '../../complaints/desk-button.ts'
import { movesOpen } from '../../complaints/moves.ts'
import { maskNumbers } from '../../complaints/privacy.ts'
import { actsOn, isCopiedIn, mayReadWords } from '../../complaints/staff.ts'
import type { Choice } from '../../message.ts'
import { agencyWords, categoryWords, dueWords, type Line, line, words } from '../lines.ts'
import { decides } from './deciding.ts'
import { type DeskMoment, moverOf } from './desk-moment.ts'

/** Ticket, category, place, state, due date. */
export function factsLine(moment: DeskMoment, complaint: Complaint): Line {
  const { context } = moment
  const { ticket, place } = complaint
  const spot = [seenWords(moment, complaint, place.text), place.kelurahan]
    .filter((part) => part !== null)
    .join(', ')
  return line(
    context,
    'desk_case',
    {
      id: ticket,
      category: categoryWords(context, complaint.category),
      place: spot === '' ? words(context, 'desk_no_place', {}) : spot,
      date: dueWords(context, complaint) ?? '-',
    },
    { ticket },
  )
}

export function stateLine(moment: DeskMoment, complaint: Complaint): Line {
  const { ticket } = complaint
  const state = stateWords(moment, complaint)
  return line(moment.context, 'desk_stands', { id: ticket, state }, { ticket })
}

export function stateWords({ context }: DeskMoment, complaint: Complaint): string {
  const { agency, state, archiveReason, mergedInto } = complaint
  if (state === 'merged') return words(context, 'desk_state_merged', { into: mergedInto ?? '' })
  if (state === 'archived') {
    const reason = words(context, `desk_reason_${archiveReason ?? 'unclear'}`, {})
    return words(context, 'desk_state_archived', { reason })
  }
  return words(context, `desk_state_${state}`, { agency: agencyWords(context, agency) })
}

/** The citizen's words as this person may see them; null: not theirs to read, or erased. */
export function wordsFor(moment: Pick<DeskMoment, 'staff'>, complaint: Complaint): string | null {
  return seenWords(moment, complaint, complaint.text)
}

/** Anybody's words that stand in the case, as this person may see them. */
export function seenWords(
  { staff }: Pick<DeskMoment, 'staff'>,
  complaint: Complaint,
  said: string | null,
): string | null {
  if (said === null || !mayReadWords(staff, complaint)) return null
  const whole = actsOn(staff, complaint) && !complaint.anonymous
  return whole ? said : maskNumbers(said)
}

type Offer = readonly [MoveName, DeskAction]

/** Moves told and offered, in this order; the command's word stands in the phrase `desk_do_…`. */
const OFFERED: readonly Offer[] = [
  ['accept', 'accept'],
  ['update', 'update'],
  ['answer', 'answer'],
  ['hold', 'ask'],
  ['return', 'return'],
  ['extend', 'extend'],
]
/** What an agency does is not the coordinator's to do in its stead, but for what no agency has. */
const COORDINATORS: readonly Offer[] = [
  ['assign', 'assign'],
  ['hold', 'hold'],
  ['transfer', 'transfer'],
  ['merge', 'merge'],
  ['archive', 'archive'],
  ['close', 'close'],
  ['restore', 'restore'],
  ['reopen', 'restore'],
  ['complete', 'restore'],
]
const DECISION: readonly Offer[] = [
  ['extend', 'agree'],
  ['extend', 'refuse'],
]
const COPIED_IN: readonly Offer[] = [['note', 'update']]
const UNASSIGNED: Offer = ['answer', 'answer']

function openActions(moment: DeskMoment, complaint: Complaint): readonly DeskAction[] {
  const { staff, context } = moment
  const { now, city } = context
  const open = movesOpen(complaint, moverOf(staff), { now, calendar: city.calendar })
  return offersTo(moment, complaint).flatMap(([move, action]) =>
    open.includes(move) ? [action] : [],
  )
}

function offersTo(moment: DeskMoment, complaint: Complaint): readonly Offer[] {
  const { staff } = moment
  const { agency } = complaint
  const isPinging = complaint.clocks.some(({ pinging }) => pinging)
  const pinged: readonly Offer[] = isPinging ? [['take', 'take']] : []
  if (staff.role === 'overseer') return pinged
  if (isCopiedIn(staff, complaint) && !actsOn(staff, complaint)) return COPIED_IN
  const decision = decides(moment, complaint) ? DECISION : []
  if (staff.role === 'head' && decision.length > 0)
    return [...decision, ...OFFERED.slice(0, -1), ...pinged]
  if (staff.role !== 'coordinator') return [...OFFERED, ...pinged]
  const desk = agency === null ? [...COORDINATORS, UNASSIGNED] : [...decision, ...COORDINATORS]
  return [...desk, ...pinged]
}

/** What can be done next, as buttons where there are, else as commands. */
export function nextLine(moment: DeskMoment, complaint: Complaint): Line {
  const { context } = moment
  const { ticket } = complaint
  const actions = openActions(moment, complaint)
  const choices: readonly Choice[] = actions.map((action) => ({
    value: deskButton(action, complaint),
    label: words(context, `desk_button_${action as 'accept'}`, {}),
  }))
  if (actions.length === 0) return line(context, 'desk_next_none', {}, { ticket })
  if (context.person.buttons) return line(context, 'desk_next_buttons', {}, { ticket, choices })
  const list = actions
    .map((action) => words(context, `desk_do_${action as 'accept'}`, { id: ticket }))
    .join(', ')
  return line(context, 'desk_next', { list }, { ticket })
}
