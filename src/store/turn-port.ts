// What a turn reads before it decides, and what it writes: all of it or nothing.
// Ids, times and sealed words come in as arguments.

import type { Complaint } from '../complaints/complaint.ts'
import type { Following } from '../complaints/following.ts'
import type { NearCase, NearQuery } from '../complaints/likeness.ts'
import type { StaffChange, StaffMember } from '../complaints/staff.ts'
import type { Address, InboundMessage, Language } from '../message.ts'
import type { ComplaintChange } from './case-port.ts'
import type { Duty, NewMedia } from './media-port.ts'
import type { NewOutbound } from './outbox-port.ts'
import type { AuditEntry } from './privacy-port.ts'

/** What is known of the one who writes, read before deciding. */
export interface Conversation {
  readonly address: Address
  /** The account the last message came in by; null when never. */
  readonly account: string | null
  /** Random id of the person; offered by the caller for a first message, kept from then on. */
  readonly personId: string
  readonly addressId: string
  /** 0: never heard of. */
  readonly version: number
  /** The conversation's own JSON, unparsed; null when new. */
  readonly state: string | null
  /** The moment it asked to be woken at. */
  readonly wakeAt: Date | null
  readonly language: Language
  readonly stoppedAt: Date | null
  readonly blockedAt: Date | null
  /** One of our accounts, whichever, can no longer reach it. */
  readonly closed: boolean
  readonly privacyTold: string | null
  readonly lastHeardAt: Date | null
  /** Whose address it is, of those who act on complaints; null: a citizen's alone. */
  readonly staff: StaffMember | null
  /** It is a group in which they hear; nobody acts from there. */
  readonly staffGroup: boolean
  /** Messages in the hour before `now`. */
  readonly messagesThisHour: number
  /** Complaints filed since `midnight`. */
  readonly filedToday: number
  /** This person's own: filed, brought here by a code, or with theirs merged into it. */
  readonly mine: readonly StoredCase[]
  /** Other people's that this person joined (DUKUNG); never a confidential one. */
  readonly supported: readonly StoredCase[]
}

/** A complaint with what a reporter may be told of it. */
export interface StoredCase {
  readonly complaint: Complaint
  readonly lastNote: string | null
  readonly lastAnswer: string | null
  readonly lastWordAt: Date
  /**
   * Somebody else filed it, and what this person filed was merged into it. `anonymous`: that was, so numbers in what they
   * write here are hidden from everybody. Absent: it is their own. Of a confidential one no words are told.
   */
  readonly merged?: { readonly anonymous: boolean }
}

export interface NewInbound {
  readonly id: string
  readonly message: InboundMessage
  readonly receivedAt: Date
  /** Complaint it belongs to, if any. */
  readonly ticket: string | null
  /** `answered`, `silent:REASON`, or `stuck`. */
  readonly outcome: string
  /** Why the deciding code threw, for the operator; null otherwise. */
  readonly stuck: string | null
}

export interface NewLink {
  readonly ticket: string
  readonly reporter: boolean
  /** Joined only; a link of one's own takes its place. */
  readonly support?: boolean
  /**
   * Not the sender: somebody who came in person, and whose address this is. The ids are those of their conversation,
   * offered ones where they were never heard of; somebody else having made the address meanwhile: `stale`.
   */
  readonly to?: {
    readonly address: Address
    readonly personId: string
    readonly addressId: string
  }
}

/** Blocks, or blocks no more, whoever filed the ticket, on all addresses that are known to be theirs. */
export interface BlockChange {
  readonly ticket: string
  readonly reason: string
  readonly block: boolean
}

export interface TurnRecord {
  readonly now: Date
  readonly address: Address
  readonly personId: string
  readonly addressId: string
  readonly expectVersion: number
  readonly state: string
  readonly wakeAt: Date | null
  /** Null for a timeout. */
  readonly inbound: NewInbound | null
  /** `inbound` is stored already and stuck: it is decided again. `duplicate`: it was stuck no more. */
  readonly replay?: boolean
  /** What `inbound` came with, to be fetched. Its ticket is `inbound`'s. */
  readonly media?: readonly NewMedia[]
  /** Attachments of earlier messages of this address, by their handle, that belong to a complaint from now on. */
  readonly attaches?: readonly {
    readonly ticket: string
    readonly handle: string
    /** None: a citizen's own. */
    readonly duty?: Duty
  }[]
  /** What became of this attachment is told herewith. Told already, or erased: `duplicate`. */
  readonly toldMedia?: string | null
  readonly language: Language
  readonly stoppedAt: Date | null
  /** The account this message came in by is no longer closed for the address: it was opened again, or never shut. */
  readonly resumes?: boolean
  readonly privacyTold: string | null
  /** Further names that lead to this address from now on. */
  readonly names?: readonly Address[]
  readonly changes: readonly ComplaintChange[]
  /** Tickets this person may see from now on; `reporter` for those just filed. */
  readonly links: readonly NewLink[]
  /** From here on it is open who writes: notices of what is linked name ticket and state alone until it is named. */
  readonly doubts?: boolean
  /** Tickets this person had joined and hears of no more. */
  readonly leaves?: readonly string[]
  /** Done in this order. One that cannot be done as it was decided (`StaffChange`): `stale`. */
  readonly staff?: readonly StaffChange[]
  readonly follows?: readonly Following[]
  readonly blocks?: readonly BlockChange[]
  readonly audits?: readonly AuditEntry[]
  readonly outbound: readonly NewOutbound[]
  /** Blocked by the digest that erasing left (`Conversation.blockedAt` of an address never heard of). */
  readonly blockedAt?: Date | null
  /**
   * Everything known of the person goes, after all else of this turn; what it says to them is sent all the same.
   * `onDuty`: addresses out of the operator's settings, which stay for what is sent to them there, as enrolled ones do.
   * `since`: what came before is somebody else's, perhaps: parted from the person first, it stays, and is reached from
   * nowhere.
   */
  readonly erase?: { readonly onDuty: readonly Address[]; readonly since?: Date } | null
}

export type TurnOutcome = 'committed' | 'duplicate' | 'stale' | 'ticket-taken'

export interface TurnStore {
  /** Facts for a turn. `ids` are used when the address is new. Reads only. */
  conversation(
    address: Address,
    at: { readonly now: Date; readonly midnight: Date },
    ids: { readonly personId: string; readonly addressId: string },
  ): Promise<Conversation>
  /**
   * Those of `tickets` that are this person's, those they joined, and which are somebody else's (joined ones too):
   * only while their reporter can be reached, so not once that one has erased their data.
   */
  named(
    personId: string,
    tickets: readonly string[],
  ): Promise<{
    mine: readonly StoredCase[]
    supported: readonly StoredCase[]
    foreign: readonly string[]
  }>
  /**
   * Complaints of other people in work that may be about the same, oldest first: the newest of the category in the
   * kelurahan and, given coordinates, the newest with a pin. None confidential, answered, over the limit, or known to
   * the person.
   */
  near(personId: string, query: NearQuery): Promise<readonly NearCase[]>
  /** The ticket a message of ours (or of theirs) was about, if the person is linked to it. */
  quoted(personId: string, account: string, providerId: string): Promise<string | null>
  /** Inbox row, state, complaints, events, links and outbox, whole or not at all. */
  commitTurn(turn: TurnRecord): Promise<TurnOutcome>
}
