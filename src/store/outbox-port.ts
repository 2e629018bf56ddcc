// What is to be sent: put into a lane with what it is said because of, leased, settled, passed on.
// At least once: a settlement names the lease it was given, a receipt moves a status forward, never back.

import type { Address, Choice, Enclosure, Language, Receipt } from '../message.ts'

/** Kind of the notice that carries an answer: its acceptance begins the citizen's time to reply. */
export const ANSWER_KIND = 'answered'
/** Kind of what only the reporter is told: a code to link their case elsewhere, and that one was used. */
export const CODE_KIND = 'code'
/** Kind of the notice that asks the citizen for facts: the move's name. */
export const HOLD_KIND = 'hold'

/** Kind of the notice that carries the files of an answer or an update, after the notice that tells it. */
export const FILES_KIND = 'files'

/**
 * Kind of what those hear who only joined a complaint. Of another kind than the reporter's: an answer counts as told
 * only when it reached those who may reply to it.
 */
export const SUPPORT_KIND = 'supported'

/** Kind of what says where a case stands, and nothing more. */
export const NEWEST_KIND = 'newest'

/**
 * Kind of an answer that holds somebody's number, or a code that lets people in: its words are sealed at rest, like an
 * address. It belongs to no complaint.
 */
export const SECRET_KIND = 'secret'

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
  /** None unless told. A row keeps no file: what is erased meanwhile does not go. */
  readonly attachments?: readonly Enclosure[]
  readonly segments: number
  readonly createdAt: Date
  /** When it enters its lane (quiet hours). */
  readonly dueAt: Date
  readonly expiresAt: Date
}

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
  readonly attachments: readonly Enclosure[]
  readonly segments: number
  readonly nextPart: number
  /** Attempts before this one. */
  readonly attempts: number
  readonly createdAt: Date
  readonly expiresAt: Date
  /** The person has opted out of `account` at the provider: it cannot carry this message. */
  readonly closed: boolean
  readonly language: Language
  /** When this address last wrote, and to which account; null: never. */
  readonly heardAt: Date | null
  readonly heardBy: string | null
  /** The provider has refused its words: its window for them is shut, whatever we believe. */
  readonly asTemplate: boolean
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
  /** Part of it went; the rest later. `counts`: false where nothing went wrong. */
  | {
      readonly status: 'partly'
      readonly account: string
      readonly providerIds: readonly string[]
      readonly nextPart: number
      readonly retryAt: Date
      readonly reason: string
      readonly counts: boolean
    }
  /**
   * Keeps its place in the lane until `retryAt`. `counts`: whether it was an attempt. `asTemplate`: from now on only as
   * a template.
   */
  | {
      readonly status: 'retry'
      readonly retryAt: Date
      readonly reason: string
      readonly counts: boolean
      readonly asTemplate?: boolean
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

/** A notice or ping that failed for good at one address, and is to be tried at another of the same person. */
export interface PassedOver {
  /** Of the message that failed. */
  readonly id: string
  readonly addressId: string
  /** Null: a ping about several complaints, or about none. */
  readonly ticket: string | null
  readonly kind: string
  readonly text: string
  readonly choices: readonly Choice[]
  readonly createdAt: Date
  /** Ids of all addresses it was put into the outbox for. */
  readonly tried: ReadonlySet<string>
}

/** A message that was sent, by a provider id of one of its parts. */
export interface SentText {
  /** Whole, as it was given to the channel. */
  readonly text: string
  /** Which of its parts, files first. */
  readonly part: number
  readonly files: number
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

export interface SegmentUse {
  readonly person: number
  readonly account: number
}

export interface OutboxStore {
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
  /** Ids of all addresses that this notice or ping was put into the outbox for, its own among them. */
  triedAt(
    row: Pick<Leased, 'ticket' | 'kind' | 'createdAt' | 'addressId'>,
  ): Promise<ReadonlySet<string>>
  /**
   * Takes a notice off that list, with the message that goes to another address (null: there is none) and what others
   * are told instead.
   */
  passOn(
    id: string,
    next: NewOutbound | null,
    told?: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'>
  /** Where somebody's phone asks for it again. Null: not ours, or erased meanwhile. */
  sentText(account: string, providerId: string): Promise<SentText | null>
  /** Segments sent since `midnight`, by this address and by this account. */
  segmentsToday(addressId: string, account: string, midnight: Date): Promise<SegmentUse>
}
