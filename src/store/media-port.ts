// What the store does for attachments: which are to be fetched, what became of each, which files nobody needs.
// A row is there from the turn that brought it; a file only while a row has its digest.

import type { Address, KeptFile, MediaKind, MediaRef, MediaRefusal, Position } from '../message.ts'
import type { NewOutbound } from './outbox-port.ts'

/**
 * What somebody on duty brought: it stays with the complaint (`keep`), or goes on to whose complaint it is as soon as it
 * is stored (`pass`: it came with an answer or an update).
 */
export type Duty = 'keep' | 'pass'

/** One attachment of the message that is written with it. */
export interface NewMedia {
  readonly id: string
  /** Its place in the message. */
  readonly part: number
  readonly ref: MediaRef
  /** It is fetched no later. */
  readonly until: Date
  /** None: a citizen's own. */
  readonly duty?: Duty
}

/** A stored attachment of a complaint, and whose side it came from. */
export interface CaseFileOf extends KeptFile {
  readonly from: 'citizen' | 'staff'
  /** It came with an answer or an update: whose complaint it is may see it. */
  readonly told: boolean
}

/** A stored attachment that came with an answer or an update, and that whose complaint it is has not been sent yet. */
export interface ToSendOn {
  readonly id: string
  readonly ticket: string
  readonly file: KeptFile
}

export interface LeasedMedia {
  readonly id: string
  readonly account: string
  readonly ref: MediaRef
  /** Attempts before this one. */
  readonly attempts: number
  readonly receivedAt: Date
  readonly until: Date
  /** Fences a late settle: it must name the lease it was given. */
  readonly lease: string
}

/** What became of one attempt to fetch it. */
export type MediaSettlement =
  | {
      readonly status: 'stored'
      readonly contentType: string
      readonly bytes: number
      /** Where the picture says it was taken. */
      readonly position: Position | null
    }
  /** Will not be fetched again, which its sender is told. */
  | { readonly status: 'refused'; readonly reason: MediaRefusal }
  | { readonly status: 'retry'; readonly retryAt: Date; readonly reason: string }

/** What the sender of an attachment is still to be told of it. */
export interface MediaNews {
  readonly id: string
  readonly address: Address
  readonly account: string
  readonly kind: MediaKind
  /** The provider's handle: a draft knows the attachment by it. */
  readonly handle: string
  /** The complaint it belongs to by now. */
  readonly ticket: string | null
  readonly news:
    | { readonly type: 'refused'; readonly reason: MediaRefusal }
    | { readonly type: 'position'; readonly position: Position }
}

export interface MediaCounts {
  /** To be fetched, and how long the oldest has waited, in seconds. */
  readonly wanted: number
  readonly oldestSeconds: number
  /** Of those, tried at least three times without success. */
  readonly failing: number
  /** Files whose rows are gone and that are still to be removed. */
  readonly wipes: number
}

export interface MediaStore {
  /** Attachments that may be fetched now, longest due first, leased until `now + leaseForMs`. */
  leaseMedia(now: Date, leaseForMs: number, limit: number): Promise<readonly LeasedMedia[]>
  /**
   * Before its file is put in place: from here on the row has this digest. `busy`: the file of this digest is being
   * removed, come again; `gone`: the row was erased, or leased by another.
   */
  claimMedia(
    id: string,
    lease: string,
    digest: string,
    now: Date,
  ): Promise<'ours' | 'busy' | 'gone'>
  /** `false`: the row was erased, or leased by another; what was claimed is wiped unless somebody needs it. */
  settleMedia(
    id: string,
    lease: string,
    settlement: MediaSettlement,
    claimed: { readonly digest: string | null; readonly now: Date },
  ): Promise<boolean>
  /** Oldest first. Told by a turn (`TurnRecord.toldMedia`). */
  mediaNews(now: Date, limit: number): Promise<readonly MediaNews[]>
  /** Digests whose files nobody needs, for us to remove until `now + forMs`. */
  leaseWipes(now: Date, forMs: number, limit: number): Promise<readonly string[]>
  /** It is removed. */
  wiped(digest: string): Promise<void>
  /**
   * Those of a complaint that are stored, oldest first. Of a confidential one they are for those alone who may read its
   * words (`mayReadWords`): whoever asks has looked.
   */
  attachmentsOf(ticket: string): Promise<readonly CaseFileOf[]>
  /** Whether somebody's attachment still has this digest: a file on its way to removal is nobody's. */
  isKept(digest: string): Promise<boolean>
  /** Oldest first. Each is on this list from when it is stored until `sendOn` names it. */
  toSendOn(limit: number): Promise<readonly ToSendOn[]>
  /** Takes these off that list, with the messages that carry them; all of it or nothing. */
  sendOn(ids: readonly string[], outbound: readonly NewOutbound[]): Promise<'committed' | 'stale'>
}
