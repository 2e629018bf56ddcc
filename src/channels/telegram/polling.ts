// Long polling, our own loop: fetches, has it stored, and only then asks for what follows.
// Rule: an update that is not stored is never passed; nothing that goes wrong here ends the process.

import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { AccountState } from '../channel.ts'
import { pause } from '../patience.ts'
import { renewLease } from '../renewing.ts'
import type { BotApi } from './api.ts'
import { createBatches } from './batch.ts'
import { type Door, doorBefore } from './door.ts'
import type { Health } from './health.ts'
import type { Intake } from './intake.ts'
import { createOffset } from './offset.ts'
import { backOffMs, type Failed, troubleOf } from './trouble.ts'
import { ALLOWED_UPDATES } from './update.ts'

export interface PollingParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly intake: Intake
  readonly state: AccountState
  readonly health: Pick<Health, 'turn'>
  readonly clock: Clock
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** How often the lease is renewed. 5 s unless told. */
  readonly renewMs?: number
}

const LEASE = 'poll'
const RENEW_MS = 5_000
/** Renewals that may be missed. */
const LEASE_RENEWALS = 3
/** Shorter than what proxies allow a connection to stay silent. */
const POLL_S = 25
/** Added to it before an answer counts as lost. */
const GRACE_MS = 10_000
const MOST_UPDATES = 100
/** Between two tries to have stored what was brought: people wait for their answers. */
const STORE_AGAIN_MS = 5_000
/** Telegram holds a poll open until there is something; whatever answers in its place may not. */
const EMPTY_MS = 500

const NO_LIST = { type: 'silent', why: 'an answer without updates' } as const
const OTHER = 'HTTP 409: another program fetches the updates of this bot; stop it'

export function createPolling(parts: PollingParts): Door {
  const { api, intake, state, health, clock, wait, log } = parts
  const renewMs = parts.renewMs ?? RENEW_MS
  const stopping = new AbortController()
  const offset = createOffset(parts)
  const batches = createBatches({ intake, log, stopping: stopping.signal })
  /** No webhook stands in the way. */
  let free = false
  let strikes = 0

  async function run(met: () => void): Promise<void> {
    while (!stopping.signal.aborted) {
      if (await holdsLease()) await tenure(met)
      else {
        // Another process of ours fetches; this one only speaks.
        health.turn('in', 'up', null)
        met()
        await pause(renewMs, stopping.signal)
      }
    }
    await state.release(LEASE).catch(() => {})
  }

  const lease = () => state.lease(LEASE, renewMs * LEASE_RENEWALS)

  async function holdsLease(): Promise<boolean> {
    try {
      return await lease()
    } catch (error) {
      log.warn({ err: error }, 'the database does not say who polls Telegram')
      return false
    }
  }

  /** As long as the lease is ours. */
  async function tenure(met: () => void): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping.signal, lost.signal])
    const renewing = renewLease({ lease, everyMs: renewMs }, lost, signal)
    free = false
    strikes = 0
    while (!signal.aborted) {
      const ms = free ? await poll(signal) : await freed(signal)
      met()
      if (ms > 0) await wait(ms, signal)
    }
    lost.abort()
    await renewing
  }

  /** A webhook that was set, and polling, shut each other out. What waits for it stays. */
  async function freed(signal: AbortSignal): Promise<number> {
    const answer = await api.ask('deleteWebhook', { drop_pending_updates: false }, { signal })
    if (answer.type === 'made') health.turn('in', 'up', null)
    // Refused, the poll itself will say what is wrong.
    else if (answer.type !== 'refused' || answer.waitMs !== null) return backOff(answer)
    free = true
    return 0
  }

  /** How long to wait before the next one. */
  async function poll(signal: AbortSignal): Promise<number> {
    const from = await offset.next()
    const askedAt = clock().getTime()
    const answer = await api.ask(
      'getUpdates',
      {
        ...(from === null ? {} : { offset: from }),
        ...{ limit: MOST_UPDATES, timeout: POLL_S, allowed_updates: [...ALLOWED_UPDATES] },
      },
      { timeoutMs: POLL_S * 1000 + GRACE_MS, signal },
    )
    if (answer.type !== 'made') return backOff(answer)
    if (!Array.isArray(answer.result)) return backOff(NO_LIST)
    const { next, stored } = await batches.store(answer.result)
    if (next !== null) await offset.passed(next)
    if (!stored) {
      if (stopping.signal.aborted) return 0
      health.turn('in', 'down', 'what Telegram brought could not be stored; see the log')
      return Math.min(STORE_AGAIN_MS, backOffMs(strikes++))
    }
    strikes = 0
    health.turn('in', 'up', null)
    return next === null && clock().getTime() - askedAt < EMPTY_MS ? EMPTY_MS : 0
  }

  function backOff(answer: Failed): number {
    if (answer.type === 'aborted') return 0
    const { state: how, why, waitMs } = troubleOf(answer, strikes++)
    const conflict = answer.type === 'refused' && answer.status === 409
    if (conflict && /webhook/i.test(answer.says)) free = false
    health.turn('in', how, conflict && free ? OTHER : why)
    return waitMs
  }

  return doorBefore(run, stopping)
}
