// The one connection of the account: made, watched, made again by the table, as long as the lease is ours.
// Rule: one process per account; nothing that goes wrong here ends the process.

import type { AccountState } from '../../channel.ts'
import { pause } from '../../patience.ts'
import { renewLease } from '../../renewing.ts'
import type { Health } from './health.ts'
import { afterEnding, type Next, OWN_STORE } from './reconnect.ts'
import type { Ending, Session } from './session-port.ts'
import { silenceOf } from './watchdog.ts'

/** What a session tells while it lives. */
export interface Told {
  readonly onFrame: () => void
  readonly onLife: () => void
  readonly onOpen: () => void
  readonly onLinking: () => void
}

export interface ConnectionParts {
  /** Rejects when the login cannot be read. */
  readonly open: (told: Told) => Promise<Session>
  /** The login is void: the next session begins with another. */
  readonly forget: () => Promise<void>
  readonly state: Pick<AccountState, 'lease' | 'release'>
  readonly health: Pick<Health, 'turn'>
  readonly nowMs: () => number
  readonly chance: () => number
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly onOpen: () => void
  readonly renewMs?: number
  readonly lookMs?: number
}

export interface Connection {
  /** Calls `met` when the first attempt has ended, well or not, or waits for a person. */
  run(met: () => void): Promise<void>
  /** Null: not open. */
  session(): Session | null
  /** The number is this process's to serve, connected or not. */
  isOurs(): boolean
  stop(): void
}

const LEASE = 'connect'
const RENEW_MS = 5_000
const LEASE_RENEWALS = 3
const LOOK_MS = 10_000
/** Open for so long, it counts as one that stood. */
const STOOD_MS = 60_000
const ELSEWHERE = 'another process of ours holds this number'
const LINKING = 'waits for a phone to be linked: see the terminal'

export function createConnection(parts: ConnectionParts): Connection {
  const { state, health, nowMs, wait } = parts
  const renewMs = parts.renewMs ?? RENEW_MS
  const stopping = new AbortController()
  let current: Session | null = null
  let strikes = 0
  let ours = false

  const lease = () => state.lease(LEASE, renewMs * LEASE_RENEWALS)

  async function run(met: () => void): Promise<void> {
    while (!stopping.signal.aborted) {
      if (await lease().catch(() => false)) await tenure(met)
      else {
        health.turn('down', ELSEWHERE)
        met()
        await pause(renewMs, stopping.signal)
      }
    }
    await state.release(LEASE).catch(() => {})
  }

  async function tenure(met: () => void): Promise<void> {
    ours = true
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping.signal, lost.signal])
    const renewing = renewLease({ lease, everyMs: renewMs }, lost, signal)
    while (!signal.aborted) {
      const next = await attempt(signal, met)
      met()
      if (!signal.aborted) await afterwards(next, signal)
    }
    ours = false
    lost.abort()
    await renewing
  }

  /** One session, to its end. */
  async function attempt(signal: AbortSignal, met: () => void): Promise<Next> {
    const beganAt = nowMs()
    const seen: {
      openAt: number | null
      frameAt: number | null
      lifeAt: number | null
      linking: boolean
    } = { openAt: null, frameAt: null, lifeAt: null, linking: false }
    let session: Session
    try {
      session = await parts.open({
        onFrame: () => {
          seen.frameAt = nowMs()
        },
        onLife: () => {
          seen.lifeAt = nowMs()
        },
        onOpen: () => {
          seen.openAt = nowMs()
          seen.linking = false
          current = session
          health.turn('up', null)
          parts.onOpen()
          met()
        },
        onLinking: () => {
          seen.linking = true
          health.turn('down', LINKING)
          met()
        },
      })
    } catch {
      // Nobody was called, so nobody is hammered: once the store is back it must not take minutes.
      return afterEnding({ code: OWN_STORE, strikes: 0, chance: parts.chance() })
    }
    const end = () => void session.end().catch(() => {})
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    let silent = false
    const looking = setInterval(() => {
      if (silent || silenceOf({ ...seen, beganAt }, nowMs()) === null) return
      silent = true
      end()
    }, parts.lookMs ?? LOOK_MS)
    const ending = await session.ended
    clearInterval(looking)
    signal.removeEventListener('abort', end)
    current = null
    if (seen.openAt !== null && nowMs() - seen.openAt >= STOOD_MS) strikes = 0
    return judged(silent ? { code: 408, byWhatsApp: false } : ending)
  }

  function judged({ code, byWhatsApp }: Ending): Next {
    const next = afterEnding({ code, strikes, chance: parts.chance() })
    strikes += 1
    // A proxy may say 401 too: that voids no login.
    return byWhatsApp ? next : { ...next, relink: false }
  }

  async function afterwards(next: Next, signal: AbortSignal): Promise<void> {
    health.turn(next.type === 'stop' ? 'paused' : 'down', next.why)
    if (next.relink) await parts.forget().catch(() => {})
    if (next.type === 'again') return next.inMs > 0 ? wait(next.inMs, signal) : undefined
    // Until somebody has done what is needed and starts us again.
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve())
      if (signal.aborted) resolve()
    })
  }

  return { run, session: () => current, isOurs: () => ours, stop: () => stopping.abort() }
}
