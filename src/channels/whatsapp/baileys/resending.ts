// What a phone is given that asks for a message of ours again, since it could not decrypt it.
// Rule: only what still stands in the outbox; whoever erased their data is given nothing.

import { numberedParts } from '../../text.ts'
import type { Saying } from './session-port.ts'

/** What people read without scrolling for long; WhatsApp itself takes more. */
export const LONGEST_TEXT = 4_096
/** Files that went out a while ago and are asked for again are not: the words tell of them. */
const MOST_FILES = 200

/** A message that was sent, as the outbox has it. */
export interface SentText {
  /** Whole, as it was given to us. */
  readonly text: string
  /** Which of its parts, files first. */
  readonly part: number
  readonly files: number
}

export interface Resending {
  /** A file's message, by its id. */
  keep(id: string, saying: Saying): void
  /** Null: nothing is to be sent again. */
  again(id: string): Promise<Saying | null>
}

export const textParts = (text: string): readonly string[] => numberedParts(text, LONGEST_TEXT)

export function createResending(
  sentText: (providerId: string) => Promise<SentText | null>,
): Resending {
  const files = new Map<string, Saying>()
  return {
    keep: (id, saying) => {
      const [oldest] = files.keys()
      if (files.size >= MOST_FILES && oldest !== undefined) files.delete(oldest)
      files.set(id, saying)
    },
    again: async (id) => {
      const sent = await sentText(id)
      if (sent === null) return null
      if (sent.part < sent.files) return files.get(id) ?? null
      const words = textParts(sent.text)[sent.part - sent.files]
      return words === undefined ? null : { conversation: words }
    },
  }
}
