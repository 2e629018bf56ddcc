// Carries one leased message: picks its channel, asks whether it may go now, sends, says what became of it.
// A channel that throws or never answers is one more outcome; only the store's faults are thrown.

import { type Channel, carries, type SendResult } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import type { Chance, Clock } from '../clock.ts'
import type { TemplateMessage } from '../message.ts'
import type { Leased, Settlement } from '../store/outbox-port.ts'
import type { PeopleStore } from '../store/people-port.ts'
import type { AccountPauses } from './account-pauses.ts'
import type { Budget } from './budget.ts'
import { afterQuiet } from './hours.ts'
import { isUrgentPing } from './pings.ts'
import { settlementOf } from './send-outcome.ts'
import { sendWithin } from './send-within.ts'
import type { Guarded } from './strangers.ts'
import type { OutboxLog, OutboxObserver } from './watchers.ts'
import type { FormOf } from './window.ts'

export interface CarrierParts {
  readonly store: Pick<PeopleStore, 'setOptOut' | 'moveAddress'>
  /** Where several carry the same address, the first is preferred. */
  readonly channels: readonly Channel[]
  readonly city: City
  readonly pauses: AccountPauses
  readonly budget: Budget
  readonly formOf: FormOf
  readonly guarded: Guarded
  readonly clock: Clock
  readonly chance: Chance
  readonly log: OutboxLog
  readonly observe: OutboxObserver
  readonly sendTimeoutMs: number
  /** Writes down what a provider answered, again while the store is away: unwritten, it would be asked twice. */
  readonly insist: <T>(write: () => Promise<T>) => Promise<T>
}

/** From lease to settlement; the caller writes the settlement down. */
export type Carry = (row: Leased) => Promise<Settlement>

/** A message that no channel can carry is looked at again this often. */
const NO_ROUTE_MS = 60_000

export function createCarrier(parts: CarrierParts): Carry {
  const { store, city, channels, pauses, budget, clock, chance, log, observe } = parts

  /** By the account it belongs to, else by any that reaches the address. */
  function route(row: Leased): Channel | null {
    const able = channels.filter(
      (channel) =>
        carries(channel, row.address) && !(row.closed && channel.account === row.account),
    )
    return able.find(({ account }) => account === row.account) ?? able[0] ?? null
  }

  /**
   * Why it must not be sent now; null: send. Quiet hours are asked for here too: what backed off or
   * waited for a start may come up at night.
   */
  async function hold(row: Leased, { account }: Channel, now: Date): Promise<Settlement | null> {
    const morning = row.lane === 'notice' && !isUrgentPing(row.kind) ? afterQuiet(now, city) : now
    if (morning > now) return { status: 'put-off', dueAt: morning, reason: 'quiet hours' }
    const wait = await budget.waitFor(row, account)
    if (wait !== null) return { status: 'put-off', dueAt: wait.until, reason: wait.reason }
    const until = await pauses.blockedUntil(account)
    if (until === null || until <= now) return null
    return { status: 'retry', retryAt: until, reason: 'the account is paused', counts: false }
  }

  /** Keeps the account's pauses; returns when this account may send again, if it must wait. */
  async function heed(result: SendResult, account: string): Promise<Date | null> {
    switch (result.outcome) {
      case 'throttled':
        return pauses.throttle(account, result.afterMs, result.reason)
      case 'suspended':
        log.error({ account, reason: result.reason }, 'the account is suspended; ask the provider')
        return pauses.suspend(account, result.reason)
      case 'partly':
        if (result.afterMs === undefined || result.alone === true) return null
        return pauses.throttle(account, result.afterMs, result.reason)
      case 'accepted':
      case 'onward':
        await pauses.well(account)
        return null
      case 'unknown':
      case 'retry':
      case 'rejected':
      case 'window-closed':
      case 'opted-out':
      case 'moved':
        return null
    }
  }

  /** Opted out of this account, but another one reaches the same address: at once by that one. */
  async function otherWay(row: Leased, account: string, now: Date): Promise<Settlement | null> {
    if (row.account !== account || route({ ...row, closed: true }) === null) return null
    await store.setOptOut(row.address, account, true, now)
    return { status: 'retry', retryAt: now, reason: `opted out of ${account}`, counts: true }
  }

  function report(
    row: Leased,
    channel: Channel,
    result: SendResult,
    { template, ms }: { readonly template?: string | undefined; readonly ms: number },
  ): void {
    const { name, account } = channel
    const { id, personId: person, ticket, kind, attempts } = row
    const { outcome } = result
    observe.send(name, ms / 1000)
    observe.outbound(name, kind, outcome)
    if (outcome === 'accepted') observe.segments(name, kind, row.segments)
    const reason = 'reason' in result ? result.reason : undefined
    const about = { id, person, channel: name, account, ticket, kind, template }
    const fields = { ...about, outcome, attempts, ms, reason }
    if (outcome === 'accepted' || outcome === 'onward') log.info(fields, 'sent')
    else log.warn(fields, 'not sent')
  }

  async function deliver(row: Leased, channel: Channel): Promise<Settlement> {
    const { account } = channel
    const started = clock()
    const form = await parts.formOf(row, channel, started)
    if (form === null) return shutOut(row, channel, started)
    const { template } = form
    const result = await sendWithin(channel, row, template, parts.sendTimeoutMs)
    const now = clock()
    const pausedUntil = await parts.insist(() => heed(result, account))
    const ms = now.getTime() - started.getTime()
    report(row, channel, result, { template: template?.name, ms })
    if (result.outcome === 'window-closed' && mayRetry(channel, template)) return asTemplate(now)
    if (result.outcome === 'moved')
      await parts.insist(() => store.moveAddress(row.address, result.to, now))
    const optedOut = result.outcome === 'opted-out'
    const other = optedOut ? await parts.insist(() => otherWay(row, account, now)) : null
    return other ?? settlementOf(result, { row, account, now, chance, pausedUntil })
  }

  /** Not even asked: the provider would refuse it. */
  function shutOut(row: Leased, channel: Channel, at: Date): Settlement {
    const { name, account } = channel
    const { id, personId: person, ticket, kind, attempts } = row
    const outcome = 'window-closed'
    observe.outbound(name, kind, outcome)
    log.warn({ id, person, channel: name, account, ticket, kind, outcome, attempts }, 'not sent')
    return settlementOf({ outcome }, { row, account, now: at, chance, pausedUntil: null })
  }

  return async (row) => {
    const now = clock()
    if (row.expiresAt <= now) return { status: 'expired', at: now }
    const channel = route(row)
    if (channel === null) return nowhere(row, now)
    const held = await hold(row, channel, now)
    if (held !== null) return held
    const guarded = await parts.guarded(row)
    return guarded === null ? strange(row, now) : deliver(guarded, channel)
  }
}

/** What was refused in its own words may still go as a template; what was one already may not. */
function mayRetry({ freeForMs }: Channel, template: TemplateMessage | undefined): boolean {
  return freeForMs !== undefined && template === undefined
}

function asTemplate(now: Date): Settlement {
  const reason = 'the window for free text is closed'
  return { status: 'retry', retryAt: now, reason, counts: true, asTemplate: true }
}

function strange({ account }: Leased, at: Date): Settlement {
  return {
    status: 'failed',
    reason: "the number may be another's by now",
    at,
    optedOut: false,
    account,
  }
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
