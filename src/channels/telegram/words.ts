// A command of Telegram (`/status 123`, `/status@our_bot 123`, `/start PAYLOAD`) as the words a citizen would write.

import { cleanText } from '../text.ts'

/** [https://core.telegram.org/bots/features#commands] */
const COMMAND = /^\/([a-z0-9_]{1,64})(?:@\w+)?(?:\s+|$)/i
/** [https://core.telegram.org/bots/features#deep-linking] */
const PAYLOAD = /^[\w-]{0,64}$/

export interface Said {
  readonly text: string
  /** `InboundMessage.start` */
  readonly start: string | null
}

export function saidIn(raw: string): Said {
  const text = cleanText(raw)
  const command = COMMAND.exec(text)
  if (command === null) return { text, start: null }
  const name = (command[1] ?? '').toLowerCase()
  const rest = text.slice(command[0].length)
  if (name !== 'start') return { text: `${name.replaceAll('_', ' ')} ${rest}`.trim(), start: null }
  // Whoever types words behind it means the words.
  return PAYLOAD.test(rest) ? { text: '', start: rest } : { text: rest, start: '' }
}
