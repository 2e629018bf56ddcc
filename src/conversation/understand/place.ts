// Finds kelurahan, districts, landmarks and places beyond the city by name: spelling variants, small typos, glued names.
// A name that is also an ordinary word counts only after a marker, or as all that is said; a shared first name
// ("Kelayan") names several.

import type { City, Village } from '../../city/city.ts'
import { errorsBetween } from './spelling.ts'
import type { Token } from './tokens.ts'

export interface NamedPlace {
  readonly villages: readonly string[]
  readonly district: string | null
  readonly outside: number | null
  /** It stands on a map, but which kelurahan it is in is not known. */
  readonly first: number
  readonly last: number
}

export interface PlaceFinder {
  readonly find: (tokens: readonly Token[]) => NamedPlace[]
}

interface Name {
  readonly words: readonly string[]
  readonly villages: readonly string[]
  readonly district: string | null
  readonly outside: number | null
  readonly needsMarker: boolean
  /** No place at all, though it begins like one. */
  readonly decoy: boolean
}

const SHORTEST_GLUED = 8
const SHORTEST_NEAR = 4

const PLAIN = { villages: [], district: null, outside: null, needsMarker: false, decoy: false }

/** Full word → its forms, turned round: form → full word. */
export function formsOf(
  lists: Readonly<Record<string, readonly string[]>>,
): (readonly [string, string])[] {
  return Object.entries(lists).flatMap(([word, forms]) =>
    forms.map((form) => [form, word] as const),
  )
}

/** Words of all place names: never to be corrected into something else. */
export function placeWordsOf(city: City): string[] {
  const spelled = formsOf(city.vocabulary.places.spellings).map(([form]) => form)
  const words = namesOf(city).flatMap((name) => [...name.words, ...gluedName(name.words)])
  return [...new Set([...words, ...spelled])]
}

/** "telukdalam"; none for one word or short ones. */
function gluedName(words: readonly string[]): readonly string[] {
  const whole = words.join('')
  return words.length > 1 && whole.length >= SHORTEST_GLUED ? [whole] : []
}

export function createPlaceFinder(city: City): PlaceFinder {
  const { places } = city.vocabulary
  const spellings = new Map(formsOf(places.spellings))
  const spell = (word: string): string => spellings.get(word) ?? word
  const byFirst = new Map<string, Name[]>()
  const glued = new Map<string, Name>()
  const longWords = new Map<string, string[]>()
  for (const name of namesOf(city)) {
    const words = name.words.map(spell)
    const first = words[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), { ...name, words }])
    for (const whole of gluedName(words)) glued.set(whole, { ...name, words: [whole] })
    for (const word of words) {
      const list = longWords.get(word.charAt(0)) ?? []
      if (word.length >= 6 && !list.includes(word)) longWords.set(word.charAt(0), [...list, word])
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length)
  const markers = new Set(places.markers)
  const streets = new Set(places.streets)
  const numbered = new Set(places.numbered)
  const corrected = new Map<string, string>()

  /** "rt 5 rw 2" after a name leaves it all that is said. */
  const isNumbering = ({ word, digits }: Token): boolean => digits || numbered.has(word)

  function placeWord(token: Token): string {
    const word = spell(token.raw)
    if (token.exact !== -1 || token.digits || word.length < 6) return word
    const remembered = corrected.get(word)
    if (remembered !== undefined) return remembered
    const near = nearest(word, longWords.get(word.charAt(0)) ?? [])
    if (corrected.size < 20_000) corrected.set(word, near)
    return near
  }

  return {
    find(tokens) {
      const words = tokens.map(placeWord)
      const found: NamedPlace[] = []
      for (let at = 0; at < words.length; at += 1) {
        const word = words[at] ?? ''
        const name =
          byFirst.get(word)?.find((candidate) => standsAt(candidate, words, at)) ??
          byFirst.get(word)?.find((candidate) => nearlyStandsAt(candidate, tokens, at)) ??
          glued.get(word)
        if (name === undefined) continue
        const before = at === 0 ? '' : (tokens[at - 1]?.word ?? '')
        const last = at + name.words.length - 1
        const marked = markers.has(before) && !streets.has(before)
        const alone = at === 0 && tokens.slice(last + 1).every(isNumbering)
        if (!name.decoy && (!name.needsMarker || marked || alone))
          found.push({
            villages: name.villages,
            district: name.district,
            outside: name.outside,
            first: at,
            last,
          })
        at = last
      }
      return found
    },
  }
}

function standsAt(name: Name, words: readonly string[], at: number): boolean {
  return name.words.every((word, step) => words[at + step] === word)
}

/** The second of its words has one letter wrong, and is no other word: "sungai miay". */
function nearlyStandsAt({ words, decoy }: Name, tokens: readonly Token[], at: number): boolean {
  const [, second = '', third] = words
  const token = tokens[at + 1]
  if (decoy || third !== undefined || second.length < SHORTEST_NEAR || token === undefined)
    return false
  return token.exact === -1 && !token.known && errorsBetween(token.raw, second) === 1
}

function nearest(word: string, names: readonly string[]): string {
  if (names.includes(word)) return word
  const allowed = word.length >= 10 ? 2 : 1
  return (
    names.find(
      (name) =>
        Math.abs(name.length - word.length) <= allowed && errorsBetween(name, word) <= allowed,
    ) ?? word
  )
}

function namesOf(city: City): Name[] {
  const { places, outside } = city.vocabulary
  const villages = city.places.districts.flatMap((district) => district.villages)
  return [
    ...villages.flatMap(villageNames),
    ...city.places.districts.map((district) => ({
      ...PLAIN,
      words: wordsIn(district.name),
      district: district.name,
    })),
    ...sharedNames(villages, new Set(places.loose_words)),
    ...city.places.landmarks.flatMap((landmark) =>
      [landmark.name, ...landmark.aliases].map((name) => ({
        ...PLAIN,
        words: wordsIn(name),
        villages: landmark.village === null ? [] : [landmark.village],
      })),
    ),
    ...outside.flatMap((group, at) =>
      group.places.map((name) => ({ ...PLAIN, words: wordsIn(name), outside: at })),
    ),
    ...places.not_villages.map((name) => ({ ...PLAIN, words: wordsIn(name), decoy: true })),
  ]
}

function villageNames(village: Village): Name[] {
  return [village.name, ...village.aliases].map((name) => ({
    ...PLAIN,
    words: wordsIn(name),
    villages: [village.code],
    needsMarker: village.needsMarker && name === village.name,
  }))
}

/** First names that several villages share, unless they are ordinary words or a village by themselves. */
function sharedNames(villages: readonly Village[], loose: ReadonlySet<string>): Name[] {
  const whole = new Set(villages.map((village) => village.name.toLowerCase()))
  const byFirst = new Map<string, Village[]>()
  for (const village of villages) {
    const first = wordsIn(village.name)[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), village])
  }
  return [...byFirst].flatMap(([first, sharing]) =>
    sharing.length < 2 || loose.has(first) || whole.has(first)
      ? []
      : [{ ...PLAIN, words: [first], villages: sharing.map((village) => village.code) }],
  )
}

function wordsIn(name: string): string[] {
  return name.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? []
}
