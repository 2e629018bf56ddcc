// The only way to send. Leases what is due, hands it to its channel, and settles what became of it.
// At least once: a crash between send and settle may repeat that one message, never lose it.

import type { Channel } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import type { Chance, Clock } from '../clock.ts'
import type { Receipt } from '../message.ts'
import { createPump } from '../pump.ts'
import { ANSWER_KIND, type Lane, type Leased, type Settlement } from '../store/outbox-port.ts'
import { type Store, StoreAway } from '../store/store.ts'
import { createAccountPauses } from './account-pauses.ts'
import { createBudget } from './budget.ts'
import { createCarrier } from './carrier.ts'
import { isPing } from './pings.ts'
import { createReceipts } from './receipts.ts'
import { createStrangers } from './strangers.ts'
import { createTemplates } from './templates.ts'
import type { OutboxLog, OutboxObserver } from './watchers.ts'
import { createWindow } from './window.ts'

export interface OutboxParts {
  readonly store: Store
  /** Where several carry the same address, the first is preferred. */
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly chance: Chance
  readonly city: City
  readonly log: OutboxLog
  readonly observe: OutboxObserver
  /** How long a channel may take for one send; then the outcome counts as unknown. */
  readonly sendTimeoutMs?: number
}

interface Fates {
  /** A channel accepted an answer: the citizen's reply clock may start. */
  readonly accepted: () => void
  /** Anything failed for good: it may have to go to another address. */
  readonly failed: () => Promise<unknown>
  /** That was an answer, which may have been accepted before. */
  readonly lost: (ticket: string) => Promise<unknown>
}

export interface Outbox {
  /** A hint that there is something to send; the schedule alone is enough. */
  wake(): void
  /** Resolves when nothing is due any more. */
  drain(): Promise<void>
  /** What a provider says became of a message. Resolves once it is stored. */
  receipt(receipt: Receipt): Promise<void>
  /** Who follows what becomes of the messages. */
  onFate(then: Fates): void
  /** Reads the budgets anew, for `warnings`. */
  look(): Promise<void>
  /** What the operator should know now. */
  warnings(): readonly string[]
  /** No new sends; those in hand are settled. */
  stop(): Promise<void>
}

const WIDTH = { reply: 16, notice: 16 } as const
/** Longer than a send may take; and after a crash as long as any unknown outcome waits for its receipt. */
const LEASE_MS = 60_000
const SEND_TIMEOUT_MS = 30_000
/** Between two tries to write down what became of a message while the store is away. */
const SETTLE_AGAIN_MS = 500
/** What waits longer is left to the schedule. */
const LONGEST_TIMER_MS = 60_000

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, channels, clock, chance, city, log, observe } = parts
  const pauses = createAccountPauses({ store, clock, chance })
  const budget = createBudget({ store, city, clock })
  const sendTimeoutMs = parts.sendTimeoutMs ?? SEND_TIMEOUT_MS
  const formOf = createWindow({ store, city, templateFor: createTemplates({ store, city, clock }) })
  const guarded = createStrangers({ store, city })
  const carry = createCarrier({ ...parts, pauses, budget, formOf, guarded, sendTimeoutMs, insist })
  let fates: Fates = { accepted: () => {}, failed: async () => {}, lost: async () => {} }
  const receipts = createReceipts({
    ...{ store, clock, chance, pauses, log, observe },
    onFailed,
  })
  let stopped = false
  const rings = new Map<number, NodeJS.Timeout>()

  async function follow({ kind, ticket }: Leased, { status }: Settlement): Promise<void> {
    if (status === 'sent' && kind === ANSWER_KIND) fates.accepted()
    if (status === 'failed' || status === 'expired') await onFailed(kind, ticket)
  }

  /** An answer may have been accepted before, and a receipt brought it back: then a clock is running. */
  async function onFailed(kind: string | null, ticket: string | null): Promise<void> {
    if (ticket === null && !isPing(kind ?? '')) return
    await fates.failed()
    if (kind === ANSWER_KIND && ticket !== null) await fates.lost(ticket)
  }

  /** The provider has answered: while the lease lasts, a store that comes back spares a second sending. */
  async function insist<T>(write: () => Promise<T>): Promise<T> {
    for (let waited = 0; ; waited += SETTLE_AGAIN_MS) {
      try {
        return await write()
      } catch (error) {
        if (!(error instanceof StoreAway) || stopped || waited >= LEASE_MS) throw error
        await new Promise((resolve) => setTimeout(resolve, SETTLE_AGAIN_MS))
      }
    }
  }

  async function carryAndSettle(row: Leased): Promise<void> {
    try {
      const settlement = await carry(row)
      await insist(() => store.settle(row.id, row.lease, settlement))
      await follow(row, settlement)
      if ('retryAt' in settlement) wakeAt(settlement.retryAt)
    } catch (error) {
      // The store is away for long: the lease runs out and the message is sent again.
      log.error({ err: error, person: row.personId, kind: row.kind }, 'a send was not settled')
    }
  }

  const pumps = (['reply', 'notice'] as const).map((lane) =>
    createPump({
      width: WIDTH[lane],
      lease: (limit: number) => leaseUnlessPaused(lane, limit),
      carry: carryAndSettle,
      onFault: (error) =>
        log.error({ err: error, lane }, 'nothing leased; the schedule tries again'),
    }),
  )
  const wake = () => {
    for (const pump of pumps) pump.wake()
  }

  /** While no account may send nothing is leased: a long outage costs nothing, and keeps every order. */
  async function leaseUnlessPaused(lane: Lane, limit: number): Promise<readonly Leased[]> {
    const ends: Date[] = []
    for (const { account } of channels) {
      const until = await pauses.pausedUntil(account)
      if (until === null) return store.leaseDue(clock(), LEASE_MS, limit, lane)
      ends.push(until)
    }
    for (const end of ends) wakeAt(end)
    return []
  }

  /** What comes up within the minute does not wait for the schedule. */
  function wakeAt(at: Date): void {
    const ms = at.getTime() - clock().getTime()
    if (ms > LONGEST_TIMER_MS || rings.has(at.getTime())) return
    const ring = () => {
      rings.delete(at.getTime())
      wake()
    }
    rings.set(at.getTime(), setTimeout(ring, Math.max(0, ms) + 1).unref())
  }

  return {
    wake,
    async drain() {
      await Promise.all(pumps.map((pump) => pump.drain()))
    },
    async receipt(receipt) {
      await receipts.take(receipt)
      wake()
    },
    onFate: (then) => {
      fates = then
    },
    async look() {
      for (const { account } of channels) await budget.look(account)
    },
    warnings: () => [
      ...budget.warnings(),
      ...pauses
        .list()
        .map(
          ({ account, until, reason }) =>
            `${account} is paused until ${until.toISOString()}: ${reason}`,
        ),
    ],
    async stop() {
      stopped = true
      for (const timer of rings.values()) clearTimeout(timer)
      rings.clear()
      await Promise.all(pumps.map((pump) => pump.stop()))
    },
  }
}
