// The commands of a chat's menu as if they were typed: "/data_saya@bot" is DATA SAYA, "/start PAYLOAD" a deep link.
// On SMS a slash is a slash.

import type { InboundMessage } from '../message.ts'
import type { Context } from './turn.ts'

/** A name as the Bot API allows them, perhaps with the name of the bot. [core.telegram.org/bots/features#commands] */
const COMMAND = /^\/([a-z][a-z0-9_]{0,31})(?:@\w+)?(?=\s|$)/i
const DEEP_LINK = 'start'

export function asTyped(message: InboundMessage, { person }: Context): InboundMessage {
  if (person.style === 'sms') return message
  const match = COMMAND.exec(message.text)
  const name = match?.[1]
  if (match === null || name === undefined) return message
  const rest = message.text.slice(match[0].length).trim()
  if (name.toLowerCase() === DEEP_LINK)
    return { ...message, text: '', start: message.start ?? rest }
  return { ...message, text: `${name.replaceAll('_', ' ')} ${rest}`.trim() }
}
