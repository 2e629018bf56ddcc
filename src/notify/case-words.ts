// The facts of a complaint in words for one reader: its agency, category, place, state and dates.
// The citizen's own words are never among them: phones are shared.

import type { City } from '../city/city.ts'
import { runningClock } from '../complaints/clocks.ts'
import type { ClockName, Complaint, ComplaintClock } from '../complaints/complaint.ts'
import { formatDate } from '../conversation/phrases.ts'
import { type Reader, say, styleOf } from './wording.ts'

/** Short on SMS, whole elsewhere; without an agency it is the coordinator who acts. */
export function agencyName(reader: Reader, id: string | null, city: City): string {
  const agency = id === null ? undefined : city.agencyById.get(id)
  if (agency === undefined) return say(reader, 'notice_part_coordinator', {}, { city })
  return styleOf(reader) === 'sms' ? agency.short : agency.name
}

/** Short as configured; whole in English where there is room and the reader wants it. */
export function categoryName(reader: Reader, id: string | null, city: City): string {
  const category = id === null ? undefined : city.categoryById.get(id)
  if (category === undefined) return say(reader, 'ping_part_no_category', {}, { city })
  const inEnglish = reader.language === 'en' && styleOf(reader) === 'chat'
  return inEnglish ? category.name.en : category.short
}

export function kelurahanName(reader: Reader, complaint: Complaint, city: City): string {
  return complaint.place.kelurahan ?? say(reader, 'ping_part_no_place', {}, { city })
}

/** The first of these clocks that runs, as dd/mm/yyyy; marked where a holiday list is only an estimate. */
export function dueDate(
  reader: Reader,
  complaint: Complaint,
  names: readonly ClockName[],
  city: City,
): string {
  for (const name of names) {
    const clock = runningClock(complaint, name)
    if (clock !== null) return clockDate(reader, clock, city)
  }
  return say(reader, 'ping_part_no_date', {}, { city })
}

export function clockDate(
  reader: Reader,
  clock: Pick<ComplaintClock, 'dueAt' | 'estimate'>,
  city: City,
): string {
  const date = formatDate(clock.dueAt, city)
  return clock.estimate ? say(reader, 'notice_part_estimate', { date }, { city }) : date
}

/** The running clock that is due first; null when none runs. */
function mostUrgentClock(complaint: Complaint): ComplaintClock | null {
  return complaint.clocks
    .filter((clock) => clock.status === 'running')
    .reduce<ComplaintClock | null>(
      (first, clock) => (first === null || clock.dueAt < first.dueAt ? clock : first),
      null,
    )
}

export function earliestDate(reader: Reader, complaint: Complaint, city: City): string {
  const clock = mostUrgentClock(complaint)
  if (clock === null) return say(reader, 'ping_part_no_date', {}, { city })
  return clockDate(reader, clock, city)
}

/** The label that product.md section 3 gives the state. */
export function stateWords(reader: Reader, complaint: Complaint, city: City): string {
  const params = {
    agency: agencyName(reader, complaint.agency, city),
    into: complaint.mergedInto ?? '',
  }
  return say(reader, `notice_state_${complaint.state}`, params, { city })
}
