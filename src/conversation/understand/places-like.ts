// Kelurahan whose names are like what was typed, for "did you mean": looser than what is read without asking.
// Called only where nothing was recognised, and only offered, never taken.

import { distance } from 'fastest-levenshtein'
import type { City } from '../../city/city.ts'
import { wordsOf } from './city-words.ts'
import { type Token, tokensOf } from './tokens.ts'

const SHORTEST = 5
/** A third of the letters may be wrong. */
const WRONG_OF = 3
const MOST = 3

/** Codes, the likest first. */
export function villagesLike(text: string, { city }: { readonly city: City }): readonly string[] {
  const rules = wordsOf(city)
  const tokens = tokensOf(text, rules.tokenRules).filter(({ digits }) => !digits)
  const villages = city.places.districts.flatMap((district) => district.villages)
  return villages
    .map(({ code, name, aliases }) => ({
      code,
      wrong: Math.min(...[name, ...aliases].flatMap((one) => wrongIn(one, tokens))),
    }))
    .filter(({ wrong }) => wrong * WRONG_OF <= 1)
    .sort((a, b) => a.wrong - b.wrong)
    .slice(0, MOST)
    .map(({ code }) => code)
}

/** The share of wrong letters against each stretch of as many words, and against the first word alone. */
function wrongIn(name: string, tokens: readonly Token[]): number[] {
  const whole = name.toLowerCase().split(/\s+/)
  const first = whole.slice(0, 1)
  return [whole, first].flatMap((words) => {
    const meant = words.join('')
    if (meant.length < SHORTEST) return []
    return tokens.flatMap((_, at) => {
      const stretch = tokens.slice(at, at + words.length)
      const said = stretch.map(({ raw }) => raw).join('')
      // A word that is known for another is no misspelt name.
      const isWord = stretch.length === 1 && stretch[0]?.known === true
      if (stretch.length < words.length || said.length < SHORTEST || isWord) return []
      return [distance(said, meant) / meant.length]
    })
  })
}
