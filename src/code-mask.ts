// Hides one-time codes where what was said is shown to others: reading a case must not be a way to get it linked.
// Hidden wherever it stands, used or not; other numbers of six digits are the citizen's own words and stay.

import type { CaseMessage } from './store/case-port.ts'
import { CODE_KIND } from './store/outbox-port.ts'

const MASK = '******'
/** As we write it and as people type it, with or without a space in the middle. */
const SIX_DIGITS = /(?<!\d)\d{3}\s?\d{3}(?!\d)/g

/** The messages of one case, without the codes that were sent about it. */
export function maskCodes(messages: readonly CaseMessage[]): readonly CaseMessage[] {
  const sent = new Set(
    messages
      .filter(({ kind }) => kind === CODE_KIND)
      .flatMap(({ text }) => text?.match(SIX_DIGITS)?.map(plainDigits) ?? []),
  )
  if (sent.size === 0) return messages
  const hidden = (digits: string) => (sent.has(plainDigits(digits)) ? MASK : digits)
  return messages.map((one) => ({ ...one, text: one.text?.replace(SIX_DIGITS, hidden) ?? null }))
}

const plainDigits = (digits: string) => digits.replace(/\s/, '')
