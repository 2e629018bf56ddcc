// What the table of moves needs to know of a city, taken from its configuration.
// Named by shape, since complaints/ does not import city/.

import type { Calendar } from './clocks.ts'
import type { Districts } from './move-request.ts'
import type { MoveFacts } from './moves.ts'

export interface CityRules {
  readonly calendar: Calendar
  readonly agencyIds: ReadonlySet<string>
  readonly categoryById: ReadonlyMap<string, { readonly inspection: boolean }>
  readonly places: { readonly districts: Districts }
}

export function factsOf(city: CityRules, now: Date): MoveFacts {
  return {
    now,
    calendar: city.calendar,
    agencies: city.agencyIds,
    categories: city.categoryById,
    districts: city.places.districts,
  }
}
