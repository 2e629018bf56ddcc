// The only way to send. Leases what is due, hands it to its channel, and settles what became of it.
// At least once: a crash between send and settle may repeat that one message, never lose it.

import { type Channel, carries, type SendResult } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import type { Chance, Clock, NewId } from '../clock.ts'
import type { Receipt } from '../message.ts'
import type { Leased, Settlement, Store } from '../store/store.ts'
import { createAccountPauses } from './account-pauses.ts'
import { createBudget } from './budget.ts'
import { createLanePump } from './lane-pump.ts'
import { ANSWER_KIND } from './outbound-row.ts'
import { createReceipts } from './receipts.ts'
import { settlementOf } from './send-outcome.ts'

export interface OutboxLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

export interface OutboxParts {
  readonly store: Store
  /** Where several carry the same address, the first is preferred. */
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly newId: NewId
  readonly chance: Chance
  readonly city: City
  readonly log: OutboxLog
  readonly observe: {
    outbound(channel: string, kind: string, outcome: string): void
    send(channel: string, seconds: number): void
    segments(channel: string, kind: string, count: number): void
  }
  /** How long a channel may take for one send; then the outcome counts as unknown. */
  readonly sendTimeoutMs?: number
}

export interface AnswerEvents {
  /** A channel accepted one: the citizen's reply clock may start. */
  readonly accepted: () => void
  /** One that was accepted has failed for good. */
  readonly lost: (ticket: string) => Promise<unknown>
}

export interface Outbox {
  /** A hint that there is something to send; the schedule alone is enough. */
  wake(): void
  /** Resolves when nothing is due any more. */
  drain(): Promise<void>
  /** What a provider says became of a message. Resolves once it is stored. */
  receipt(receipt: Receipt): Promise<void>
  /** Who follows the fate of answers. */
  onAnswer(then: AnswerEvents): void
  /** Reads the budgets anew, for `warnings`. */
  look(): Promise<void>
  /** What the operator should know now. */
  warnings(): readonly string[]
  /** No new sends; those in hand are settled. */
  stop(): Promise<void>
}

const WIDTH = { reply: 16, notice: 16 } as const
const LEASE_MS = 90_000
const SEND_TIMEOUT_MS = 30_000
/** A message that no channel can carry is looked at again this often. */
const NO_ROUTE_MS = 60_000
/** Timers longer than this are left to the schedule. */
const LONGEST_TIMER_MS = 60_000

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, channels, clock, chance, city, log, observe } = parts
  const pauses = createAccountPauses({ store, clock, chance })
  const budget = createBudget({ store, city, clock })
  const receipts = createReceipts({
    ...{ store, clock, chance, pauses, log, observe },
    onLostAnswer: (ticket) => answers.lost(ticket),
  })
  const timers = new Set<NodeJS.Timeout>()
  let answers: AnswerEvents = { accepted: () => {}, lost: async () => {} }

  const pumps = (['reply', 'notice'] as const).map((lane) =>
    createLanePump({
      lane,
      width: WIDTH[lane],
      lease: (of, limit) => store.leaseDue(clock(), LEASE_MS, limit, of),
      carry,
      onFault: (error) =>
        log.error({ err: error, lane }, 'the outbox stopped; the schedule starts it again'),
    }),
  )
  const wake = () => {
    for (const pump of pumps) pump.wake()
  }

  function route(row: Leased): Channel | null {
    const able = channels.filter(
      (channel) =>
        carries(channel, row.address) && !(row.closed && channel.account === row.account),
    )
    return able.find(({ account }) => account === row.account) ?? able[0] ?? null
  }

  /** Why it must not be sent now, as a settlement; null: send. */
  async function hold(row: Leased, channel: Channel | null): Promise<Settlement | null> {
    const now = clock()
    if (row.expiresAt <= now) return { status: 'expired', at: now }
    if (channel === null) return nowhere(row, now)
    const wait = await budget.waitFor(row, channel.account)
    if (wait !== null) return { status: 'put-off', dueAt: wait.until, reason: wait.reason }
    const until = await pauses.blockedUntil(channel.account)
    if (until === null) return null
    return { status: 'retry', retryAt: until, reason: 'the account is paused', counts: false }
  }

  /** Another channel may be turned on again; a person who opted out of the only one is out of reach. */
  function nowhere({ closed, account }: Leased, at: Date): Settlement {
    if (closed) {
      const reason = 'this person opted out of the only account that reaches them'
      return { status: 'failed', reason, at, optedOut: true, account }
    }
    const retryAt = new Date(at.getTime() + NO_ROUTE_MS)
    return { status: 'retry', retryAt, reason: 'no channel carries this address', counts: false }
  }

  /** Keeps the account's pauses; returns when this account may send again, if it must wait. */
  async function heed(result: SendResult, account: string): Promise<Date | null> {
    switch (result.outcome) {
      case 'throttled':
        return pauses.throttle(account, result.afterMs, result.reason)
      case 'suspended':
        log.error({ account, reason: result.reason }, 'the account is suspended; ask the provider')
        return pauses.suspend(account, result.reason)
      case 'accepted':
      case 'partly':
        await pauses.well(account)
        return null
      default:
        return null
    }
  }

  async function settle(row: Leased, settlement: Settlement): Promise<void> {
    await store.settle(row.id, row.lease, settlement)
    if (settlement.status === 'retry' || settlement.status === 'partly') wakeAt(settlement.retryAt)
    if (settlement.status === 'put-off') wakeAt(settlement.dueAt)
  }

  /** Opted out of this account, but another one reaches the same address: at once by that one. */
  async function otherWay(
    row: Leased,
    { outcome }: SendResult,
    account: string,
    now: Date,
  ): Promise<Settlement | null> {
    if (outcome !== 'opted-out' || row.account !== account) return null
    if (route({ ...row, closed: true }) === null) return null
    await store.setOptOut(row.address, account, true, now)
    return { status: 'retry', retryAt: now, reason: `opted out of ${account}`, counts: true }
  }

  async function deliver(row: Leased, channel: Channel): Promise<void> {
    const { account, name } = channel
    const started = clock()
    const result = await sendWithin(channel, row, parts.sendTimeoutMs ?? SEND_TIMEOUT_MS)
    const now = clock()
    const pausedUntil = await heed(result, account)
    const settlement = settlementOf(result, { row, account, now, chance, pausedUntil })
    await settle(row, (await otherWay(row, result, account, now)) ?? settlement)
    report(row, channel, result, now.getTime() - started.getTime())
    if (result.outcome !== 'accepted') return
    observe.segments(name, row.kind, row.segments)
    if (row.kind === ANSWER_KIND) answers.accepted()
  }

  function report(row: Leased, channel: Channel, result: SendResult, ms: number): void {
    const { name, account } = channel
    const { personId: person, ticket, kind, attempts } = row
    observe.send(name, ms / 1000)
    observe.outbound(name, kind, result.outcome)
    const reason = 'reason' in result ? result.reason : undefined
    const { outcome } = result
    const fields = { person, channel: name, account, ticket, kind, outcome, attempts, ms, reason }
    if (outcome === 'accepted') log.info(fields, 'sent')
    else log.warn(fields, 'not sent')
  }

  async function carry(row: Leased): Promise<void> {
    try {
      const channel = route(row)
      const held = await hold(row, channel)
      if (held !== null) await settle(row, held)
      else if (channel !== null) await deliver(row, channel)
    } catch (error) {
      // The store is away: the lease runs out and the message is sent again.
      log.error({ err: error, person: row.personId, kind: row.kind }, 'a send was not settled')
    }
  }

  /** Retries do not wait for the minute of the schedule. */
  function wakeAt(at: Date): void {
    const ms = at.getTime() - clock().getTime()
    if (ms > LONGEST_TIMER_MS) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      wake()
    }, Math.max(0, ms) + 1)
    timer.unref()
    timers.add(timer)
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
    onAnswer: (then) => {
      answers = then
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
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      await Promise.all(pumps.map((pump) => pump.stop()))
    },
  }
}

/** A thrown error means we could not even ask; no answer in time may mean anything. */
async function sendWithin(channel: Channel, row: Leased, ms: number): Promise<SendResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<SendResult>((resolve) => {
    const reason = `no answer within ${ms} ms`
    timer = setTimeout(() => resolve({ outcome: 'unknown', reason }), ms)
  })
  const { id, address: to, text, choices, nextPart } = row
  const asked = async () => channel.send({ id, to, text, choices, nextPart })
  try {
    return await Promise.race([asked(), late])
  } catch (error) {
    return { outcome: 'retry', reason: error instanceof Error ? error.message : 'thrown' }
  } finally {
    clearTimeout(timer)
  }
}
