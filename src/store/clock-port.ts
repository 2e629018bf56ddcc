// What time brings: clocks of complaints, conversations that asked to be woken, answers that were told or lost.
// A step names the `nextAt` it was decided on, so that two processes never take it both.

import type { ClockName, Complaint } from '../complaints/complaint.ts'
import type { Address } from '../message.ts'
import type { NewOutbound } from './outbox-port.ts'

/** A clock whose `nextAt` has come, with its complaint. */
export interface DueClock {
  readonly complaint: Complaint
  readonly clock: ClockName
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

/** Whoever is pinged with these steps: one message for each person and hour. */
export interface Pinged {
  /** Any name of it, the same for all processes. */
  readonly hour: string
  /** Whatever tells people apart. */
  readonly people: readonly string[]
}

export interface ClockStore {
  /** Running clocks whose `nextAt` is not after `now`, oldest first. */
  dueClocks(now: Date, limit: number): Promise<readonly DueClock[]>
  /**
   * Steps taken and what is said because of them, together. One stale step, or somebody pinged in this hour already,
   * and nothing of it is written.
   */
  commitClocks(
    records: readonly ClockRecord[],
    outbound: readonly NewOutbound[],
    pinged?: Pinged,
  ): Promise<'committed' | 'stale'>
  /** Those whose last ping was in this hour. */
  pingedIn(hour: string): Promise<ReadonlySet<string>>
  /** Complaints whose asked extension (`asked.until`) nobody has decided by `now`, oldest first. */
  askedDue(now: Date, limit: number): Promise<readonly Complaint[]>
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
}
