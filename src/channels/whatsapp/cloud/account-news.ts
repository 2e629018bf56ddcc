// What Meta says of our account and templates by itself: kept as warnings for the operator until it says better.
// Rule: it is only told. What goes and what does not is decided by what Meta answers to a message.
// [https://developers.facebook.com/docs/whatsapp/business-management-api/webhooks/components]

import { z } from 'zod'

/** One change of a field that is about the account, not about people. */
export interface AccountNews {
  readonly field: string
  readonly value: unknown
}

export const ACCOUNT_FIELDS: readonly string[] = [
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'phone_number_quality_update',
  'business_capability_update',
]

/** Meta's words of one kind; whatever else is in them stays out of logs and pages. */
const word = z
  .string()
  .regex(/^[\w. -]{1,64}$/)
  .optional()
  .catch(undefined)
const shape = z
  .object({
    event: word,
    decision: word,
    new_quality_score: word,
    new_category: word,
    reason: word,
    message_template_name: z
      .string()
      .regex(/^[a-z0-9_]{1,512}$/)
      .optional()
      .catch(undefined),
    message_template_language: word,
  })
  .catch({})

/** An event by which all is well again. */
const WELL: readonly string[] = [
  'APPROVED',
  'REINSTATED',
  'UNPAUSED',
  'GREEN',
  'VERIFIED_ACCOUNT',
  'UNKNOWN',
]
const MOST = 50

export interface AccountWarnings {
  /** What is to be logged; null: all is well. */
  take(news: AccountNews): string | null
  list(): readonly string[]
}

/** In memory: a restart forgets them, `kentongan check` asks Meta anew. */
export function createAccountWarnings(): AccountWarnings {
  const kept = new Map<string, string>()
  return {
    take({ field, value }) {
      const read = shape.parse(value)
      const { message_template_name: name, message_template_language: language } = read
      const about = name === undefined ? '' : ` of ${name} (${language ?? 'every language'})`
      const event =
        read.event ?? read.decision ?? read.new_quality_score ?? read.new_category ?? 'a change'
      const key = `${field}${about}`
      if (WELL.includes(event.toUpperCase())) {
        kept.delete(key)
        return null
      }
      const why = read.reason === undefined || read.reason === 'NONE' ? '' : ` (${read.reason})`
      const told = `WhatsApp: Meta reports ${event}${why} by ${field}${about}. See WhatsApp Manager.`
      kept.delete(key)
      kept.set(key, told)
      for (const [oldest] of kept) if (kept.size > MOST) kept.delete(oldest)
      return told
    },
    list: () => [...kept.values()],
  }
}
