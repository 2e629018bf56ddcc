// Every word the vocabulary knows, numbered, and how a written word leads to one: abbreviation, affixes, typo.
// A word is worked out once and remembered; the memory is emptied when it grows too big.

import { type Affixes, knownInside } from './affixes.ts'
import { createSpeller } from './spelling.ts'

const MEMORY = 20_000

/** What a written word is. Numbers are -1 where the vocabulary has no such word. */
interface WordReading {
  readonly word: string
  /** Number of the word itself. */
  readonly exact: number
  /** Numbers of the word and of every known word inside it: diperbanyak, perbanyak, banyak. */
  readonly forms: readonly number[]
  /** A cue, an ordinary word or a known short form: not to be cut into two. */
  readonly known: boolean
}

export interface Lexicon {
  readonly read: (written: string) => WordReading
  /** Also true for ordinary words and names that are no cue. */
  readonly knows: (word: string) => boolean
}

export interface LexiconWords {
  /** Words that cues are made of. */
  readonly cueWords: ReadonlySet<string>
  /** Words that are right as they stand: neither corrected nor taken apart. */
  readonly ordinary: ReadonlySet<string>
  /** Words never taken apart. */
  readonly whole: ReadonlySet<string>
  readonly short: ReadonlyMap<string, string>
  readonly affixes: Affixes
}

export function createLexicon(words: LexiconWords): Lexicon {
  const numbers = new Map<string, number>()
  for (const word of words.cueWords) numbers.set(word, numbers.size)
  const isCue = (word: string): boolean => numbers.has(word)
  const speller = createSpeller([...words.cueWords].filter((word) => /^[a-z]+$/.test(word)))
  const memory = new Map<string, WordReading>()

  const knows = (word: string): boolean =>
    isCue(word) || words.ordinary.has(word) || words.short.has(word)

  function readingOf(word: string, written: string): WordReading {
    const forms: number[] = []
    for (let form: string | null = word; form !== null; ) {
      const number = numbers.get(form)
      if (number !== undefined) forms.push(number)
      const whole: boolean = words.whole.has(form) || words.ordinary.has(form)
      form = whole ? null : knownInside(form, words.affixes, isCue)
    }
    return { word, exact: numbers.get(word) ?? -1, forms, known: knows(written) }
  }

  function workOut(written: string): WordReading {
    for (const form of spellingsOf(written)) {
      const word = words.short.get(form) ?? form
      if (isCue(word) || words.ordinary.has(word)) return readingOf(word, written)
    }
    const plain = written.replace(/(.)\1{2,}/g, '$1')
    const taken = readingOf(plain, written)
    if (taken.forms.length > 0 || !/^[a-z]+$/.test(plain)) return taken
    if (knownInside(plain, words.affixes, (inner) => words.ordinary.has(inner)) !== null)
      return taken
    const guess = speller.guess(plain)
    return guess === null ? taken : readingOf(guess, written)
  }

  return {
    read(written) {
      const remembered = memory.get(written)
      if (remembered !== undefined) return remembered
      if (memory.size >= MEMORY) memory.clear()
      const reading = workOut(written)
      memory.set(written, reading)
      return reading
    },
    knows,
  }
}

/** As written, then with drawn-out letters shortened: "tolooong", "jallan". */
function spellingsOf(written: string): readonly string[] {
  if (!/(.)\1/.test(written)) return [written]
  return [
    written,
    written.replace(/(.)\1{2,}/g, '$1$1'),
    written.replace(/(.)\1{2,}/g, '$1'),
    written.replace(/(.)\1+/g, '$1'),
  ]
}
