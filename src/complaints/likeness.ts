// Which complaint of other people is most likely about the same thing: how near, how much alike the places are called.
// Pure: the store finds what may be meant, this chooses.

import type { ComplaintClass, Place } from './complaint.ts'

/** What a complaint about to be filed may be a duplicate of. */
export interface NearQuery {
  readonly category: string
  readonly class: ComplaintClass
  /** Null: only coordinates can tell; then both must be given. */
  readonly kelurahan: string | null
  readonly lat: number | null
  readonly lon: number | null
  /** Filed at this time or later. */
  readonly since: Date
}

/** Somebody else's complaint that may be about the same thing: nothing of who filed it. */
export interface NearCase {
  readonly ticket: string
  readonly place: Place
  readonly filedAt: Date
}

/** Two pins closer than this may mean the same spot. */
const NEAR_METRES = 300
const EARTH_METRES = 6_371_000

/**
 * The likeliest of `cases`, the one filed first where several are as likely; null when none is near. Pins decide where
 * both have one: whatever lies farther apart is another spot, though it be the same kelurahan.
 */
export function likest(
  place: Pick<Place, 'kelurahan' | 'text' | 'lat' | 'lon'>,
  cases: readonly NearCase[],
  sharesStreet: (one: string, other: string) => boolean,
): NearCase | null {
  let best: NearCase | null = null
  let most = 0
  for (const one of [...cases].sort((a, b) => a.filedAt.getTime() - b.filedAt.getTime())) {
    const score = likeness(place, one.place, sharesStreet)
    if (score > most) [best, most] = [one, score]
  }
  return best
}

function likeness(
  place: Pick<Place, 'kelurahan' | 'text' | 'lat' | 'lon'>,
  other: Place,
  sharesStreet: (one: string, other: string) => boolean,
): number {
  const metres = metresBetween(place, other)
  if (metres !== null) return metres <= NEAR_METRES ? 3 : 0
  if (place.kelurahan === null || place.kelurahan !== other.kelurahan) return 0
  const { text } = place
  return text !== null && other.text !== null && sharesStreet(text, other.text) ? 2 : 1
}

/** On a sphere, flat enough for a city; null where one of them has no pin. */
function metresBetween(
  one: Pick<Place, 'lat' | 'lon'>,
  other: Pick<Place, 'lat' | 'lon'>,
): number | null {
  if (one.lat === null || one.lon === null || other.lat === null || other.lon === null) return null
  const radians = Math.PI / 180
  const north = (other.lat - one.lat) * radians
  const east = (other.lon - one.lon) * radians * Math.cos(((one.lat + other.lat) / 2) * radians)
  return EARTH_METRES * Math.hypot(north, east)
}
