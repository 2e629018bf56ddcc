// The transcripts that every wire carries: words, photos and commands of citizens, with nothing that only one channel has.

import { readFileSync } from 'node:fs'

export const TRANSCRIPTS = [
  'commands-secrecy',
  'commands-tickets',
  'sms-doubt',
  'sms-limits',
  'sms-long-silence',
  'sms-same-words',
  'sms-urgent',
  'sms-additions',
  'my-data',
  'chat-report',
] as const

export function scriptOf(name: string): string {
  return readFileSync(new URL(`../conversation/transcripts/${name}.txt`, import.meta.url), 'utf8')
}

/** With what a text message has not: buttons (pressed late, too), pins, voice notes, albums of ten, edits, links. */
export const PRESSED = [
  'chat-buttons',
  'chat-late-press',
  'chat-albums',
  'chat-edits',
  'chat-posters',
] as const
