// Those who act on complaints: what they may be, and whose cases are theirs to read and to move (product.md sections 1, 3, 7).
// Pure. Who somebody is comes from the store; what the role may do with a state stands in move-table.ts.

import type { Complaint, Role } from './complaint.ts'

export const STAFF_ROLES = ['officer', 'head', 'coordinator', 'overseer'] as const satisfies Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]

export interface StaffMember {
  /** Random id, fit for logs. */
  readonly id: string
  /** As `PETUGAS` lists them: counted from 1, never given to another. */
  readonly number: number
  /** As given at the invitation. It stands in the history as the actor. */
  readonly name: string
  readonly role: StaffRole
  /** Officers and heads have one; coordinators and overseers have none. */
  readonly agency: string | null
}

/** Officers and heads belong to an agency, coordinators and overseers to none. */
export function belongsToAgency(role: Role): boolean {
  return role === 'officer' || role === 'head'
}

/** That it exists, its history and facts. A citizen's number is shown to none of them. */
export function mayRead(staff: StaffMember, complaint: Complaint): boolean {
  if (staff.role === 'coordinator') return true
  if (staff.role === 'overseer') return true
  return actsOn(staff, complaint) || isCopiedIn(staff, complaint)
}

/** The citizen's words and pictures. Of a confidential case only for the coordinator and the acting agency. */
export function mayReadWords(staff: StaffMember, complaint: Complaint): boolean {
  if (!complaint.confidential) return mayRead(staff, complaint)
  return staff.role === 'coordinator' || actsOn(staff, complaint)
}

/** It is their agency's to act on. */
export function actsOn(staff: Pick<StaffMember, 'agency'>, complaint: Complaint): boolean {
  return staff.agency !== null && staff.agency === complaint.agency
}

export function isCopiedIn(staff: Pick<StaffMember, 'agency'>, complaint: Complaint): boolean {
  return staff.agency !== null && complaint.copiedTo.includes(staff.agency)
}

export interface Invitation {
  readonly role: StaffRole
  readonly agency: string | null
  readonly name: string
  /** Their own second address: it joins this person. Null: somebody new (or the same name, role and agency again). */
  readonly staffId: string | null
  readonly expiresAt: Date
}

/** What becomes of people in a turn; done with it or not at all. */
export type StaffChange =
  | {
      readonly type: 'invite'
      /** Plain; stored as a keyed digest. */
      readonly code: string
      readonly invitation: Invitation
      /** A name as in the history, or `operator`. */
      readonly by: string
    }
  /** The address of this turn becomes one of theirs. The code being used up or too old meanwhile: the turn is `stale`. */
  | {
      readonly type: 'enrol'
      readonly code: string
      /** Used where the invitation makes a new person. */
      readonly staffId: string
      readonly group: boolean
    }
  /**
   * At once: their addresses are nobody's, the cases they held are their agency's. `keepsOne`: were they the last
   * coordinator by then, the turn is `stale`.
   */
  | {
      readonly type: 'remove'
      readonly staffId: string
      readonly by: string
      readonly keepsOne?: boolean
    }
