// What a refusal of the Bot API means for a message: one row for each sentence we know, the status for the rest.
// Rule: what we do not know is tried again, never given up: losing a ticket is worse than sending it twice.

import type { CodeClass, Verdict } from '../verdict.ts'
import type { Refused } from './api.ts'

interface CodeRow {
  readonly status: number
  /** Part of Telegram's sentence, lower case; null: whatever it says. */
  readonly says: string | null
  readonly class: CodeClass
  /** For the operator; never Telegram's own sentence. */
  readonly meaning: string
}

/** First fit decides. [https://core.telegram.org/api/errors; sentences as the Bot API's own server words them] */
const CODES: readonly CodeRow[] = [
  { status: 401, says: null, class: 'suspended', meaning: 'the bot token is not accepted' },
  { status: 404, says: null, class: 'suspended', meaning: 'there is no bot with this token' },
  {
    status: 403,
    says: "bots can't send messages to bots",
    class: 'permanent',
    meaning: 'a bot, no person',
  },
  {
    status: 403,
    says: null,
    class: 'opted-out',
    meaning: 'blocked by this person, or put out of the group',
  },
  {
    status: 400,
    says: 'chat_write_forbidden',
    class: 'opted-out',
    meaning: 'not allowed to write in this group',
  },
  {
    status: 400,
    says: 'not enough rights',
    class: 'opted-out',
    meaning: 'not allowed to write in this group',
  },
  { status: 400, says: 'chat not found', class: 'permanent', meaning: 'there is no such chat' },
  { status: 400, says: 'user not found', class: 'permanent', meaning: 'there is no such person' },
  { status: 400, says: 'peer_id_invalid', class: 'permanent', meaning: 'there is no such chat' },
  { status: 400, says: 'group chat was d', class: 'permanent', meaning: 'the group was dissolved' },
  { status: 400, says: 'message is too long', class: 'permanent', meaning: 'the text is too long' },
  { status: 400, says: 'text is empty', class: 'permanent', meaning: 'a text without words' },
  { status: 429, says: null, class: 'throttled', meaning: 'too many requests' },
  { status: 420, says: null, class: 'throttled', meaning: 'too many requests' },
]

export function judge({ status, says }: Pick<Refused, 'status' | 'says'>): Verdict {
  const words = says.toLowerCase()
  const row = CODES.find(
    (one) => one.status === status && (one.says === null || words.includes(one.says)),
  )
  if (row !== undefined) return { class: row.class, reason: `HTTP ${status}: ${row.meaning}` }
  const why = status >= 500 ? "Telegram's fault" : says
  return { class: 'transient', reason: `HTTP ${status}: ${why}` }
}

/**
 * It is the file that is not taken, and the words may go without it: its size or shape, or that the chat takes no such
 * files. [sentences as the Bot API's own server words them]
 */
export function isAboutFile({ status, says }: Pick<Refused, 'status' | 'says'>): boolean {
  if (status === 413) return true
  return status === 400 && /photo|image|video|voice|document|file|media|webpage/i.test(says)
}
