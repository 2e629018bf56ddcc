// What somebody wants done to a complaint, who asks, what the decision must know, and how it ends.
// Plain data; the rules are in move-table.ts and moves.ts.

import type { Complaint, ComplaintClass, HistoryEvent, MoveName, Place, Role } from './complaint.ts'
import type { StaffMember } from './staff.ts'
import type { Tally } from './tally.ts'
import type { Calendar } from './working-days.ts'

/** Only `move` is always needed; the table says what else. */
export interface MoveRequest {
  readonly move: MoveName
  readonly agency?: string
  /** Words: question, answer, update, addition ... */
  readonly note?: string
  /** Free words, or an `ArchiveReason` for archive. */
  readonly reason?: string
  /** Working days more, for extend; absent where an officer has asked for some: those. */
  readonly days?: number
  /** With extend: no to what an officer asked for. */
  readonly refuse?: boolean
  /** With take: who of the acting agency has it from now on (a staff id). */
  readonly holder?: string
  /** Ticket of the complaint to merge into. */
  readonly into?: string
  /** With `correct`; with `note` only where the category was open. */
  readonly category?: string
  readonly class?: ComplaintClass
  /** With `correct` and `complete`; with `note` only what was unknown of it. */
  readonly place?: Partial<Place>
  readonly confidential?: boolean
  readonly anonymous?: boolean
  readonly rating?: number
  readonly externalId?: string
  /** With answer and update: how many files came along. */
  readonly files?: number
}

/** Who asks. `any` is the API token, which may make every move of every role. */
export interface Mover {
  readonly role: Role | 'any'
  readonly actor: string
  /** Who of the people enrolled. An officer or head acts for the agency named here, and without one not at all. */
  readonly staff?: Pick<StaffMember, 'id' | 'agency'>
}

/** The mover once the table has said in whose role. */
export interface Acting extends Omit<Mover, 'role'> {
  readonly role: Role
}

export type Districts = readonly {
  readonly name: string
  readonly villages: readonly { readonly name: string }[]
}[]

/** What the decision needs to know beside the complaint itself. */
export interface MoveFacts {
  readonly now: Date
  readonly calendar: Calendar
  /** Known agencies and categories; `inspection` categories have the long finish clock. */
  readonly agencies: ReadonlySet<string>
  readonly categories: ReadonlyMap<
    string,
    { readonly inspection: boolean; readonly agency?: string | null }
  >
  /** Kecamatan with their kelurahan, as the city writes them; none: a place may be named anything. */
  readonly districts?: Districts
  /** For `merge`: the target with its own chain already followed to the end; null when unknown. */
  readonly into?: Complaint | null
}

/** Which rule stands against a move; the words for it depend on who asks. */
export type Hindrance =
  | 'state'
  | 'role'
  | 'other-agency'
  | 'no-agency'
  | 'copied-in'
  | 'returned-thrice'
  | 'extended-twice'
  | 'already-asked'
  | 'not-asked'
  | 'once-assigned'
  | 'not-incomplete'
  | 'too-late'
  | 'has-it-already'
  | 'copied-already'
  | 'held-by-other'
  | 'into-itself'
  | 'into-ended'
  | 'into-open'
  | 'not-by-itself'
  | 'stays-anonymous'
  | 'coordinator-only'

/** A hindrance with its reason in plain English, for the API. */
export interface Refusal {
  readonly why: Hindrance
  readonly reason: string
}

/**
 * `refused`: against a rule, as things stand. `incomplete`: something is missing, or has a value that can never be
 * right; `missing` names those fields. Both say in plain English what would do.
 */
export type MoveResult =
  | {
      readonly outcome: 'moved'
      readonly complaint: Complaint
      readonly event: HistoryEvent
      /** What it adds to the figures; written with the change. */
      readonly tallies: readonly Tally[]
    }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'incomplete'; readonly missing: readonly string[]; readonly reason: string }
