// The first word that says which government is meant: ours, also misspelt or glued, or somebody else's.
// A name that is nearer to another government's word is never ours.

import type { City, OtherGovernment } from '../../city/city.ts'
import { errorsBetween, isSubsequence } from './spelling.ts'
import type { Understanding } from './understanding.ts'

export interface PrefixReading {
  readonly prefix: Understanding['prefix']
  /** Where the words after the prefix begin. */
  readonly end: number
}

const NO_PREFIX: PrefixReading = { prefix: { whose: 'none' }, end: 0 }
const TYPO_FROM = 8
const GLUED_FROM = 6
const MOST_ERRORS = 2
const SHORTEST_SKELETON = 4

export function readPrefix(
  text: string,
  city: City,
  knowsWord: (word: string) => boolean,
): PrefixReading {
  const chunks = [...text.slice(0, 80).matchAll(/[\p{L}]+/gu)].slice(0, 3).map((match) => ({
    word: match[0].toLowerCase(),
    end: match.index + match[0].length,
    start: match.index,
  }))
  const [first, second, third] = chunks
  if (first === undefined || /[\p{L}\p{N}]/u.test(text.slice(0, first.start))) return NO_PREFIX
  const pair = `${first.word} ${second?.word ?? ''}`
  if (city.vocabulary.not_prefixes.some((name) => startsWithWords(name, chunks))) return NO_PREFIX
  const lead = city.vocabulary.prefix_leads.includes(first.word)
  const named = lead ? second : first
  const after = lead ? third : second
  if (named === undefined) return NO_PREFIX
  if (after !== undefined && isOurs(named.word + after.word, city) && !isOurs(named.word, city))
    return { prefix: { whose: 'ours' }, end: after.end }
  if (isOurs(named.word, city))
    return {
      prefix: { whose: 'ours' },
      end: isDistrict(named.word, after?.word, city) ? 0 : skip(text, named.end),
    }
  const other = otherNamed(city, [pair, first.word, named.word])
  if (other !== null)
    return {
      prefix: whose(other.government),
      end: skip(
        text,
        other.words === pair
          ? (second?.end ?? 0)
          : other.words === first.word
            ? first.end
            : named.end,
      ),
    }
  return lead ? NO_PREFIX : glued(text, first, city, knowsWord)
}

function whose(government: OtherGovernment): Understanding['prefix'] {
  return { whose: 'other', name: government.name, turnTo: government.turnTo }
}

function startsWithWords(name: string, chunks: readonly { readonly word: string }[]): boolean {
  return name.split(' ').every((word, at) => chunks[at]?.word === word)
}

function isOurs(word: string, city: City): boolean {
  for (const name of city.prefixes.ours) {
    const ours = name.toLowerCase()
    if (word === ours) return true
    if (ours.length < TYPO_FROM) continue
    const errors = errorsBetween(word, ours)
    if (
      word.length >= ours.length - MOST_ERRORS &&
      errors <= MOST_ERRORS &&
      errors < nearestOther(word, city)
    )
      return true
    if (isShortFor(word, ours)) return true
  }
  return false
}

/** Vowels left out, first and last letter kept: at least four consonants and nearly no vowel. */
function isShortFor(word: string, ours: string): boolean {
  return (
    word.length >= SHORTEST_SKELETON &&
    word.charAt(0) === ours.charAt(0) &&
    word.at(-1) === ours.at(-1) &&
    word.replace(/[aeiou]/g, '').length >= SHORTEST_SKELETON &&
    isSubsequence(word, ours)
  )
}

function nearestOther(word: string, city: City): number {
  const errors = city.prefixes.others.flatMap((other) =>
    other.words.map((name) => errorsBetween(word, name.toLowerCase())),
  )
  return Math.min(...errors, word.length)
}

/** "Banjarmasin Utara" names a district as well: its words stay in the text. */
function isDistrict(word: string, next: string | undefined, city: City): boolean {
  return city.places.districts.some((d) => d.name.toLowerCase() === `${word} ${next ?? ''}`)
}

function otherNamed(
  city: City,
  candidates: readonly string[],
): { readonly government: OtherGovernment; readonly words: string } | null {
  for (const words of candidates)
    for (const government of city.prefixes.others)
      if (government.words.some((name) => plain(name) === words)) return { government, words }
  return null
}

function plain(name: string): string {
  return (name.toLowerCase().match(/\p{L}+/gu) ?? []).join(' ')
}

function glued(
  text: string,
  first: { readonly word: string; readonly start: number },
  city: City,
  knowsWord: (word: string) => boolean,
): PrefixReading {
  const names = [
    ...city.prefixes.ours.map((name) => ({ name: name.toLowerCase(), other: null })),
    ...city.prefixes.others.flatMap((other) =>
      other.words.map((name) => ({ name: name.toLowerCase(), other })),
    ),
  ]
  names.sort((a, b) => b.name.length - a.name.length)
  for (const { name, other } of names) {
    const rest = first.word.slice(name.length)
    const isLong = other === null && name.length > GLUED_FROM && rest.length > 1
    if (!first.word.startsWith(name) || !(isLong || (rest.length > 1 && knowsWord(rest)))) continue
    const prefix = other === null ? { whose: 'ours' as const } : whose(other)
    return { prefix, end: skip(text, first.start + name.length) }
  }
  return NO_PREFIX
}

function skip(text: string, from: number): number {
  const rest = /^[\s.,:;#*_\-–—>/|!]*/.exec(text.slice(from))
  return from + (rest?.[0].length ?? 0)
}
