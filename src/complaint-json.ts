// A complaint as the API tells it: names and forms as in README.md, absent facts null, no address and no code anywhere.
// Of an anonymous one no number either that stands in anybody's words.

import type { City } from './city/city.ts'
import { maskCodes } from './code-mask.ts'
import { dueAtOf, isoWithOffset } from './complaints/clocks.ts'
import type { Complaint } from './complaints/complaint.ts'
import { maskNumbers } from './complaints/privacy.ts'
import type { CaseFile } from './store/case-port.ts'

/** A complaint as outsiders read it; absent facts are null, times carry the city's offset. */
export function complaintJson(file: CaseFile, city: City) {
  const { complaint, history, messages, supporters } = file
  const words = wordsOf(complaint)
  const time = (at: Date | null) => (at === null ? null : isoWithOffset(at, city.zone))
  return {
    ...factsJson(complaint),
    place: { ...complaint.place, text: words(complaint.place.text) },
    text: words(complaint.text),
    supporters,
    filed_at: time(complaint.filedAt),
    due_at: time(dueAtOf(complaint)),
    due: complaint.clocks
      .filter((clock) => clock.status !== 'ended')
      .map(({ name, dueAt, status }) => ({ clock: name, at: time(dueAt), status })),
    history: history.map(({ at, move, from, to, actor, note }) => ({
      at: time(at),
      move,
      from,
      to,
      actor,
      note: words(note),
    })),
    messages: maskCodes(messages).map((message) => {
      return { ...message, text: words(message.text), at: time(message.at) }
    }),
  }
}

function factsJson(complaint: Complaint) {
  return {
    ticket: complaint.ticket,
    version: complaint.version,
    state: complaint.state,
    class: complaint.class,
    category: complaint.category,
    agency: complaint.agency,
    proposed_agency: complaint.proposedAgency,
    channel: complaint.channel,
    language: complaint.language,
    anonymous: complaint.anonymous,
    confidential: complaint.confidential,
    urgent: complaint.urgent,
    rating: complaint.rating,
    hand_offs: complaint.handOffs,
    merged_into: complaint.mergedInto,
    external_id: complaint.externalId,
  }
}

/** Whoever is anonymous may have written how to reach them. */
function wordsOf({ anonymous }: Complaint): (text: string | null) => string | null {
  return (text) => (text === null || !anonymous ? text : maskNumbers(text))
}
