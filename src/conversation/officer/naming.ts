// Which of several named things some words mean: by id or any of its names, at the beginning of the words.
// What is only nearly named (a letter or two wrong, one word of a long name) is never taken, but offered.

import { errorsBetween } from '../understand/spelling.ts'

export interface Named {
  readonly id: string
  /** Beside its id. */
  readonly names: readonly string[]
}

export type Naming =
  | {
      readonly type: 'meant'
      readonly id: string
      /** What stands behind the name, as it was written. */
      readonly rest: string
    }
  /** Likeliest first. */
  | { readonly type: 'near'; readonly ids: readonly string[] }
  | { readonly type: 'unknown' }

const WORD = /[\p{L}\p{N}_]+/gu
const BETWEEN = /^[\s,.:;)/-]+/
/** Shorter words have no typos: "pu" and "pal" are agencies. */
const SHORTEST_TYPO = 4
const TWO_ERRORS_FROM = 8
/** A word that many of the names share ("dinas") says nothing. */
const LEAST_TELLING = 0.2

export function namedIn(text: string, things: readonly Named[]): Naming {
  const words = [...text.toLowerCase().matchAll(WORD)]
  const whole = byWholeName(text, words, things)
  if (whole !== null) return whole
  const scored = scores(
    words.map(([word]) => word),
    things,
  )
  const best = Math.max(0, ...scored.map(({ score }) => score))
  if (best < LEAST_TELLING) return { type: 'unknown' }
  const near = scored.filter(({ score }) => score >= best / 2)
  return { type: 'near', ids: near.sort((a, b) => b.score - a.score).map(({ id }) => id) }
}

/** The longest name that the words begin with. */
function byWholeName(
  text: string,
  words: readonly RegExpExecArray[],
  things: readonly Named[],
): Naming | null {
  const byName = idsByName(things)
  for (let count = words.length; count > 0; count -= 1) {
    const said = words.slice(0, count)
    const id = byName.get(said.map(([word]) => word).join(''))
    const last = said.at(-1)
    if (id === undefined || last === undefined) continue
    return {
      type: 'meant',
      id,
      rest: text
        .slice(last.index + last[0].length)
        .replace(BETWEEN, '')
        .trim(),
    }
  }
  return null
}

/** Those of a city's agencies are asked for with every other command. */
const known = new WeakMap<readonly Named[], ReadonlyMap<string, string>>()

function idsByName(things: readonly Named[]): ReadonlyMap<string, string> {
  const byName =
    known.get(things) ??
    new Map(
      things.flatMap(({ id, names }) => [id, ...names].map((name) => [glued(name), id] as const)),
    )
  known.set(things, byName)
  return byName
}

/** "Dinas PUPR", "dinas-pupr" and "dinaspupr" are one name. */
function glued(name: string): string {
  return wordsOf(name).join('')
}

function wordsOf(name: string): readonly string[] {
  return [...name.toLowerCase().matchAll(WORD)].map(([word]) => word)
}

/** How much the words tell of each thing: a word that few names have tells more. */
function scores(said: readonly string[], things: readonly Named[]) {
  const known = things.map(({ id, names }) => ({
    id,
    words: new Set([id, ...names].flatMap(wordsOf)),
    whole: [id, ...names].map(glued),
  }))
  const together = said.join('')
  const telling = said.map((word) => {
    const having = known.filter(({ words }) => [...words].some((one) => isNearly(word, one)))
    return { word, weight: having.length === 0 ? 0 : 1 / having.length }
  })
  return known.map(({ id, words, whole }) => {
    const parts = telling.map(({ word, weight }) =>
      [...words].some((one) => isNearly(word, one)) ? weight : 0,
    )
    const misspelt = whole.some((name) => isMisspelt(together, name)) ? 1 : 0
    return { id, score: parts.reduce((sum, part) => sum + part, misspelt) }
  })
}

function isNearly(word: string, known: string): boolean {
  if (word === known) return true
  if (word.length >= SHORTEST_TYPO && known.startsWith(word)) return true
  return isMisspelt(word, known)
}

function isMisspelt(word: string, known: string): boolean {
  const length = Math.min(word.length, known.length)
  if (length < SHORTEST_TYPO) return false
  const allowed = length < TWO_ERRORS_FROM ? 1 : 2
  return Math.abs(word.length - known.length) <= allowed && errorsBetween(word, known) <= allowed
}
