// What every channel does to words: clean those that come in, measure and cut those that go out.
// Rule: nothing is cut inside an escape pair, a surrogate pair or a grapheme; a newline is never lost.

import { septetsOf, transliterate } from './gsm7.ts'

export interface Segments {
  readonly encoding: 'gsm7' | 'ucs2'
  /** Messages the operator bills; at least 1. */
  readonly segments: number
}

/** Capacity of a message alone, and of one that carries a part header (UDH). [3GPP TS 23.040] */
const ALONE = { gsm7: 160, ucs2: 70 } as const
const JOINED = { gsm7: 153, ucs2: 67 } as const

/** How far back, in UTF-16 units, a cut looks for the end of a word. */
const WORD_REACH = 40

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/g
/** Controls but newline; direction marks and whatever else has no width, joiners aside. */
const INVISIBLE = /(?!\n)\p{Cc}|(?!\u200d)\p{Cf}/gu
/** Zero-width joiners that do not join two pictures. */
const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu
const LONE_SURROGATE = /\p{Surrogate}/gu

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Words as a person sees them: no NUL, controls, direction marks or hidden characters; NFC. */
export function cleanText(raw: string): string {
  return raw
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', ' ')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .normalize('NFC')
}

/** In GSM-7 if the whole text has a likeness there; else unchanged, since one odd character makes it UCS-2 anyway. */
export function toGsm7(text: string): string {
  return transliterate(text) ?? text
}

/** Counted as the operator counts: 160/153 septets with escapes as two, 70/67 UTF-16 units. */
export function segmentsOf(text: string): Segments {
  const septets = gsm7Sizes(text)
  if (septets !== null)
    return { encoding: 'gsm7', segments: pack(septets, ALONE.gsm7, JOINED.gsm7) }
  const units = text.length <= ALONE.ucs2 ? [text.length] : ucs2Sizes(text)
  return { encoding: 'ucs2', segments: pack(units, ALONE.ucs2, JOINED.ucs2) }
}

/**
 * The text if it fits `maxSegments`; else as much of it as fits with `tail`, cut at a word.
 * A single word longer than the reach is cut inside, between graphemes.
 */
export function fitSegments(text: string, maxSegments: number, tail: string): string {
  if (segmentsOf(text).segments <= maxSegments) return text
  const ends = graphemeEnds(text)
  const longest = lastFitting(
    ends.length,
    (count) => segmentsOf(text.slice(0, ends[count - 1]) + tail).segments <= maxSegments,
  )
  return atWord(text, ends[longest - 1] ?? 0) + tail
}

/** `text` in parts of at most `limit` UTF-16 units, numbered `(1/3) ` when there is more than one. */
export function numberedParts(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text]
  const room = limit - '(99/99) '.length
  const parts: string[] = []
  let rest = text
  while (rest.length > room) {
    const ends = graphemeEnds(rest)
    const longest = lastFitting(ends.length, (count) => (ends[count - 1] ?? 0) <= room)
    // A grapheme longer than a message cannot be kept whole.
    const part = atWord(rest, ends[longest - 1] ?? room)
    parts.push(part)
    rest = rest.slice(part.length).trimStart()
  }
  if (rest !== '') parts.push(rest)
  return parts.map((part, place) => `(${place + 1}/${parts.length}) ${part}`)
}

/** Sizes of the unsplittable pieces in septets; null when the text is not GSM-7. */
function gsm7Sizes(text: string): readonly number[] | null {
  const sizes: number[] = []
  for (const character of text) {
    const septets = septetsOf(character)
    if (septets === null) return null
    sizes.push(septets)
  }
  return sizes
}

function ucs2Sizes(text: string): readonly number[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment).flatMap((grapheme) =>
    // A grapheme longer than a segment (stacked marks) is split between its code points.
    grapheme.length <= JOINED.ucs2 ? [grapheme.length] : [...grapheme].map((one) => one.length),
  )
}

function pack(sizes: readonly number[], alone: number, joined: number): number {
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1
      used = 0
    }
    used += size
  }
  return segments
}

/** Where each grapheme ends, ascending. */
function graphemeEnds(text: string): readonly number[] {
  return Array.from(graphemes.segment(text), ({ index, segment }) => index + segment.length)
}

/** The greatest count up to `most` that fits, given that fewer always fit when more do; 0 if none. */
function lastFitting(most: number, fits: (count: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** `text` up to `end`, or to the end of the word before it if that is near. */
function atWord(text: string, end: number): string {
  const head = text.slice(0, end)
  if (end >= text.length || /\s/.test(text[end] ?? '')) return head.trimEnd()
  const space = head.search(/\s\S*$/)
  return space > 0 && end - space <= WORD_REACH ? head.slice(0, space).trimEnd() : head
}
