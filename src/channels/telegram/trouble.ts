// What a call that brings nothing home says about the account, and how long to leave it alone.
// Rule: Telegram's own wait is never shortened; whatever else it is, we come again and never give up.

import type { Answer } from './api.ts'
import { judge } from './codes.ts'

export interface Trouble {
  readonly state: 'down' | 'paused'
  /** For the operator. */
  readonly why: string
  readonly waitMs: number
}

export type Failed = Exclude<Answer<unknown>, { readonly type: 'made' }>

const SHORTEST_MS = 1_000
const LONGEST_MS = 60_000
/** A token that is not accepted will not be in a minute either. */
const SUSPENDED_MS = 5 * 60_000

/** `strikes`: failures in a row before this one. */
export function backOffMs(strikes: number): number {
  return Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(strikes, 10))
}

export function troubleOf(failed: Failed, strikes: number): Trouble {
  const waitMs = backOffMs(strikes)
  switch (failed.type) {
    case 'unreachable':
    case 'silent':
      return { state: 'down', why: `no answer from Telegram (${failed.why})`, waitMs }
    case 'aborted':
      return { state: 'down', why: 'broken off', waitMs: 0 }
    case 'refused': {
      const { class: kind, reason } = judge(failed)
      if (kind === 'suspended')
        return { state: 'paused', why: `${reason}; check TELEGRAM_BOT_TOKEN`, waitMs: SUSPENDED_MS }
      return { state: 'down', why: reason, waitMs: failed.waitMs ?? waitMs }
    }
  }
}
