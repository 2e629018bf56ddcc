// Who of those who act hears of a move at once, and as which card: one entry per move.
// Pure. Whoever made the move is left out by the caller; a missing role falls upward (who-holds.ts).

import type { Complaint, MoveName } from '../complaints/complaint.ts'
import type { CardName } from './card-words.ts'
import type { Move } from './move-phrases.ts'
import { type Actor, groupsOf, peopleOf, type Roster } from './roster.ts'
import {
  coordinatorsOf,
  groupsBeside,
  headsOf,
  holdersOf,
  isManned,
  membersOf,
} from './who-holds.ts'

/** A card, to whom, and what it names beside the facts of the case. */
export interface Hearing {
  readonly card: CardName
  readonly to: readonly Actor[]
  readonly agency?: string | null
  readonly n?: number
  readonly name?: string
  /** And what they had asked for came to nothing by it. */
  readonly lapsed?: boolean
}

interface DeskMove extends Move {
  readonly roster: Roster
}

type Tell = (move: DeskMove) => readonly Hearing[]

/** The agencies whose people must be known to tell this move. */
export function agenciesOf({ before, after, event }: Move): readonly string[] {
  const { agency } = event.detail
  const named = [after.agency, before?.agency, typeof agency === 'string' ? agency : null]
  return [...new Set(named.filter((id) => id != null))]
}

/** Whether anybody who acts hears of such a move at all. */
export function concernsDesk(move: MoveName): boolean {
  return TELLS[move] !== nobody
}

export function hearingsOf(move: Move, roster: Roster): readonly Hearing[] {
  return TELLS[move.event.move]({ ...move, roster })
}

/** The citizen would cancel what an agency has already: for the coordinators, and those who would go on in vain. */
export function cancelWish(complaint: Complaint, roster: Roster): Hearing {
  const to = [...holdersOf(complaint, roster), ...coordinatorsOf(roster)]
  return { card: 'cancel_wish', to }
}

const nobody: Tell = () => []

const TELLS: Readonly<Record<MoveName, Tell>> = {
  file: filed,
  assign: toAgency,
  hold: byCoordinator('held'),
  complete: (move) =>
    move.event.role === 'citizen' ? inHands(move, 'complete') : byCoordinator('complete')(move),
  accept: nobody,
  update: byCoordinator('updated'),
  note: noted,
  answer: byCoordinator('answered'),
  return: returned,
  transfer: (move) => [...toAgency(move), ...takenAway(move)],
  extend: extended,
  merge: byCoordinator('merged'),
  archive: byCoordinator('archived'),
  restore: byCoordinator('restored'),
  close: byCoordinator('closed'),
  reopen: (move) => inHands(move, 'reopened'),
  satisfied: (move) => [{ card: 'satisfied', to: ofAgency(move) }],
  dissatisfied: (move) => inHands(move, 'dissatisfied'),
  cancel: nobody,
  correct: byCoordinator('corrected'),
  copy: copied,
  number: nobody,
  rate: nobody,
  take: handedOver,
}

function filed({ after, roster }: DeskMove): readonly Hearing[] {
  const card = after.urgent ? 'urgent' : after.overLimit ? 'over_limit' : 'new'
  const people = coordinatorsOf(roster)
  return [{ card, to: [...people, ...groupsBeside(people, after, roster)] }]
}

/** With nobody there to read it, it lies with the coordinators, who must know at once; by chat the answer tells it. */
function toAgency({ after, roster }: DeskMove): readonly Hearing[] {
  if (after.agency === null) return []
  const card = after.urgent ? 'urgent' : 'new'
  const groups = after.confidential ? [] : groupsOf(membersOf(after.agency, roster))
  if (isManned(after.agency, roster))
    return [{ card, to: [...holdersOf(after, roster), ...groups] }]
  return [
    { card: 'nobody', to: coordinatorsOf(roster) },
    { card, to: groups },
  ]
}

function takenAway({ before, after, roster }: DeskMove): readonly Hearing[] {
  if (before === null || before.agency === after.agency) return []
  return [{ card: 'taken_away', to: ofAgency({ after: before, roster }), agency: after.agency }]
}

function noted(move: DeskMove): readonly Hearing[] {
  const { after, event } = move
  if (event.role === 'coordinator') return [{ card: 'desk_note', to: ofAgency(move) }]
  if (after.agency === null) return []
  if (event.role === 'citizen') return inHands(move, 'note')
  return [{ card: 'copy_note', to: ofAgency(move), name: event.actor }]
}

const RETURNS_TO_DECIDE = 3

function returned({ before, after, roster }: DeskMove): readonly Hearing[] {
  const card = after.handOffs >= RETURNS_TO_DECIDE ? 'decide' : 'returned'
  const agency = before?.agency ?? null
  return [{ card, to: coordinatorsOf(roster), agency, n: after.handOffs }]
}

/** Asked by an officer, decided by the head (or by silence), or simply done. */
function extended(move: DeskMove): readonly Hearing[] {
  const { before, after, event, roster } = move
  const n = Number(event.detail.days ?? 0)
  if (after.asked !== null)
    return [{ card: 'extend_asked', to: headsOf(after, roster), n, name: event.actor }]
  const asked = before?.asked ?? null
  if (asked === null) return [{ card: 'extended', to: ofAgency(move), n }]
  const asker = membersOf(after.agency, roster).filter(({ staff }) => staff?.id === asked.by)
  const to = asker.length > 0 ? peopleOf(asker) : ofAgency(move)
  if (after.extensions > (before?.extensions ?? 0)) return [{ card: 'extend_agreed', to, n }]
  return [{ card: event.role === 'system' ? 'extend_silent' : 'extend_refused', to, n }]
}

function copied({ after, event, roster }: DeskMove): readonly Hearing[] {
  const agency = typeof event.detail.agency === 'string' ? event.detail.agency : null
  const members = peopleOf(membersOf(agency, roster))
  const officers = members.filter(({ staff }) => staff?.role === 'officer')
  return [{ card: 'copied', to: officers.length > 0 ? officers : members, agency: after.agency }]
}

/** Taking a case is told to nobody; handing it over to the one who has it now. */
function handedOver({ before, after, roster }: DeskMove): readonly Hearing[] {
  if (after.holder === null || after.holder === before?.holder) return []
  const members = peopleOf(membersOf(after.agency, roster))
  return [{ card: 'handed', to: members.filter(({ staff }) => staff?.id === after.holder) }]
}

/** What the citizen wants of those who have the case; of one that nobody has, the coordinators. */
function inHands(move: DeskMove, card: CardName): readonly Hearing[] {
  const { after, event, roster } = move
  return [{ card, to: event.role === 'citizen' ? holdersOf(after, roster) : ofAgency(move) }]
}

/** A coordinator's move on an agency's case is told to those of the agency who have it, and to nobody else. */
function byCoordinator(card: CardName): Tell {
  return (move) => (move.event.role === 'coordinator' ? [{ card, to: ofAgency(move) }] : [])
}

function ofAgency({ after, roster }: Pick<DeskMove, 'after' | 'roster'>): readonly Actor[] {
  return holdersOf(after, roster).filter(
    ({ staff }) => after.agency !== null && staff?.agency === after.agency,
  )
}
