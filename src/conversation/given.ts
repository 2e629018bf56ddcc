// What a citizen's note brings besides its words: the place that was not known yet, the matter of a complaint without one.
// It fills what is open and never changes what stands: a second thought is left to whoever reads the note.

import type { Complaint, Place } from '../complaints/complaint.ts'
import { hasMatter } from './belongs.ts'
import { placeOf } from './draft.ts'
import type { Moment } from './moment.ts'
import type { Understanding } from './understand/understanding.ts'

/** The pin, the place that was still missing, or the kelurahan of one that was only described so far. */
export function placeGiven(
  { message, reading, context }: Moment,
  { place }: Complaint,
): Partial<Place> | null {
  if (message.position !== null) return { lat: message.position.lat, lon: message.position.lon }
  if (reading.intent !== 'place' || place.kelurahan !== null || place.lat !== null) return null
  const read = placeOf(reading.place, context.city)
  if (place.text === null) return read
  return read?.kelurahan == null ? null : read
}

/** The category that words give to a complaint that had none yet. */
export function categoryGiven(reading: Understanding, complaint: Complaint): string | null {
  if (complaint.category !== null || !hasMatter(reading)) return null
  return reading.asks.includes('category') ? null : (reading.categories[0]?.id ?? null)
}
