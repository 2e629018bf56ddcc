// Lines that are meant for the terminal itself, not for the bot: `/as`, `/from`, `/photo`, `/pin`, `/help`, `/quit`.
// Rule: whatever is no such line is a message, word for word.

import type { ChannelName, Position } from '../../message.ts'

export type Line =
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'as'; readonly channel: ChannelName }
  | { readonly type: 'from'; readonly number: string }
  | { readonly type: 'photo'; readonly text: string }
  | { readonly type: 'pin'; readonly position: Position }
  | { readonly type: 'help' }
  | { readonly type: 'quit' }
  | { readonly type: 'mistake'; readonly say: string }

export const HELP = [
  '/as sms, /as whatsapp, /as telegram   write by another channel',
  '/from NUMBER                          write as somebody else',
  '/photo [words]                        send a photo',
  '/pin LATITUDE LONGITUDE               send a location',
  '/quit                                 leave',
  'Everything else goes to the bot.',
].join('\n')

const CHANNELS: readonly ChannelName[] = ['sms', 'whatsapp', 'telegram']

export function readLine(line: string, plays: ChannelName): Line {
  const [word = '', ...rest] = line.trim().split(/\s+/)
  const argument = rest.join(' ')
  switch (word) {
    case '/as': {
      const channel = CHANNELS.find((name) => name === argument.toLowerCase())
      return channel === undefined
        ? { type: 'mistake', say: `Write /as and one of: ${CHANNELS.join(', ')}.` }
        : { type: 'as', channel }
    }
    case '/from':
      return argument === ''
        ? { type: 'mistake', say: 'Write /from and a phone number.' }
        : { type: 'from', number: argument }
    case '/photo':
      return { type: 'photo', text: argument }
    case '/pin':
      return readPin(argument)
    case '/help':
      return { type: 'help' }
    case '/quit':
      return { type: 'quit' }
    default:
      // Telegram's own commands (/start) begin the same way.
      return word.startsWith('/') && plays !== 'telegram'
        ? { type: 'mistake', say: `${word} is not known here. /help lists what is.` }
        : { type: 'words', text: line }
  }
}

function readPin(argument: string): Line {
  const [lat, lon] = argument.split(/[\s,]+/).map(Number)
  const fits = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  return fits
    ? { type: 'pin', position: { lat, lon } }
    : { type: 'mistake', say: 'Write /pin and two numbers: latitude, longitude.' }
}
