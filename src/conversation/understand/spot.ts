// Where it is: kelurahan from the names found, and the citizen's own words for the spot ("gg 5 dekat langgar").
// Also says which words are only part of a place, so that "dekat pasar" is not taken for the matter.

import type { City } from '../../city/city.ts'
import type { Vocabulary } from '../../city/vocabulary.ts'
import type { NamedPlace } from './place.ts'
import type { Token } from './tokens.ts'
import type { PlaceReading } from './understanding.ts'

/** `name`: part of a street's name; `beside`: after "dekat", "depan"; `at`: after "di"; `none`: elsewhere. */
export type PlaceRole = 'name' | 'beside' | 'at' | 'none'

export interface SpotReading {
  readonly place: PlaceReading
  /** Which group of places beyond the city is named. */
  readonly outside: number | null
  /** One per token. */
  readonly roles: readonly PlaceRole[]
  /** A street, lane or house number is given. */
  readonly precise: boolean
}

const MOST_NAME_WORDS = 2
const MOST_BESIDE_WORDS = 2

/** `problemAt`: true for words that say what is wrong; they end the name of a spot. */
export function readSpot(
  text: string,
  tokens: readonly Token[],
  named: readonly NamedPlace[],
  problemAt: readonly boolean[],
  city: City,
): SpotReading {
  const words = placeWords(city.vocabulary)
  const marks: Marks = {
    inSpot: new Array<boolean>(tokens.length).fill(false),
    roles: new Array<PlaceRole>(tokens.length).fill('none'),
  }
  for (const { first, last } of named) mark(marks, first, last, 'name')
  let precise = false
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.word ?? ''
    const numbered = words.numbered.has(word)
    if (numbered || words.streets.has(word)) {
      const end = nameEnd(tokens, at, problemAt, words, MOST_NAME_WORDS)
      if (end === at) continue
      precise = true
      marks.inSpot[at] = true
      mark(marks, numbered ? at : at + 1, end, 'name')
    } else if (words.relations.has(word)) {
      const end = nameEnd(tokens, at, problemAt, words, MOST_BESIDE_WORDS)
      if (end > at) marks.inSpot[at] = true
      mark(marks, at + 1, end, 'beside')
    } else if (marks.roles[at] === 'none' && words.areas.has(word)) {
      if (!words.markers.has(tokens[at - 1]?.word ?? '')) continue
      mark(marks, at, nameEnd(tokens, at, problemAt, words, MOST_NAME_WORDS), 'at')
    }
  }
  const outside = outsideOf(named, tokens, words)
  return {
    place: {
      ...villageOf(named, city),
      text: spotText(text, tokens, marks.inSpot),
      outside: outside === null ? null : (city.vocabulary.outside[outside]?.name ?? null),
    },
    outside,
    roles: marks.roles,
    precise,
  }
}

interface Marks {
  readonly inSpot: boolean[]
  readonly roles: PlaceRole[]
}

/** A name stays a name; what is beside or at something does not take a name away. */
function mark({ inSpot, roles }: Marks, from: number, to: number, role: PlaceRole): void {
  for (let at = from; at <= to; at += 1) {
    inSpot[at] = true
    if (role === 'name' || roles[at] === 'none') roles[at] = role
  }
}

interface PlaceWords {
  readonly streets: ReadonlySet<string>
  readonly numbered: ReadonlySet<string>
  readonly relations: ReadonlySet<string>
  readonly directions: ReadonlySet<string>
  readonly areas: ReadonlySet<string>
  readonly markers: ReadonlySet<string>
  readonly stops: ReadonlySet<string>
}

const prepared = new WeakMap<Vocabulary, PlaceWords>()

function placeWords(vocabulary: Vocabulary): PlaceWords {
  const ready = prepared.get(vocabulary)
  if (ready !== undefined) return ready
  const { places, fillers } = vocabulary
  const made = {
    streets: new Set(places.streets),
    numbered: new Set(places.numbered),
    relations: new Set(places.relations),
    directions: new Set(places.directions),
    areas: new Set(places.areas),
    markers: new Set(places.markers),
    stops: new Set([...places.stops, ...fillers, ...places.relations, ...places.markers]),
  }
  prepared.set(vocabulary, made)
  return made
}

/** Last token of the name that begins after `at`; `at` itself when none does. */
function nameEnd(
  tokens: readonly Token[],
  at: number,
  problemAt: readonly boolean[],
  words: PlaceWords,
  most: number,
): number {
  let end = at
  while (end < at + most + 1) {
    const next = tokens[end + 1]
    if (next === undefined || next.paused || words.stops.has(next.word)) break
    if (problemAt[end + 1] === true) break
    if (words.streets.has(next.word) || words.numbered.has(next.word)) break
    if (end >= at + most && !next.digits && next.raw.length > 1) break
    end += 1
  }
  return end
}

function villageOf(
  named: readonly NamedPlace[],
  city: City,
): { readonly villages: readonly string[]; readonly district: string | null } {
  const clear = named.filter((place) => place.villages.length === 1)
  const shared = named.filter((place) => place.villages.length > 1)
  const sources = clear.length > 0 ? clear : shared
  const district = named.find((place) => place.district !== null)?.district ?? null
  const inDistrict = city.places.districts.find((d) => d.name === district)
  let villages = [...new Set(sources.flatMap((place) => place.villages))]
  if (villages.length > 1 && inDistrict !== undefined) {
    const within = villages.filter((code) => inDistrict.villages.some((v) => v.code === code))
    if (within.length > 0) villages = within
  }
  const home = city.places.districts.filter((d) =>
    villages.some((code) => d.villages.some((village) => village.code === code)),
  )
  return { villages, district: home.length === 1 ? (home[0]?.name ?? null) : district }
}

function outsideOf(
  named: readonly NamedPlace[],
  tokens: readonly Token[],
  words: PlaceWords,
): number | null {
  if (named.some((place) => place.villages.length > 0)) return null
  const beyond = named.find((place) => {
    if (place.outside === null) return false
    const before = tokens[place.first - 1]?.word ?? ''
    return !words.directions.has(before) && !words.streets.has(before)
  })
  return beyond?.outside ?? null
}

/** The longest stretch of place words, small gaps included; null when there is none. */
function spotText(
  text: string,
  tokens: readonly Token[],
  inSpot: readonly boolean[],
): string | null {
  let best: { first: number; last: number } | null = null
  let current: { first: number; last: number } | null = null
  for (let at = 0; at < inSpot.length; at += 1) {
    if (inSpot[at] !== true) continue
    if (current !== null && at - current.last <= 2) current.last = at
    else current = { first: at, last: at }
    if (best === null || current.last - current.first >= best.last - best.first) best = current
  }
  if (best === null) return null
  const first = tokens[best.first]
  const last = tokens[best.last]
  return first === undefined || last === undefined ? null : text.slice(first.start, last.end)
}
