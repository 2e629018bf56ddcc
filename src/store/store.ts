// The port of the store: every method is one transaction, and resolves only after it is durable.
// Ids, times and sealed words come in as arguments; nothing here decides.

import type { ClockName, Complaint, HistoryEvent, State } from '../complaints/complaint.ts'
import type { NearCase, NearQuery } from '../complaints/likeness.ts'
import type { Address, ChannelName, Choice, InboundMessage, Language, Receipt } from '../message.ts'
import type { MediaCounts, MediaStore, NewMedia } from './media-port.ts'
import type { PrivacyStore } from './privacy-port.ts'
import type { AlarmChange, WatchStore } from './watch-port.ts'

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
}

/** Somebody who hears of a complaint: its reporter, or a person linked to it later. */
export interface Listener {
  readonly personId: string
  readonly addressId: string
  readonly address: Address
  readonly account: string | null
  readonly language: Language
  readonly stopped: boolean
  readonly lastHeardAt: Date | null
  readonly reporter: boolean
  /** The same for all addresses of one citizen: those that a code brought together over this complaint. */
  readonly citizen: string
  /** When somebody last wrote about the complaint from here; null: not here. */
  readonly lastWordAt: Date | null
  /** The account it was last heard by can no longer reach it. */
  readonly closed: boolean
  /** Joined somebody else's complaint: hears where it stands, and may not act on it. */
  readonly supporter: boolean
}

/** Kind of the notice that carries an answer: its acceptance begins the citizen's time to reply. */
export const ANSWER_KIND = 'answered'
/** Kind of the notice that asks the citizen for facts: the move's name. */
export const HOLD_KIND = 'hold'

/**
 * Kind of what those hear who only joined a complaint. Of another kind than the reporter's: an answer counts as told
 * only when it reached those who may reply to it.
 */
export const SUPPORT_KIND = 'supported'

/**
 * Fact: epoch milliseconds at which an older copy was put in place. What came due until then was most likely said
 * already: citizens do not hear it again.
 */
export const RESTORED_AT = 'restored:at'

export type Lane = 'reply' | 'notice'

/** A message to be sent. Given an address id, it is this person's; the text is already rendered. */
export interface NewOutbound {
  readonly id: string
  readonly addressId: string
  /** The account to send by; null: any that carries the address. */
  readonly account: string | null
  readonly lane: Lane
  /** What it is: `reply`, or the kind of notice: `assigned`, `ping`, `reminder` ... */
  readonly kind: string
  readonly ticket: string | null
  readonly text: string
  readonly choices: readonly Choice[]
  readonly segments: number
  readonly createdAt: Date
  /** When it enters its lane (quiet hours). */
  readonly dueAt: Date
  readonly expiresAt: Date
}

export interface ComplaintChange {
  /** 0: this files it. Else the version it was decided on. */
  readonly expectVersion: number
  readonly complaint: Complaint
  readonly events: readonly HistoryEvent[]
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
  readonly attaches?: readonly { readonly ticket: string; readonly handle: string }[]
  /** What became of this attachment is told herewith. Told already, or erased: `duplicate`. */
  readonly toldMedia?: string | null
  readonly language: Language
  readonly stoppedAt: Date | null
  /** The account this message came in by is no longer closed for the address: it was opened again, or never shut. */
  readonly resumes?: boolean
  readonly privacyTold: string | null
  readonly changes: readonly ComplaintChange[]
  /** Tickets this person may see from now on; `reporter` for those just filed. */
  readonly links: readonly NewLink[]
  /** Tickets this person had joined and hears of no more. */
  readonly leaves?: readonly string[]
  readonly outbound: readonly NewOutbound[]
  /** Blocked by the digest that erasing left (`Conversation.blockedAt` of an address never heard of). */
  readonly blockedAt?: Date | null
  /**
   * Everything known of the person goes, after all else of this turn; what it says to them is sent all the same.
   * `onDuty`: addresses out of the operator's settings, which stay for what is sent to them there.
   */
  readonly erase?: { readonly onDuty: readonly Address[] } | null
}

export type TurnOutcome = 'committed' | 'duplicate' | 'stale' | 'ticket-taken'

export interface Leased {
  readonly id: string
  readonly addressId: string
  readonly personId: string
  readonly address: Address
  readonly account: string | null
  readonly lane: Lane
  readonly kind: string
  readonly ticket: string | null
  readonly text: string
  readonly choices: readonly Choice[]
  readonly segments: number
  readonly nextPart: number
  /** Attempts before this one. */
  readonly attempts: number
  readonly createdAt: Date
  readonly expiresAt: Date
  /** The person has opted out of `account` at the provider: it cannot carry this message. */
  readonly closed: boolean
  /** Fences a late settle: it must name the lease it was given. */
  readonly lease: string
}

/** What became of one attempt. */
export type Settlement =
  | {
      readonly status: 'sent'
      readonly account: string
      readonly providerIds: readonly string[]
      readonly at: Date
    }
  /** Part of it went; the rest later. */
  | {
      readonly status: 'partly'
      readonly account: string
      readonly providerIds: readonly string[]
      readonly nextPart: number
      readonly retryAt: Date
      readonly reason: string
    }
  /** Keeps its place in the lane until `retryAt`. `counts`: whether it was an attempt. */
  | {
      readonly status: 'retry'
      readonly retryAt: Date
      readonly reason: string
      readonly counts: boolean
    }
  /** Stands beside the lane until `dueAt`: the provider's own wait, quiet hours or the budget put it off. */
  | { readonly status: 'put-off'; readonly dueAt: Date; readonly reason: string }
  | {
      readonly status: 'failed'
      readonly reason: string
      readonly at: Date
      readonly optedOut: boolean
      readonly account: string | null
    }
  | { readonly status: 'expired'; readonly at: Date }

/** A notice that failed for good at one address, and is to be tried at another of the same citizen. */
export interface PassedOver {
  /** Of the message that failed. */
  readonly id: string
  readonly addressId: string
  readonly ticket: string
  readonly kind: string
  readonly createdAt: Date
  /** Ids of all addresses it was put into the outbox for. */
  readonly tried: ReadonlySet<string>
}

/** A notice that reached none of its citizen's addresses. */
interface Undelivered {
  readonly ticket: string
  readonly kind: string
  /** Of the address that was tried last. */
  readonly channel: ChannelName
  /** When it was to be told. */
  readonly at: Date
  readonly reason: string | null
}

/** What a receipt did. */
export interface ReceiptEffect {
  /** False: no such message yet; kept and joined when the send is settled. */
  readonly known: boolean
  readonly outboundId: string | null
  readonly kind: string | null
  readonly ticket: string | null
  /** The message's status afterwards. */
  readonly status: OutboundStatus | null
  /** Whether this receipt changed it. */
  readonly changed: boolean
}

export type OutboundStatus = 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'expired'

export interface CaseMessage {
  readonly at: Date
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly channel: ChannelName
  readonly text: string | null
  readonly status: OutboundStatus | null
}

export interface CaseFile {
  readonly complaint: Complaint
  readonly history: readonly HistoryEvent[]
  /** What was said with those whose case it is; a supporter's messages are not among them. */
  readonly messages: readonly CaseMessage[]
  /** How many people joined it. */
  readonly supporters: number
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

/** A clock whose `nextAt` has come, with its complaint. */
export interface DueClock {
  readonly complaint: Complaint
  readonly clock: ClockName
}

/** One complaint changed without a turn: by the API or the schedule, with everything said because of it. */
export interface MoveRecord {
  readonly now: Date
  readonly changes: readonly ComplaintChange[]
  /** Whoever hears of `from` (a merged complaint) hears of `ticket` too; `off`: no longer. */
  readonly follows?: readonly {
    readonly ticket: string
    readonly from: string
    readonly off?: boolean
  }[]
  /** Tickets of `answersLost` about which the coordinators are told herewith: not listed again. Told already: `stale`. */
  readonly lostAnswers?: readonly string[]
  readonly outbound: readonly NewOutbound[]
}

/** Clocks alone, without a move (a step was taken, a reply clock began): guarded by the version and the old `nextAt`. */
export interface ClockRecord {
  readonly ticket: string
  readonly expectVersion: number
  readonly clock: ClockName
  /** The `nextAt` it was decided on; null for a clock that begins. Somebody else having moved it: `stale`. */
  readonly expectNextAt: Date | null
  readonly complaint: Complaint
  /**
   * The answer given at `givenAt` reached nobody: it is waited for again. `toldAt`: that is told herewith; null: it is
   * on its way to another address.
   */
  readonly lost?: { readonly givenAt: Date; readonly toldAt: Date | null }
}

export interface DueConversation {
  readonly address: Address
  readonly wakeAt: Date
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

export interface StuckMessage {
  readonly inboundId: string
  readonly address: Address
  readonly message: InboundMessage
  readonly receivedAt: Date
  readonly reason: string
}

export interface Counts {
  readonly stuck: number
  readonly orphanReceipts: number
  readonly media: MediaCounts
  readonly complaints: Readonly<Partial<Record<State, number>>>
  /** Clocks past their due date, by clock. */
  readonly overdue: Readonly<Partial<Record<ClockName, number>>>
  /** Pending outbox rows by channel, and the age of the oldest that is due, in seconds. */
  readonly pending: Readonly<
    Partial<Record<ChannelName, { readonly count: number; readonly oldestSeconds: number }>>
  >
  readonly failed: number
  readonly expired: number
  /** Notices that reached nobody, the newest of them. */
  readonly undelivered: readonly Undelivered[]
}

export interface SegmentUse {
  readonly person: number
  readonly account: number
}

/**
 * The database could not be reached, was lost, or had no room or time: not a refusal of what was asked. What was
 * asked may have been done all the same.
 */
export class StoreAway extends Error {}

export interface Store extends PrivacyStore, MediaStore, WatchStore {
  /** Facts for a turn. `ids` are used when the address is new. Reads only. */
  conversation(
    address: Address,
    at: { readonly now: Date; readonly midnight: Date },
    ids: { readonly personId: string; readonly addressId: string },
  ): Promise<Conversation>
  /** Those of `tickets` that are this person's, those they joined, and which are somebody else's (joined ones too). */
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

  complaint(ticket: string): Promise<Complaint | null>
  caseFile(ticket: string): Promise<CaseFile | null>
  complaints(query: ComplaintQuery): Promise<{ files: readonly CaseFile[]; next: string | null }>
  listeners(ticket: string): Promise<readonly Listener[]>
  /** Finds or makes the row of an address we only write to (a coordinator). */
  ensureAddress(
    address: Address,
    ids: { readonly personId: string; readonly addressId: string },
    now: Date,
  ): Promise<Listener>
  /**
   * The provider gave the same people another address (a group that became a larger one, a changed number): their
   * cases, and what waits for them, go along; the audit trail says so. `false`: nobody is known under `from`.
   */
  moveAddress(from: Address, to: Address, now: Date): Promise<boolean>
  commitMove(record: MoveRecord): Promise<'committed' | 'stale'>

  /** Running clocks whose `nextAt` is not after `now`, oldest first. */
  dueClocks(now: Date, limit: number): Promise<readonly DueClock[]>
  /** Steps taken and what is said because of them, together. One stale step, and nothing of it is written. */
  commitClocks(
    records: readonly ClockRecord[],
    outbound: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'>
  /** Answered complaints whose last answer the channel accepted (`acceptedAt`) and whose reply clock has not begun. */
  answersDelivered(
    limit: number,
  ): Promise<readonly { readonly complaint: Complaint; readonly acceptedAt: Date }[]>
  /**
   * Answered complaints whose answer failed for good on every address (or could be sent to none) and nobody
   * was told yet (`MoveRecord.lostAnswers`); and cases on hold whose question did. The notices have the kinds
   * `answered` and `hold`.
   */
  answersLost(limit: number): Promise<readonly Complaint[]>
  dueConversations(now: Date, limit: number): Promise<readonly DueConversation[]>

  /**
   * Head of each lane (given `lane`: of those of this kind) that may go now, replies first, then oldest first,
   * leased until `now + leaseForMs`.
   */
  leaseDue(now: Date, leaseForMs: number, limit: number, lane?: Lane): Promise<readonly Leased[]>
  /** `false`: the lease was no longer ours; nothing was changed. */
  settle(id: string, lease: string, settlement: Settlement): Promise<boolean>
  /** A receipt moves a status forward, never back. `retryAt` is used when a failure is transient. */
  recordReceipt(receipt: Receipt, now: Date, retryAt: Date): Promise<ReceiptEffect>
  /** Waiting messages past `expiresAt` become `expired`. */
  expire(now: Date): Promise<number>
  /**
   * Notices that failed for good, by a settlement, a late receipt or their age, and were neither passed on nor given
   * up; oldest first. While one is on this list its answer is not lost (`answersLost`).
   */
  toPassOn(limit: number): Promise<readonly PassedOver[]>
  /** Opens or ends an incident, together with what is said of it. */
  commitAlarm(change: AlarmChange, outbound: readonly NewOutbound[]): Promise<'committed' | 'stale'>
  /** Takes a notice off that list, with the message that goes to another address; null: there is none. */
  passOn(id: string, next: NewOutbound | null): Promise<'committed' | 'stale'>
  /** Segments sent since `midnight`, by this address and by this account. */
  segmentsToday(addressId: string, account: string, midnight: Date): Promise<SegmentUse>
  /** This account may no longer (or again) send to this address. */
  setOptOut(address: Address, account: string, optedOut: boolean, now: Date): Promise<void>

  /** Oldest first; `after`: the last one of the page before. */
  stuck(limit: number, after?: StuckMessage): Promise<readonly StuckMessage[]>
  filedBetween(query: FiledQuery): Promise<readonly FiledComplaint[]>
  /** What is over is, in a large store, counted some minutes ago. */
  counts(now: Date): Promise<Counts>
  /** Writes and reads back; throws when the store cannot. */
  ping(now: Date): Promise<void>
  /** Small durable facts of the process: keys of `AccountState`, the calendar's fingerprint ... */
  getFact(key: string): Promise<string | null>
  setFacts(entries: Readonly<Record<string, string>>): Promise<void>
  /** Writes the fact if it still is what was read (null: none). False: another process was faster. */
  swapFact(key: string, expected: string | null, value: string): Promise<boolean>
  /**
   * Takes or renews what only one process may do at a time, for `forMs` by the database's clock. Resolves with a
   * token that is greater for every later holder; null: another process holds it.
   */
  takeLease(name: string, holder: string, forMs: number): Promise<number | null>
  /** Hands it over at once; nothing, if it is not this holder's. */
  releaseLease(name: string, holder: string): Promise<void>
  /** Waits for the group in hand, then closes. */
  close(): Promise<void>
}
