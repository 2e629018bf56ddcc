// How a case came so far, in one line: the last moves with their date and who made them, never a word of what was said.
// In the words of the officers' dialogue, which tells the same history with its words to who may read them.

import type { City } from '../city/city.ts'
import type { HistoryEvent } from '../complaints/complaint.ts'
import { formatDate } from '../conversation/phrases.ts'
import { type Reader, say } from './wording.ts'

/** Moves told of one case. */
const LAST = 4

export function pastMoves(reader: Reader, history: readonly HistoryEvent[], city: City): string {
  const said = (key: string, params: Readonly<Record<string, string>> = {}) =>
    say(reader, key, params, { city })
  const actorOf = ({ role, actor }: HistoryEvent) =>
    role === 'citizen' || role === 'system' ? said(`desk_actor_${role}`) : actor
  return history
    .slice(-LAST)
    .map((event) => {
      const did = said('desk_did', { did: said(didKey(event)), actor: actorOf(event) })
      return said('desk_history_item', { date: formatDate(event.at, city), did })
    })
    .join(', ')
}

/** An extension that was only asked for, or refused, is no extension. */
function didKey({ move, detail }: HistoryEvent): string {
  if (move === 'extend' && detail.asked === true) return 'desk_did_extend_asked'
  if (move === 'extend' && detail.refused === true) return 'desk_did_extend_refused'
  return `desk_did_${move}`
}
