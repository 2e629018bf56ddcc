// All that reading a text needs of one city, worked out once and kept as long as the city lives.

import type { City } from '../../city/city.ts'
import { readAffixes } from './affixes.ts'
import { cuesOf } from './cue-lists.ts'
import { type CueFinder, createCueFinder, plainWord, readCue } from './cues.ts'
import { createLexicon, type Lexicon } from './lexicon.ts'
import { createPlaceFinder, formsOf, type PlaceFinder, placeWordsOf } from './place.ts'
import { createPrefixReader, type PrefixReader } from './prefix.ts'
import type { TokenRules } from './tokens.ts'
import type { CommandName } from './understanding.ts'

export interface CityWords {
  readonly tokenRules: TokenRules
  readonly lexicon: Lexicon
  readonly cues: CueFinder
  readonly places: PlaceFinder
  readonly prefixes: PrefixReader
  /** First words of commands, also of two words. */
  readonly commands: ReadonlyMap<string, CommandName>
  readonly set: (words: readonly string[]) => ReadonlySet<string>
}

const known = new WeakMap<City, CityWords>()

export function wordsOf(city: City): CityWords {
  const ready = known.get(city)
  if (ready !== undefined) return ready
  const made = build(city)
  known.set(city, made)
  return made
}

function build(city: City): CityWords {
  const vocabulary = city.vocabulary
  const short = new Map([
    ...formsOf(vocabulary.english),
    ...formsOf(vocabulary.dialect),
    ...formsOf(vocabulary.abbreviations),
  ])
  const meant = (word: string): string => short.get(word) ?? word
  const sources = cuesOf(vocabulary).flatMap(readCue)
  const spelled = sources.map((source) => ({
    ...source,
    words: source.words.map((part) =>
      part.map((word) => (word.startsWith('=') ? `=${meant(plainWord(word))}` : meant(word))),
    ),
  }))
  const placeWords = placeWordsOf(city)
  const cueWords = new Set(spelled.flatMap((source) => source.words.flat().map(plainWord)))
  const lexicon = createLexicon({
    cueWords,
    ordinary: new Set([
      ...vocabulary.ordinary,
      ...vocabulary.fillers,
      ...vocabulary.command_company,
      ...vocabulary.greetings,
      ...vocabulary.empty_words,
      ...Object.values(vocabulary.commands).flatMap((command) => command.words),
      ...Object.values(vocabulary.languages).flat(),
      ...placeWords,
    ]),
    whole: new Set(vocabulary.whole),
    short,
    affixes: readAffixes(vocabulary.affixes),
  })
  const sets = new Map<readonly string[], ReadonlySet<string>>()
  return {
    lexicon,
    tokenRules: tokenRulesOf(city, lexicon),
    cues: createCueFinder(spelled, (word) => lexicon.read(word).exact, cueWords.size),
    places: createPlaceFinder(city),
    prefixes: createPrefixReader(city, lexicon.knows),
    commands: new Map(
      Object.entries(vocabulary.commands).flatMap(([name, command]) =>
        command.words.map((word) => [word, name as CommandName]),
      ),
    ),
    set(words) {
      const made = sets.get(words) ?? new Set(words)
      sets.set(words, made)
      return made
    },
  }
}

function tokenRulesOf(city: City, lexicon: Lexicon): TokenRules {
  const { vocabulary } = city
  const names = placeWordsOf(city).filter((word) => word.length > 4)
  return {
    lexicon,
    fillers: new Set(vocabulary.fillers),
    splits: Object.entries(vocabulary.splits).map(([first, seconds]) => [
      first,
      new Set([...seconds, ...names]),
    ]),
    ambiguous: new Map(
      Object.entries(vocabulary.ambiguous).map(([word, { usually, but }]) => [
        word,
        {
          usually,
          but: but.map(({ means, after, before }) => ({
            means,
            after: new Set(after),
            before: new Set(before),
          })),
        },
      ]),
    ),
  }
}
