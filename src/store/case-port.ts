// Complaints as officers see them: read one by one or by the page, and changed without a turn.
// A change names the version it was decided on; what is said because of it is written with it.

import type { Complaint, ComplaintClock, HistoryEvent, State } from '../complaints/complaint.ts'
import type { Following } from '../complaints/following.ts'
import type { Tally } from '../complaints/tally.ts'
import type { ChannelName } from '../message.ts'
import type { NewOutbound, OutboundStatus } from './outbox-port.ts'
import type { AuditEntry } from './privacy-port.ts'

export interface ComplaintChange {
  /** 0: this files it. Else the version it was decided on. */
  readonly expectVersion: number
  /** The clocks it was decided on: of a step taken since, which makes no version, nothing may be undone. */
  readonly expectClocks?: readonly ComplaintClock[]
  readonly complaint: Complaint
  readonly events: readonly HistoryEvent[]
  /** What it adds to the figures, as the move or the filing said: of every event, or they tell another story. */
  readonly tallies: readonly Tally[]
}

export interface CaseMessage {
  readonly at: Date
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly channel: ChannelName
  readonly text: string | null
  readonly status: OutboundStatus | null
}

export interface CaseHistory {
  readonly complaint: Complaint
  readonly history: readonly HistoryEvent[]
  /** How many people joined it. */
  readonly supporters: number
}

export interface CaseFile extends CaseHistory {
  /** What was said with those whose case it is; a supporter's messages are not among them. */
  readonly messages: readonly CaseMessage[]
}

export interface ComplaintQuery {
  readonly state?: State
  readonly agency?: string
  /** Earliest running due date before this. */
  readonly dueBefore?: Date
  /** Ticket the last page ended with. Pages go from the newest filed to the oldest. */
  readonly after?: string
  readonly limit: number
}

/** Complaints filed in [since, until), oldest first. */
export interface FiledQuery {
  readonly since: Date
  readonly until: Date
  /** The last one of the page before. */
  readonly after: { readonly filedAt: Date; readonly ticket: string } | null
  readonly limit: number
}

export interface FiledComplaint {
  /** Without its clocks. */
  readonly complaint: Complaint
  /** Earliest due date among its running clocks. */
  readonly dueAt: Date | null
}

/** One complaint changed without a turn: by the API or the schedule, with everything said because of it. */
export interface MoveRecord {
  readonly now: Date
  readonly changes: readonly ComplaintChange[]
  readonly follows?: readonly Following[]
  readonly audits?: readonly AuditEntry[]
  /** Tickets of `answersLost` about which the coordinators are told herewith: not listed again. Told already: `stale`. */
  readonly lostAnswers?: readonly string[]
  readonly outbound: readonly NewOutbound[]
}

export interface CaseStore {
  complaint(ticket: string): Promise<Complaint | null>
  caseFile(ticket: string): Promise<CaseFile | null>
  /** The file without what was said: for whoever acts on it. */
  caseHistory(ticket: string): Promise<CaseHistory | null>
  complaints(query: ComplaintQuery): Promise<{ files: readonly CaseFile[]; next: string | null }>
  filedBetween(query: FiledQuery): Promise<readonly FiledComplaint[]>
  commitMove(record: MoveRecord): Promise<'committed' | 'stale'>
}
