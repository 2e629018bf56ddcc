// What the officers' dialogue asks to be looked up, and what it is given. Plain data, read before deciding.
// Nothing of it is looked up for a citizen, but for the code of whoever sends DAFTAR.

import type { Complaint, HistoryEvent } from '../complaints/complaint.ts'
import type { Figures, Period } from '../complaints/figures.ts'
import type { StaffMember, StaffRole } from '../complaints/staff.ts'
import type { Address, Language } from '../message.ts'

export interface DeskNeeds {
  /** Cases that the message, the button or what is awaited names: whole, whoever filed them. */
  readonly cases: readonly string[]
  /** Provider id of the message this one replies to: a card of ours, perhaps. */
  readonly repliedTo: string | null
  /** TUGAS, from this place of the list on. */
  readonly tasksFrom: number | null
  /** LIHAT: attachments and likely duplicates of this case; without a ticket of the replied-to card's. */
  readonly around: { readonly ticket: string | null } | null
  /** SERAHKAN SEMUA: what the one who writes holds. */
  readonly held: boolean
  /** DAFTAR: the code that was sent. */
  readonly code: string | null
  /** PETUGAS, CABUT, SERAHKAN, UNDANG: who is enrolled. */
  readonly people: boolean
  /** KONTAK, BLOKIR: where the reporters of this case can be reached. */
  readonly contactOf: string | null
  /** CATAT: the number of whoever came in person. */
  readonly walkIn: Address | null
  /** REKAP: the figures that are theirs to read, of one agency or (null) of all. */
  readonly figures: { readonly agency: string | null } | null
}

/** A case as those who act on it see it; what of it one may read is staff.ts's to say. */
export interface DeskCase {
  readonly complaint: Complaint
  readonly history: readonly HistoryEvent[]
  readonly supporters: number
}

/** A page of what waits for this person. */
export interface DeskTasks {
  readonly cases: readonly Complaint[]
  readonly total: number
  /** The place of the first of them in the whole list. */
  readonly from: number
}

export interface DeskAround {
  readonly ticket: string
  /** What citizens and officers sent with it. */
  readonly attachments: number
  /** Open cases of the same category that are near it; which of them one may read is staff.ts's to say. */
  readonly near: readonly Complaint[]
}

/** Somebody who came in person, as known by their number; the ids are offered ones where they were never heard of. */
export interface WalkIn {
  readonly address: Address
  readonly personId: string
  readonly addressId: string
  readonly language: Language
  /** Said STOP, or is blocked: their number is not written to. */
  readonly silent: boolean
}

export interface DeskPerson extends StaffMember {
  readonly addresses: number
  readonly unreachable: boolean
  /** A group that hears; nobody acts from it. */
  readonly group: boolean
}

export interface DeskInvitation {
  readonly role: StaffRole
  readonly agency: string | null
  readonly name: string
  readonly staffId: string | null
  readonly expiresAt: Date
}

export interface DeskFigures {
  readonly period: Period
  /** Whose they are; null: of all. */
  readonly agency: string | null
  readonly figures: Figures
}

export interface Desk {
  /** Null: nobody enrolled writes; only DAFTAR is answered. */
  readonly staff: StaffMember | null
  /** The address is a group of people. */
  readonly group: boolean
  readonly cases: readonly DeskCase[]
  /** The case that the replied-to card was about. */
  readonly card: string | null
  readonly tasks: DeskTasks | null
  readonly around: DeskAround | null
  readonly people: readonly DeskPerson[] | null
  readonly invitation: DeskInvitation | null
  readonly contacts: readonly Address[] | null
  readonly walkIn: WalkIn | null
  /** Tickets that the one who writes holds, the most pressing first. */
  readonly held: readonly string[] | null
  /** The settings name coordinators: there is always one. */
  readonly coordinatorsSet: boolean
  /** Null: not asked for, or not theirs to read. */
  readonly figures: DeskFigures | null
  /** Eight fresh signs for an invitation, and four digits for a confirmation by SMS. */
  readonly newInvitation: string
  readonly newPin: string
  /** A fresh id, for somebody who is enrolled. */
  readonly newStaffId: string
}
