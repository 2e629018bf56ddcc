// Who there is to be written to: people enrolled, by agency and role, and the operator's COORDINATORS while none is.
// One person is one reader, at the address they were last heard from; a group is a reader of its own and nobody's stand-in.

import type { StaffMember, StaffRole } from '../complaints/staff.ts'
import type { Listener } from '../store/people-port.ts'
import type { StaffListener } from '../store/staff-port.ts'
import { readersOf } from './outbound-row.ts'

export interface Actor extends Listener {
  /** Null: an address out of the settings. */
  readonly staff: StaffMember | null
  /** A group of people: ticket, category and date only, and nothing of a confidential case. */
  readonly group: boolean
}

/** Each person once. Whose every address is closed is among them as `closed`. */
export interface Roster {
  readonly members: readonly Actor[]
  readonly coordinators: readonly Actor[]
  readonly overseers: readonly Actor[]
}

/** What names a person to `ping_hours`: the same at all of their addresses. */
export function personKey(actor: Actor): string {
  return actor.citizen
}

/** `appointed`: the addresses of the settings, who stand in while no coordinator can be reached. */
export function rosterOf(
  enrolled: readonly StaffListener[],
  appointed: readonly Listener[],
): Roster {
  const actors = onePerPerson(enrolled.map(actorOf))
  const withRole = (role: StaffRole) => actors.filter(({ staff }) => staff?.role === role)
  const coordinators = withRole('coordinator')
  const standIns = peopleOf(coordinators).length === 0 ? onePerPerson(appointed.map(asActor)) : []
  return {
    members: [...withRole('officer'), ...withRole('head')],
    coordinators: [...coordinators, ...standIns],
    overseers: withRole('overseer'),
  }
}

/** Those who can act and be reached; groups do neither. */
export function peopleOf(actors: readonly Actor[]): readonly Actor[] {
  return actors.filter(({ group, closed }) => !group && !closed)
}

export function groupsOf(actors: readonly Actor[]): readonly Actor[] {
  return actors.filter(({ group, closed }) => group && !closed)
}

/** Whoever is on duty is written to in spite of STOP: that is for what they filed as a citizen. */
function actorOf(one: StaffListener): Actor {
  const { staff, group, addressId } = one
  const citizen = group ? addressId : staff.id
  return { ...one, ...ON_DUTY, citizen }
}

function asActor(listener: Listener): Actor {
  return { ...listener, ...ON_DUTY, staff: null, group: false, citizen: listener.addressId }
}

const ON_DUTY = { stopped: false, reporter: false, supporter: false, lastWordAt: null } as const

function onePerPerson(actors: readonly Actor[]): readonly Actor[] {
  const chosen = new Set(readersOf(actors).map(({ addressId }) => addressId))
  return actors.filter(({ addressId }) => chosen.has(addressId))
}
