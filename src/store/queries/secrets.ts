// The words of a message that nobody may read in the file: sealed as they are written, opened as they are leased.

import { type NewOutbound, SECRET_KIND } from '../outbox-port.ts'
import type { Seal } from '../seal.ts'

/** What is sealed in `outbox.text`. */
const WORDS_PURPOSE = 'outbox words'

export function wordsAtRest({ kind, text }: Pick<NewOutbound, 'kind' | 'text'>, seal: Seal) {
  return kind === SECRET_KIND ? seal.seal(text, WORDS_PURPOSE) : text
}

/** Erased ones are empty, sealed or not. */
export function wordsToSay({ kind, text }: Pick<NewOutbound, 'kind' | 'text'>, seal: Seal) {
  return kind === SECRET_KIND && text !== '' ? seal.open(text, WORDS_PURPOSE) : text
}
