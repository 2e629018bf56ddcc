// Which language a text names: "BAHASA INGGRIS", "english please", a small typo in it.
// A name among other words names nothing: "bahasa indonesia guru di sekolah" is a complaint.

import type { City } from '../../city/city.ts'
import type { Language } from '../../message.ts'
import { type CityWords, wordsOf } from './city-words.ts'
import { errorsBetween } from './spelling.ts'
import { type Token, tokensOf } from './tokens.ts'

const TYPO_FROM = 6

/** The one language that is named; null for none or several. */
export function languageNamed(text: string, city: City): Language | null {
  const words = wordsOf(city)
  const named = new Set(
    tokensOf(text, words.tokenRules).flatMap((token) => languageOf(token, city, words) ?? []),
  )
  const [only, ...others] = named
  return only === undefined || others.length > 0 ? null : only
}

/** Nothing, one language, or one word that may be a language we do not speak; with `polite` words beside it. */
export function namesOneLanguage(
  text: string,
  city: City,
  words: CityWords,
  polite: (word: string) => boolean,
): boolean {
  const tokens = tokensOf(text, words.tokenRules)
  const named = tokens.filter((token) => languageOf(token, city, words) !== null)
  const others = tokens.filter((token) => !named.includes(token) && !polite(token.raw))
  if (named.length > 0) return named.length === 1 && others.length === 0
  const [stranger, ...more] = others
  return more.length === 0 && (stranger === undefined || isUnknown(stranger))
}

function languageOf({ raw, known }: Token, city: City, words: CityWords): Language | null {
  const languages = Object.entries(city.vocabulary.languages) as [Language, readonly string[]][]
  const exact = languages.find(([, names]) => names.includes(raw))
  if (exact !== undefined) return exact[0]
  if (known || words.lexicon.knows(raw)) return null
  const near = languages.find(([, names]) =>
    names.some((name) => name.length >= TYPO_FROM && errorsBetween(name, raw) === 1),
  )
  return near?.[0] ?? null
}

function isUnknown({ known, exact, forms, digits }: Token): boolean {
  return !known && exact === -1 && forms.length === 0 && !digits
}
