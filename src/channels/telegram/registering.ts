// Has Telegram post updates to our webhook, and looks now and then whether it still does.
// Rule: it never gives up; somebody else's webhook in our place is taken back.

import { pause } from '../patience.ts'
import type { BotApi } from './api.ts'
import { type Door, doorBefore } from './door.ts'
import type { Health } from './health.ts'
import { troubleOf } from './trouble.ts'
import { ALLOWED_UPDATES } from './update.ts'

export interface RegisteringParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly health: Pick<Health, 'turn'>
  readonly url: string
  readonly secret: string
  readonly clock: () => Date
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  /** How often it looks whether the webhook stands. 5 minutes unless told. */
  readonly lookMs?: number
}

const LOOK_MS = 5 * 60_000
/** Connections Telegram may open to us at once; one chat's updates always come one after the other. */
const MOST_CONNECTIONS = 40

export function createRegistering(parts: RegisteringParts): Door {
  const { api, health, url, secret, clock, wait } = parts
  const stopping = new AbortController()
  const { signal } = stopping

  /** Whether it stands. */
  async function register(strikes: number): Promise<boolean> {
    const answer = await api.ask(
      'setWebhook',
      {
        ...{ url, secret_token: secret, allowed_updates: [...ALLOWED_UPDATES] },
        max_connections: MOST_CONNECTIONS,
      },
      { signal },
    )
    if (answer.type === 'made') {
      health.turn('in', 'up', null)
      return true
    }
    if (answer.type === 'aborted') return false
    const { state, why, waitMs } = troubleOf(answer, strikes)
    health.turn('in', state, `the webhook is not registered: ${why}`)
    await wait(waitMs, signal)
    return false
  }

  /** Whether it still stands. Not being told changes nothing. */
  async function look(): Promise<boolean> {
    const answer = await api.ask('getWebhookInfo', {}, { signal })
    if (answer.type !== 'made') return true
    const info = answer.result
    if (info.url !== url) return false
    const failedMs = (info.last_error_date ?? 0) * 1000
    const failing = info.pending_update_count > 0 && clock().getTime() - failedMs < LOOK_MS
    const why = `Telegram does not reach PUBLIC_URL: ${info.last_error_message ?? 'no reason given'}`
    if (failing) health.turn('in', 'down', why)
    else health.turn('in', 'up', null)
    return true
  }

  async function run(met: () => void): Promise<void> {
    for (let strikes = 0; !signal.aborted; ) {
      const stands = await register(strikes)
      met()
      if (!stands) {
        strikes += 1
        continue
      }
      strikes = 0
      do await pause(parts.lookMs ?? LOOK_MS, signal)
      while (!signal.aborted && (await look()))
    }
  }

  return doorBefore(run, stopping)
}
