// What the store remembers of how channels fare: what came in hour by hour, how each process sees its accounts, and
// the incidents that were told. Written once a minute by each process, never with a turn.

import type { NewOutbound } from './outbox-port.ts'

type SeenState = 'up' | 'down' | 'paused'

/** How one process sees one of its accounts. */
export interface AccountView {
  readonly account: string
  readonly state: SeenState
  readonly since: Date
  /** Null: not since this process began. */
  readonly lastIn: Date | null
  readonly lastOut: Date | null
  /** Messages since the last time it told, by hour of the epoch. An hour with 0 says that somebody was there. */
  readonly received: readonly { readonly hour: number; readonly count: number }[]
}

/** `down`: it cannot carry. `silent`: nothing comes in where much used to. */
export type AlarmKind = 'down' | 'silent'

/** What all processes together know of an account. */
export interface AccountPast {
  readonly account: string
  readonly lastIn: Date | null
  readonly lastOut: Date | null
  /** Since when each incident that is open was told; null: none is. */
  readonly alarms: Readonly<Record<AlarmKind, Date | null>>
}

/** An incident is opened or ended. */
export interface AlarmChange {
  readonly account: string
  readonly kind: AlarmKind
  /** As it was read: null where none was open. Changed meanwhile: `stale`. */
  readonly expected: Date | null
  /** Null: it is over. */
  readonly next: Date | null
}

export interface WatchStore {
  /** Adds what came in, replaces how `holder` sees its accounts; resolves with their past, in the order given. */
  noteChannels(
    holder: string,
    views: readonly AccountView[],
    now: Date,
  ): Promise<readonly AccountPast[]>
  /** `holder` looks no more: what it saw last says nothing now. */
  forgetViews(holder: string): Promise<void>
  /** How processes see the account that looked at it since then. */
  channelViews(
    account: string,
    since: Date,
  ): Promise<readonly { readonly state: SeenState; readonly since: Date }[]>
  /** Messages in each hour of the epoch from `from` to `to`, both included; hours in which nobody was there are missing. */
  traffic(
    account: string,
    from: number,
    to: number,
  ): Promise<readonly { readonly hour: number; readonly received: number }[]>
  /** Opens or ends an incident, together with what is said of it. */
  commitAlarm(change: AlarmChange, outbound: readonly NewOutbound[]): Promise<'committed' | 'stale'>
}
