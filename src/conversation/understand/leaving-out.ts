// Whether an answer leaves a question open in words of its own: "belum ada foto", "nanti saja".
// Never one that says anything else: whatever it does not know is no mere skip.

import type { City } from '../../city/city.ts'
import { wordsOf } from './city-words.ts'
import { tokensOf } from './tokens.ts'

export function leavesOut(text: string, city: City): boolean {
  const words = wordsOf(city)
  const { skips, skip_company: beside, command_company: company } = city.vocabulary
  const tokens = tokensOf(text, words.tokenRules)
  const isIn = (list: readonly string[]) => {
    const set = words.set(list)
    return ({ raw, word }: (typeof tokens)[number]) => set.has(raw) || set.has(word)
  }
  const [leaves, goesAlong, goesWithAny] = [isIn(skips), isIn(beside), isIn(company)]
  const allowed = (one: (typeof tokens)[number]) =>
    one.filler || leaves(one) || goesAlong(one) || goesWithAny(one)
  return tokens.some(leaves) && tokens.every(allowed)
}
