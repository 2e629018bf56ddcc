// What it is about: categories ranked by their cues, and the agency where the words point past the usual one.
// A cue that only names a place ("dekat pasar", "gg sekolah") weighs little.

import type { City } from '../../city/city.ts'
import type { Hit } from './cues.ts'
import type { PlaceRole, SpotReading } from './spot.ts'
import type { RankedCategory, Understanding } from './understanding.ts'

const DAMPING: Readonly<Record<PlaceRole, number>> = { name: 0.1, beside: 0.2, at: 0.5, none: 1 }
const MOST_CATEGORIES = 3
/** How sure one strong cue alone makes: score / (score + this). */
const DOUBT = 1.5
const LEAST_SCORE = 0.4
const FIRST_BONUS = 0.2

/** One cue of a category, with its weight where it weighs most. */
interface Found {
  readonly text: string
  weight: number
}

export interface Matter {
  readonly categories: readonly RankedCategory[]
  readonly confidence: number
}

/** `roles`: one per word. What stands first weighs a little more: it is mostly the matter, the rest its consequences. */
export function rankCategories(hits: readonly Hit[], roles: readonly PlaceRole[]): Matter {
  const found = new Map<string, Found[]>()
  for (const hit of hits) {
    const { group, key, text, weight } = hit.cue
    if (group !== 'category') continue
    const cues = found.get(key) ?? []
    if (cues.length === 0) found.set(key, cues)
    const weighs = weight * DAMPING[roleOf(hit, roles)] * earliness(hit, roles.length)
    const same = cues.find((cue) => cue.text === text)
    if (same === undefined) cues.push({ text, weight: weighs })
    else if (Math.abs(weighs) > Math.abs(same.weight)) same.weight = weighs
  }
  const ranked = [...found]
    .map(([id, cues]) => ({ id, score: scoreOf(cues) }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_CATEGORIES)
  const best = ranked[0]?.score ?? 0
  const second = ranked[1]?.score ?? 0
  return { categories: ranked, confidence: best === 0 ? 0 : round(best / (best + second + DOUBT)) }
}

/** The best cue whole, the next half, then a quarter: many small cues do not outweigh one that is sure. */
function scoreOf(cues: Found[]): number {
  cues.sort((a, b) => b.weight - a.weight)
  let share = 1
  let score = 0
  for (const { weight } of cues) {
    score += weight < 0 ? weight : weight * share
    share /= 2
  }
  return score
}

function earliness({ first, cue }: Hit, length: number): number {
  return cue.weight < 0 ? 1 : 1 + (FIRST_BONUS * (length - first)) / length
}

/** The less place-like of the hit's two ends decides: "lampu dekat pasar" is about the lamp. */
function roleOf({ first, last }: Hit, roles: readonly PlaceRole[]): PlaceRole {
  const begins = roles[first] ?? 'none'
  const ends = roles[last] ?? 'none'
  return DAMPING[begins] > DAMPING[ends] ? begins : ends
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** Agency proposed: by where it is, by special cues, else the category's usual one. */
export function agencyFor(
  city: City,
  category: string | null,
  hits: readonly Hit[],
  spot: SpotReading,
  prefix: Understanding['prefix'],
): string | null {
  const elsewhere = outsideAgency(city, spot, prefix)
  if (elsewhere !== null) return elsewhere
  const named = city.vocabulary.agency_cues.find(
    (cue, at) =>
      (cue.categories.length === 0 || (category !== null && cue.categories.includes(category))) &&
      hits.some((hit) => hit.cue.group === 'agency' && hit.cue.key === `${at}`) &&
      !hits.some((hit) => hit.cue.group === 'not-agency' && hit.cue.key === `${at}`),
  )
  if (named !== undefined) {
    const district = city.places.districts.find((d) => d.name === spot.place.district)
    return (district && named.by_district[district.code]) ?? named.agency
  }
  return category === null ? null : (city.categoryById.get(category)?.agency ?? null)
}

function outsideAgency(
  city: City,
  spot: SpotReading,
  prefix: Understanding['prefix'],
): string | null {
  const groups = city.vocabulary.outside
  if (prefix.whose === 'other') {
    const other = city.prefixes.others.find((government) => government.name === prefix.name)
    const words = new Set(other?.words.map((word) => word.toLowerCase()))
    return (
      groups.find((group) => group.prefixes.some((word) => words.has(word.toLowerCase())))
        ?.agency ?? null
    )
  }
  return spot.outside === null ? null : (groups[spot.outside]?.agency ?? null)
}
