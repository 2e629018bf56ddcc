// What the error codes of the Cloud API mean for a message: one row for each we know, the HTTP status for the rest.
// Rule: a code we do not know is tried again, never given up: losing a ticket is worse than sending it twice.

import type { Receipt } from '../../../message.ts'
import type { CodeClass, Verdict } from '../../verdict.ts'
import { PAIR_MS } from './limits.ts'

/** How long what Meta held back waits. */
export const DAY_MS = 24 * 3_600_000

/** `tomorrow`: not before a day has passed. `pair`: not before this person may hear the next one. */
type CloudClass = CodeClass | 'tomorrow' | 'pair'

interface CodeRow {
  readonly code: number
  readonly class: CloudClass
  /** For the operator; never Meta's own sentence, which may repeat the number. */
  readonly meaning: string
}

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes] */
const CODES: readonly CodeRow[] = [
  { code: 190, class: 'suspended', meaning: 'the token has expired or is not accepted' },
  { code: 368, class: 'suspended', meaning: 'the account is blocked for breaking a policy' },
  { code: 131031, class: 'suspended', meaning: 'the account is locked' },
  { code: 131042, class: 'suspended', meaning: 'there is trouble with the payment' },
  { code: 10, class: 'suspended', meaning: 'the token lacks a permission' },
  { code: 200, class: 'suspended', meaning: 'the token lacks a permission' },
  { code: 3, class: 'suspended', meaning: 'the token lacks a capability' },

  { code: 131047, class: 'window', meaning: 'more than 24 hours since the person wrote' },
  { code: 131049, class: 'tomorrow', meaning: 'Meta held it back to keep people content' },

  { code: 4, class: 'throttled', meaning: 'too many calls of the app' },
  { code: 80007, class: 'throttled', meaning: 'too many calls of the account' },
  { code: 130429, class: 'throttled', meaning: 'the throughput of the number is exceeded' },
  { code: 131048, class: 'throttled', meaning: 'too many messages were taken for spam' },
  { code: 133016, class: 'throttled', meaning: 'the number was registered too often' },

  { code: 1, class: 'transient', meaning: 'an unknown fault of Meta' },
  { code: 2, class: 'transient', meaning: 'the service is down' },
  { code: 131000, class: 'transient', meaning: 'an unknown fault of Meta' },
  { code: 131016, class: 'transient', meaning: 'the service is overloaded' },
  // Of this one pair: nobody else waits for it.
  { code: 131056, class: 'pair', meaning: 'too many messages to this one person' },
  { code: 131057, class: 'transient', meaning: 'the account is in maintenance' },

  { code: 100, class: 'permanent', meaning: 'a parameter is not valid' },
  { code: 131008, class: 'permanent', meaning: 'a parameter is missing' },
  { code: 131009, class: 'permanent', meaning: 'a value is not valid' },
  { code: 131026, class: 'permanent', meaning: 'it cannot be delivered to this number' },
  { code: 131062, class: 'permanent', meaning: 'it goes to numbers alone, and this one is hidden' },
  { code: 131051, class: 'permanent', meaning: 'this kind of message is not carried' },
  { code: 132000, class: 'permanent', meaning: 'the template has other parameters' },
  { code: 132001, class: 'permanent', meaning: 'there is no such template in this language' },
  { code: 132005, class: 'permanent', meaning: 'the template is too long once it is filled' },
  { code: 132007, class: 'permanent', meaning: 'the template breaks a policy' },
  { code: 132012, class: 'permanent', meaning: 'a parameter of the template is not valid' },
  { code: 132015, class: 'permanent', meaning: 'the template is paused for its low quality' },
  { code: 132016, class: 'permanent', meaning: 'the template is disabled for its low quality' },
  { code: 130472, class: 'permanent', meaning: 'this number takes part in an experiment of Meta' },
]

/** Each language of a template is approved, paused and disabled by itself. */
const NO_TEMPLATE: ReadonlySet<number | null> = new Set([132001, 132015, 132016])

/** In this language the template is not to be had; in another one it may be. */
export const isNoTemplate = (code: number | null): boolean => NO_TEMPLATE.has(code)

const ROWS = new Map(CODES.map((row) => [row.code, row]))

interface CloudVerdict extends Omit<Verdict, 'class'> {
  readonly class: CloudClass
}

/** A refused request: its code decides, else its HTTP status. */
export function judgeRefusal(status: number, code: number | null): CloudVerdict {
  const row = code === null ? undefined : ROWS.get(code)
  const named = code === null ? `HTTP ${status}` : `HTTP ${status}, code ${code}`
  if (row !== undefined) return { class: row.class, reason: `${named}: ${row.meaning}` }
  if (status === 429) return { class: 'throttled', reason: `${named}: too many requests` }
  if (status === 401 || status === 403)
    return { class: 'suspended', reason: `${named}: the token is not accepted` }
  return { class: 'transient', reason: status >= 500 ? `${named}: Meta's fault` : named }
}

/** A failed receipt, by the code it carries, if any: what Meta held back comes as often this way as by a refusal. */
export function judgeReceipt(code: number | null): Pick<Receipt, 'failure' | 'afterMs'> {
  const known = code === null ? undefined : ROWS.get(code)?.class
  switch (known) {
    case 'permanent':
    case 'suspended':
    case 'opted-out':
    case 'window':
      return { failure: known }
    case 'tomorrow':
      return { failure: 'transient', afterMs: DAY_MS }
    case 'pair':
      return { failure: 'transient', afterMs: PAIR_MS }
    default:
      return { failure: 'transient' }
  }
}
