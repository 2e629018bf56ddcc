// What Twilio's error codes mean for a message: one row for each code we know, the HTTP status for the rest.
// Rule: a code we do not know is tried again, never given up: losing a ticket is worse than sending it twice.

import type { FailureClass } from '../../../message.ts'
import type { CodeClass, Verdict } from '../../verdict.ts'

export interface CodeRow {
  readonly code: number
  readonly class: CodeClass
  /** For the operator; never Twilio's own sentence, which repeats the number. */
  readonly meaning: string
}

/** [https://www.twilio.com/docs/api/errors, each code on its own page] */
export const CODES: readonly CodeRow[] = [
  { code: 20003, class: 'suspended', meaning: 'the account SID or auth token is not accepted' },
  { code: 30002, class: 'suspended', meaning: 'the account is suspended' },

  { code: 21610, class: 'opted-out', meaning: 'this person sent STOP to Twilio' },

  { code: 20429, class: 'throttled', meaning: 'too many requests' },

  { code: 21611, class: 'transient', meaning: 'the queue of the sending number is full' },
  { code: 30001, class: 'transient', meaning: 'the queue of the account is full' },
  { code: 30003, class: 'transient', meaning: 'the phone is off or out of reach' },
  { code: 30008, class: 'transient', meaning: 'lost for an unknown reason' },
  { code: 30410, class: 'transient', meaning: 'the operator did not answer in time' },
  { code: 63017, class: 'transient', meaning: 'the rate of the channel is exceeded' },

  { code: 21211, class: 'permanent', meaning: 'not a phone number' },
  { code: 21408, class: 'permanent', meaning: 'sending to this country is not switched on' },
  { code: 21612, class: 'permanent', meaning: 'this sender cannot reach this number' },
  { code: 21614, class: 'permanent', meaning: 'not a mobile number' },
  { code: 21617, class: 'permanent', meaning: 'the text is too long' },
  { code: 30004, class: 'permanent', meaning: 'blocked by the receiver or the operator' },
  { code: 30005, class: 'permanent', meaning: 'the number does not exist' },
  { code: 30006, class: 'permanent', meaning: 'a landline, or an operator that takes no SMS' },
  { code: 30007, class: 'permanent', meaning: 'filtered by the operator' },
  { code: 63024, class: 'permanent', meaning: 'the receiver is not valid' },
]

const ROWS = new Map(CODES.map((row) => [row.code, row]))

/** A refused request: its code decides, else its HTTP status. */
export function judgeRefusal(status: number, code: number | null): Verdict {
  const row = code === null ? undefined : ROWS.get(code)
  const named = code === null ? `HTTP ${status}` : `HTTP ${status}, code ${code}`
  if (row !== undefined) return { class: row.class, reason: `${named}: ${row.meaning}` }
  if (status === 429) return { class: 'throttled', reason: `${named}: too many requests` }
  // 404: there is no such account at this address.
  if (status === 401 || status === 403 || status === 404)
    return { class: 'suspended', reason: `${named}: the account is not accepted` }
  return { class: 'transient', reason: status >= 500 ? `${named}: Twilio's fault` : named }
}

/** A failed receipt, by the code it carries, if any. */
export function judgeReceipt(code: number | null): FailureClass {
  const known = code === null ? undefined : ROWS.get(code)?.class
  return known === undefined || known === 'throttled' ? 'transient' : known
}
