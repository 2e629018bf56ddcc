// The port every adapter implements: carry a message in, carry one out, tell the truth about health.
// An adapter never acknowledges to its provider before `Receive` has resolved.

import {
  type Address,
  type ChannelName,
  channelOf,
  type InboundMessage,
  type Language,
  type MediaRef,
  type OutboundMessage,
  type Receipt,
  type TemplateText,
} from '../message.ts'
import type { Webhook } from './webhook.ts'

export type ChannelEvent =
  | { readonly type: 'message'; readonly message: InboundMessage }
  | { readonly type: 'receipt'; readonly receipt: Receipt }
  | ReachEvent
  | GroupEvent
  | MovedEvent

/** The provider says that this account can no longer, or again, reach this person (blocked, unblocked). */
export interface ReachEvent {
  readonly type: 'opt-out' | 'opt-in'
  readonly from: Address
  readonly account: string
}

/** The account was taken into a group of people, or put out of it; groups are written to, never answered. */
export interface GroupEvent {
  readonly type: 'group'
  readonly account: string
  readonly address: Address
  readonly title: string | null
  readonly state: 'member' | 'left'
  /** The provider gave the group a new address. */
  readonly movedTo: Address | null
}

/** The provider says that one and the same person is known by another name from now on (a changed number). */
export interface MovedEvent {
  readonly type: 'moved'
  readonly account: string
  /** What comes again under it moves nobody: the former number may be somebody else's by then. */
  readonly providerId: string
  readonly from: Address
  readonly to: Address
  /** Other names under which the same person is known there, as far as they were told. */
  readonly alsoKnownAs: readonly Address[]
}

/** Resolves once the event is stored. Rejects when it could not be: the provider must hear a 5xx. */
export type Receive = (event: ChannelEvent) => Promise<void>

/**
 * What the provider answered. A thrown error means we could not even ask, and counts as `retry`.
 * `afterMs` is the provider's own wait in milliseconds and is never shortened.
 */
export type SendResult =
  | { readonly outcome: 'accepted'; readonly providerIds: readonly string[] }
  | {
      readonly outcome: 'partly'
      readonly providerIds: readonly string[]
      readonly nextPart: number
      readonly reason: string
      readonly afterMs?: number
      /** The wait is this message's own: others need not wait with it. */
      readonly alone?: boolean
    }
  /** A part went, and the rest follows at once: written down in between, so that a crash repeats one part at most. */
  | {
      readonly outcome: 'onward'
      readonly providerIds: readonly string[]
      readonly nextPart: number
    }
  | { readonly outcome: 'unknown'; readonly reason: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterMs?: number }
  | { readonly outcome: 'throttled'; readonly reason: string; readonly afterMs?: number }
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'window-closed' }
  | { readonly outcome: 'opted-out' }
  | { readonly outcome: 'suspended'; readonly reason: string }
  /** The same people are at another address from now on: it is sent there, at once. */
  | { readonly outcome: 'moved'; readonly to: Address }

/**
 * What came of fetching an attachment. A thrown error counts as `retry`. `gone`: the provider has it no more and never
 * will. `too-big`: longer than `MOST_MEDIA_BYTES`, or than the provider lets anybody fetch. `afterMs` is never shortened.
 */
export type MediaResult =
  | { readonly outcome: 'fetched'; readonly bytes: Uint8Array }
  | { readonly outcome: 'gone'; readonly reason: string }
  | { readonly outcome: 'too-big' }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterMs?: number }

/** The bytes of a kept file by its digest; null: it is there no more. A channel is given it by main. */
export type ReadMedia = (digest: string) => Promise<Uint8Array | null>

type ChannelState = 'up' | 'down' | 'paused'

export interface ChannelHealth {
  readonly state: ChannelState
  readonly since: Date
  readonly lastIn: Date | null
  readonly lastOut: Date | null
  /** Why it is not up, in words for the operator; null when up. */
  readonly why: string | null
}

export interface CheckResult {
  readonly ok: boolean
  /** Nothing to mend, but worth knowing. */
  readonly note?: boolean
  readonly detail: string
}

export interface Channel {
  readonly name: ChannelName
  /** Names the account in inbox, outbox and health: `twilio`, `terminal`, ... */
  readonly account: string
  /** Where its provider posts to; http.ts answers them before anything else. */
  readonly webhooks?: readonly Webhook[]
  /** Where an account reaches more than its own name says (the terminal plays them all). */
  carries?(to: Address): boolean
  /** True where people can tap choices; elsewhere they are numbered in the text. */
  readonly buttons: boolean
  /**
   * How long after somebody's own last word to this account free words may go to them, in milliseconds; after that only
   * a template (`OutboundMessage.template`). None: always.
   */
  readonly freeForMs?: number
  /** True where whoever writes can be written to: their word opens an account that was closed for them. */
  readonly opensByHearing?: boolean
  /** True where the provider surely repeats what was not acknowledged, whatever its settings say. */
  readonly redelivers?: boolean
  start(receive: Receive): Promise<void>
  send(message: OutboundMessage): Promise<SendResult>
  /** Fetches what a message of this account came with, at most `MOST_MEDIA_BYTES`. None: its media stay where they are. */
  fetchMedia?(ref: MediaRef): Promise<MediaResult>
  /** Takes nothing more in; resolves when what it had begun is stored. Called while the gateway still takes turns. */
  closeIntake?(): Promise<void>
  /** Waits for what is in hand, at most some seconds. */
  stop(): Promise<void>
  /** Connects without sending anything. */
  check(): Promise<CheckResult>
  /** Holds what the city has against what is registered with the provider, and says each thing to mend. */
  checkTemplates?(wanted: readonly TemplateText[]): Promise<readonly CheckResult[]>
  health(): ChannelHealth
  /** What its provider said that the operator should know, though messages may still go. */
  warnings?(): readonly string[]
}

/** What an account keeps over restarts, and what one process alone may do for it. main builds it over the store. */
export interface AccountState {
  get(key: string): Promise<string | null>
  /** Durable once it resolves. */
  setMany(entries: Readonly<Record<string, string>>): Promise<void>
  /** Takes or renews it for `forMs`, by the database's clock. False: another process holds it. */
  lease(name: string, forMs: number): Promise<boolean>
  /** Hands it over at once. */
  release(name: string): Promise<void>
}

interface MenuCommand {
  /** Lower-case letters, digits, underscores; without the slash. */
  readonly command: string
  readonly description: string
}
/** The commands a chat app offers by itself, by language. */
export type Menus = Readonly<Partial<Record<Language, readonly MenuCommand[]>>>

/** The account an event came in by. */
export function accountOf(event: ChannelEvent): string {
  switch (event.type) {
    case 'message':
      return event.message.account
    case 'receipt':
      return event.receipt.account
    case 'opt-out':
    case 'opt-in':
    case 'group':
    case 'moved':
      return event.account
  }
}

/** The channel an event came in by. */
export function channelOfEvent(event: ChannelEvent): ChannelName {
  switch (event.type) {
    case 'message':
      return event.message.channel
    case 'receipt':
      return event.receipt.channel
    case 'opt-out':
    case 'opt-in':
    case 'moved':
      return channelOf(event.from)
    case 'group':
      return channelOf(event.address)
  }
}

/** Which addresses a channel can reach: those of its own name, unless it says otherwise. */
export function carries(channel: Pick<Channel, 'name' | 'carries'>, to: Address): boolean {
  return channel.carries?.(to) ?? to.startsWith(`${channel.name}:`)
}
