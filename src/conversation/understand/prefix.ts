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

export interface PrefixReader {
  readonly read: (text: string) => PrefixReading
}

const NO_PREFIX: PrefixReading = { prefix: { whose: 'none' }, end: 0 }
const OURS = { whose: 'ours' } as const
const TYPO_FROM = 8
const GLUED_FROM = 6
const MOST_ERRORS = 2
const SHORTEST_SKELETON = 4
const LONGEST_HEAD = 60

interface Chunk {
  readonly word: string
  readonly start: number
  readonly end: number
}

interface Name {
  readonly words: string
  readonly government: OtherGovernment | null
}

export function createPrefixReader(city: City, knowsWord: (word: string) => boolean): PrefixReader {
  const ours = city.prefixes.ours.map((name) => name.toLowerCase())
  const others: Name[] = city.prefixes.others.flatMap((government) =>
    government.words.map((name) => ({ words: plain(name), government })),
  )
  const names: Name[] = [...ours.map((words) => ({ words, government: null })), ...others]
  names.sort((a, b) => b.words.length - a.words.length)
  const leads = new Set(city.vocabulary.prefix_leads)
  const decoys = new Set(city.vocabulary.not_prefixes)
  const districts = new Set(city.places.districts.map((district) => district.name.toLowerCase()))
  const remembered = new Map<string, boolean>()

  function isOurs(word: string): boolean {
    const known = remembered.get(word)
    if (known !== undefined) return known
    if (remembered.size > 5_000) remembered.clear()
    const answer = ours.some((name) => word === name || isMisspelt(word, name, others))
    remembered.set(word, answer)
    return answer
  }

  function otherNamed(words: string): OtherGovernment | null {
    return others.find((other) => other.words === words)?.government ?? null
  }

  function glued(text: string, first: Chunk): PrefixReading {
    for (const { words, government } of names) {
      if (!first.word.startsWith(words)) continue
      const rest = first.word.slice(words.length)
      const surely = government === null && words.length > GLUED_FROM && rest.length > 1
      if (!surely && !(rest.length > 1 && knowsWord(rest))) continue
      return { prefix: whose(government), end: skip(text, first.start + words.length) }
    }
    return NO_PREFIX
  }

  return {
    read(text) {
      const [first, second, third] = chunksOf(text)
      if (first === undefined || /[\p{L}\p{N}]/u.test(text.slice(0, first.start))) return NO_PREFIX
      const pair = `${first.word} ${second?.word ?? ''}`
      if (decoys.has(pair)) return NO_PREFIX
      const lead = leads.has(first.word)
      const named = lead ? second : first
      const after = lead ? third : second
      if (named === undefined) return NO_PREFIX
      if (isOurs(named.word)) {
        const isDistrict = districts.has(`${named.word} ${after?.word ?? ''}`)
        return { prefix: OURS, end: isDistrict ? 0 : skip(text, named.end) }
      }
      if (after !== undefined && ours.includes(named.word + after.word))
        return { prefix: OURS, end: skip(text, after.end) }
      const byPair = otherNamed(pair)
      if (byPair !== null && second !== undefined)
        return { prefix: whose(byPair), end: skip(text, second.end) }
      const byWord = otherNamed(named.word)
      if (byWord !== null) return { prefix: whose(byWord), end: skip(text, named.end) }
      return lead ? NO_PREFIX : glued(text, first)
    },
  }
}

function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = []
  for (const match of text.slice(0, LONGEST_HEAD).matchAll(/\p{L}+/gu)) {
    const end = match.index + match[0].length
    chunks.push({ word: match[0].toLowerCase(), start: match.index, end })
    if (chunks.length === 3) break
  }
  return chunks
}

function whose(government: OtherGovernment | null): Understanding['prefix'] {
  if (government === null) return OURS
  return { whose: 'other', name: government.name, turnTo: government.turnTo }
}

function isMisspelt(word: string, ours: string, others: readonly Name[]): boolean {
  if (ours.length < TYPO_FROM) return false
  if (isShortFor(word, ours)) return true
  if (word.length < ours.length - MOST_ERRORS) return false
  const errors = errorsBetween(word, ours)
  return errors <= MOST_ERRORS && others.every((other) => errorsBetween(word, other.words) > errors)
}

/** Vowels left out, first and last letter kept, at least four consonants. */
function isShortFor(word: string, ours: string): boolean {
  return (
    word.length >= SHORTEST_SKELETON &&
    word.charAt(0) === ours.charAt(0) &&
    word.at(-1) === ours.at(-1) &&
    word.replace(/[aeiou]/g, '').length >= SHORTEST_SKELETON &&
    isSubsequence(word, ours)
  )
}

function plain(name: string): string {
  return (name.toLowerCase().match(/\p{L}+/gu) ?? []).join(' ')
}

function skip(text: string, from: number): number {
  const rest = /^[\s.,:;#*_\-–—>/|!]*/.exec(text.slice(from, from + LONGEST_HEAD))
  return from + (rest?.[0].length ?? 0)
}
