// In whose hands a case is: its holder, else the officers of its agency, else whoever stands above them.
// A missing role falls upward to the next one, never into nothing.

import type { Complaint } from '../complaints/complaint.ts'
import type { StaffRole } from '../complaints/staff.ts'
import { type Actor, groupsOf, peopleOf, type Roster } from './roster.ts'

/** Those who have it. Officers who cannot be reached hold nothing: the coordinators do, and the head may. */
export function holdersOf(complaint: Complaint, roster: Roster): readonly Actor[] {
  const members = membersOf(complaint.agency, roster)
  const holder = peopleOf(members).filter(({ staff }) => staff?.id === complaint.holder)
  if (holder.length > 0) return holder
  const officers = withRole(members, 'officer')
  const reached = peopleOf(officers)
  if (reached.length > 0) return reached
  const heads = peopleOf(withRole(members, 'head'))
  if (officers.length > 0) return [...heads, ...coordinatorsOf(roster)]
  return heads.length > 0 ? heads : coordinatorsOf(roster)
}

/** The head of its agency; where it has none, the coordinators. */
export function headsOf(complaint: Complaint, roster: Roster): readonly Actor[] {
  return isHeaded(complaint, roster) ? ownHeads(complaint, roster) : coordinatorsOf(roster)
}

/** Its agency has a head who can be reached. */
export function isHeaded(complaint: Complaint, roster: Roster): boolean {
  return ownHeads(complaint, roster).length > 0
}

function ownHeads({ agency }: Complaint, roster: Roster): readonly Actor[] {
  return peopleOf(withRole(membersOf(agency, roster), 'head'))
}

/** Where none can be reached, whoever is there all the same: then it stands among what reached nobody. */
export function coordinatorsOf({ coordinators }: Roster): readonly Actor[] {
  const reached = peopleOf(coordinators)
  return reached.length > 0 ? reached : coordinators.filter(({ group }) => !group)
}

export function overseersOf(roster: Roster): readonly Actor[] {
  const overseers = peopleOf(roster.overseers)
  return overseers.length > 0 ? overseers : coordinatorsOf(roster)
}

/** Somebody of this agency can be written to. */
export function isManned(agency: string, roster: Roster): boolean {
  return peopleOf(membersOf(agency, roster)).length > 0
}

/** The groups beside these people: of the agency, of the coordinators. None hears of a confidential case. */
export function groupsBeside(
  people: readonly Actor[],
  complaint: Complaint,
  roster: Roster,
): readonly Actor[] {
  if (complaint.confidential) return []
  const agency = people.some(({ staff }) => staff !== null && staff.agency !== null)
  const desk = people.some(({ staff }) => staff === null || staff.role === 'coordinator')
  return [
    ...(agency ? groupsOf(membersOf(complaint.agency, roster)) : []),
    ...(desk ? groupsOf(roster.coordinators) : []),
  ]
}

export function membersOf(agency: string | null, { members }: Roster): readonly Actor[] {
  return members.filter(({ staff }) => agency !== null && staff?.agency === agency)
}

function withRole(actors: readonly Actor[], role: StaffRole): readonly Actor[] {
  return actors.filter(({ staff, group }) => staff?.role === role && !group)
}
