// Guesses which known word a misspelt one was meant to be: vowels left out ("lmpu"), a letter wrong ("jembtan").
// Only unknown words come here, and each only once: the lexicon remembers the answer.

import { distance } from 'fastest-levenshtein'

const VOWELS = /[aeiou]/g
const SHORTEST_TYPO = 5
const TWO_ERRORS_FROM = 10
const SHORTEST_SKELETON = 3

export interface Speller {
  /** The known word meant; null when none is near enough. */
  readonly guess: (word: string) => string | null
}

export function createSpeller(words: Iterable<string>): Speller {
  const byInitial = new Map<string, string[]>()
  const bySkeleton = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < SHORTEST_TYPO) continue
    push(byInitial, word.charAt(0), word)
    push(bySkeleton, skeletonOf(word), word)
  }
  return {
    guess(word) {
      return shortened(word, bySkeleton) ?? mistyped(word, byInitial.get(word.charAt(0)) ?? [])
    },
  }
}

function skeletonOf(word: string): string {
  return word.replace(VOWELS, '')
}

function push(map: Map<string, string[]>, key: string, word: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [word])
  else list.push(word)
}

/** All consonants kept, some vowels dropped: "smph" for "sampah". */
function shortened(
  word: string,
  bySkeleton: ReadonlyMap<string, readonly string[]>,
): string | null {
  const skeleton = skeletonOf(word)
  if (skeleton.length < SHORTEST_SKELETON) return null
  const candidates = (bySkeleton.get(skeleton) ?? []).filter(
    (known) => known.length > word.length && isSubsequence(word, known),
  )
  candidates.sort((a, b) => a.length - b.length)
  return candidates[0] ?? null
}

export function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (at < short.length && letter === short.charAt(at)) at += 1
  return at === short.length
}

function mistyped(word: string, candidates: readonly string[]): string | null {
  if (word.length < SHORTEST_TYPO) return null
  const short = word.length === SHORTEST_TYPO
  const allowed = word.length >= TWO_ERRORS_FROM ? 2 : 1
  let best: string | null = null
  let least = allowed + 1
  for (const known of candidates) {
    if (Math.abs(known.length - word.length) > allowed) continue
    if (short && known.length === word.length && !isSlip(word, known)) continue
    const errors = errorsBetween(word, known)
    if (errors < least && !twoWrongLetters(word, known, errors)) {
      best = known
      least = errors
    }
  }
  return best
}

/** Two letters changed and none lost or added: more likely another word. */
function twoWrongLetters(word: string, known: string, errors: number): boolean {
  return errors === 2 && word.length === known.length
}

/** Edit distance, two swapped neighbours counting as one error. */
export function errorsBetween(a: string, b: string): number {
  const edits = distance(a, b)
  return edits === 2 && a.length === b.length && isSwap(a, b) ? 1 : edits
}

/** In a short word only a swap or another vowel is taken for a slip: "lampo" is lampu, "sesak" is not semak. */
function isSlip(a: string, b: string): boolean {
  if (distance(a, b) === 2) return isSwap(a, b)
  return a.replace(VOWELS, '.') === b.replace(VOWELS, '.')
}

function isSwap(a: string, b: string): boolean {
  let at = 0
  while (a.charAt(at) === b.charAt(at)) at += 1
  return (
    a.charAt(at) === b.charAt(at + 1) &&
    a.charAt(at + 1) === b.charAt(at) &&
    a.slice(at + 2) === b.slice(at + 2)
  )
}
