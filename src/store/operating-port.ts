// What an operator looks at: messages that are stuck, counts of what waits and what failed, whether the store writes.
// Only counts leave here, but for a stuck message, which is decided again.

import type { ClockName, State } from '../complaints/complaint.ts'
import type { Address, ChannelName, InboundMessage } from '../message.ts'
import type { MediaCounts } from './media-port.ts'

export interface StuckMessage {
  readonly inboundId: string
  readonly address: Address
  readonly message: InboundMessage
  readonly receivedAt: Date
  readonly reason: string
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

export interface OperatingStore {
  /** Oldest first; `after`: the last one of the page before. */
  stuck(limit: number, after?: StuckMessage): Promise<readonly StuckMessage[]>
  /** What is over is, in a large store, counted some minutes ago. */
  counts(now: Date): Promise<Counts>
  /** Writes and reads back; throws when the store cannot. */
  ping(now: Date): Promise<void>
}
