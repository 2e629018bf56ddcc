// Who acts on complaints: people with a role, their addresses, the invitations by which they come in.
// A code is kept as a keyed digest; whoever was removed is nobody from that commit on.

import type { Complaint } from '../complaints/complaint.ts'
import type { Invitation, StaffChange, StaffMember, StaffRole } from '../complaints/staff.ts'
import type { Address } from '../message.ts'
import type { Listener } from './people-port.ts'

/** Somebody enrolled, at one of their addresses. */
export interface StaffListener extends Omit<Listener, 'reporter' | 'supporter' | 'lastWordAt'> {
  readonly staff: StaffMember
  /** True for a group of people: it gets no words, and nothing of a confidential case. */
  readonly group: boolean
}

export interface StaffEntry extends StaffMember {
  readonly addresses: number
  /** No address of theirs can be written to any more. */
  readonly unreachable: boolean
  /** A group that hears; nobody acts from it. */
  readonly group: boolean
}

/** Whose cases a list is of: an agency's own, one person's of it, those of coordinators (unassigned, returned), or all. */
export interface TaskQuery {
  readonly agency: string | null
  /** Open cases without an agency; with `agency` null and this false: all that are open. */
  readonly unassigned: boolean
  /** With `unassigned`: also those of agencies with nobody enrolled who can be reached. */
  readonly unattended?: boolean
  /** Those that this person (a staff id) has, whatever else is asked for. */
  readonly holder?: string
  /** Those that were due before this, and wait for nobody's facts, whatever else is asked for. */
  readonly overdueSince?: Date
  readonly offset: number
  readonly limit: number
}

export interface TaskList {
  /** Emergencies, then what was returned three times, then by due date. */
  readonly cases: readonly Complaint[]
  readonly total: number
}

export interface StaffStore {
  /** Everybody enrolled and not removed, by number. */
  staff(): Promise<readonly StaffEntry[]>
  /** Their addresses: of these agencies' officers and heads, and of everybody with one of these roles. */
  staffListeners(of: {
    readonly agencies: readonly string[]
    readonly roles: readonly StaffRole[]
  }): Promise<readonly StaffListener[]>
  /** Unused and in time; null: there is none. */
  invitation(code: string, now: Date): Promise<Invitation | null>
  /** Outside a conversation: the operator's first invitation, with its line in the trail. Throws for a code that is taken. */
  invite(change: Extract<StaffChange, { type: 'invite' }>, now: Date): Promise<void>
  tasks(query: TaskQuery): Promise<TaskList>
  /** The case that a message of ours to this address was about, by the provider's id of it. */
  sentAbout(addressId: string, account: string, providerId: string): Promise<string | null>
  /** Where the reporters of a case can be reached; none once erased. */
  contacts(ticket: string): Promise<readonly Address[]>
}
