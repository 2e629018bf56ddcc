// What those hear who only joined a complaint (DUKUNG): where it stands, and the answer.
// It is somebody else's: no words but the answer's, nothing is asked of them, and no number of a person in it.

import type { City } from '../city/city.ts'
import type { Complaint, MoveName } from '../complaints/complaint.ts'
import { maskNumbers } from '../complaints/privacy.ts'
import { agencyName } from './case-words.ts'
import type { MovePhrase, Telling } from './move-phrases.ts'
import { type Reader, say } from './wording.ts'

/** What changes neither state, agency nor the words they may read is not told. */
const TOLD: ReadonlySet<MoveName> = new Set<MoveName>([
  'assign',
  'hold',
  'complete',
  'accept',
  'answer',
  'return',
  'transfer',
  'merge',
  'archive',
  'restore',
  'close',
  'reopen',
  'satisfied',
  'dissatisfied',
  'cancel',
])

export function supportPhrase(telling: Telling): MovePhrase | null {
  const { after, event, reader, city } = telling
  if (!TOLD.has(event.move)) return null
  const { ticket: id } = after
  const more = 'notice_part_more'
  if (event.move !== 'answer' || event.note === null) {
    const params = { id, state: supportState(reader, after, city) }
    return { key: 'notice_support', params, excerpt: null, more }
  }
  const params = { id, agency: agencyName(reader, after.agency, city) }
  return { key: 'notice_support_answer', params, excerpt: maskNumbers(event.note), more }
}

/** The state's label from outside: nothing waits for the one who reads it. */
export function supportState(reader: Reader, { agency, state }: Complaint, city: City): string {
  const params = { agency: agencyName(reader, agency, city) }
  return say(reader, `support_state_${state}`, params, { city })
}
