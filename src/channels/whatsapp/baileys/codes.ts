// What WhatsApp's refusal of a message means. [seen in acknowledgements; WhatsApp documents none of them]

import type { Verdict } from '../../verdict.ts'

const CODES: Readonly<Record<string, Verdict>> = {
  '401': { class: 'permanent', reason: '401: not allowed to write to this person' },
  '403': { class: 'permanent', reason: '403: not allowed to write to this person' },
  '404': { class: 'permanent', reason: '404: this person is not on WhatsApp' },
  '406': { class: 'permanent', reason: '406: a message WhatsApp does not take' },
  '429': { class: 'throttled', reason: '429: too many messages' },
  // Trying again counts as another approach to a stranger, and makes it worse.
  '463': { class: 'permanent', reason: '463: this number may not begin conversations now' },
  '479': { class: 'transient', reason: '479: a session that has grown old' },
}

/** `code`: null where none was told. */
export function judgeAck(code: string | null): Verdict {
  const known = code === null ? undefined : CODES[code]
  return known ?? { class: 'transient', reason: `refused by WhatsApp (${code ?? 'no code'})` }
}
