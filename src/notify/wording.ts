// Words for one reader: rendered in their language, as long as their channel carries in one message.
// What is too long is cut at a word and says where the rest can be read; nothing is cut in silence.

import type { City } from '../city/city.ts'
import { type PhraseParams, render, type Style } from '../conversation/phrases.ts'
import { type ChannelName, channelOf } from '../message.ts'
import type { Listener } from '../store/people-port.ts'

/**
 * A text as the channel will carry it, and what it costs in segments (0 where nothing is counted).
 * Given by main, because only channels/ knows alphabets.
 */
export type Measure = (
  channel: ChannelName,
  text: string,
) => { readonly text: string; readonly segments: number }

export type Reader = Pick<Listener, 'address' | 'language'>

export interface Worded {
  readonly text: string
  readonly segments: number
}

export interface Wording {
  readonly city: City
  readonly measure: Measure
}

/** Segments of one notice or ping (product.md section 9). */
const NOTICE_SEGMENTS = 3
/** The most one SMS may take: the list of late cases (Twilio carries no body over 1,600 characters). */
export const LIST_SEGMENTS = 10
/** The smallest of the chat channels' limits, in UTF-16 units (Telegram, WhatsApp: 4,096). */
const CHAT_UNITS = 4096

export function styleOf(reader: Reader): Style {
  return channelOf(reader.address) === 'sms' ? 'sms' : 'chat'
}

/** Renders one phrase for one reader. Placeholders left empty leave no space behind. */
export function say(
  reader: Reader,
  key: string,
  params: PhraseParams['params'],
  { city }: Pick<Wording, 'city'>,
): string {
  return render(city, reader.language, styleOf(reader), { key, params }).trim()
}

export function sized(reader: Reader, text: string, { measure }: Pick<Wording, 'measure'>): Worded {
  return measure(channelOf(reader.address), text)
}

export function fits(reader: Reader, worded: Worded, segments: number): boolean {
  return styleOf(reader) === 'sms' ? worded.segments <= segments : worded.text.length <= CHAT_UNITS
}

/** Somebody's words as a sentence: on SMS on one line, with an end. */
function sentence(words: string, style: Style): string {
  const plain = (style === 'sms' ? words.replace(/\s+/g, ' ') : words).trim()
  return plain === '' || /[.!?]$/.test(plain) ? plain : `${plain}.`
}

/**
 * `build` puts the words into their notice. If that is too long, the longest beginning of the words
 * that fits, ending at a word, followed by `more`.
 */
export function shortened(
  reader: Reader,
  words: string,
  more: string,
  build: (words: string) => string,
  wording: Pick<Wording, 'measure'>,
  segments = NOTICE_SEGMENTS,
): Worded {
  const tried = (text: string) => sized(reader, build(text), wording)
  const whole = tried(sentence(words, styleOf(reader)))
  if (fits(reader, whole, segments)) return whole

  const letters = graphemes(sentence(words, styleOf(reader)))
  let fitting = 0
  let tooLong = letters.length
  while (tooLong - fitting > 1) {
    const middle = (fitting + tooLong) >> 1
    const text = atWord(letters.slice(0, middle).join(''), letters[middle]) + more
    if (fits(reader, tried(text), segments)) fitting = middle
    else tooLong = middle
  }
  return tried(atWord(letters.slice(0, fitting).join(''), letters[fitting]) + more)
}

const segmenter = new Intl.Segmenter('id', { granularity: 'grapheme' })

function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Drops the word that the cut went through, unless it is the only one. */
function atWord(cut: string, next: string | undefined): string {
  if (next === undefined || /\s/.test(next)) return cut.trimEnd()
  const space = cut.search(/\s\S*$/)
  return space > 0 ? cut.slice(0, space).trimEnd() : cut
}
