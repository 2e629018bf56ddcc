// How a case came so far, in one line: the last moves with their date and who made them, never a word of what was said.

import type { City } from '../city/city.ts'
import type { HistoryEvent } from '../complaints/complaint.ts'
import { formatDate } from '../conversation/phrases.ts'
import { type Reader, say } from './wording.ts'

/** Moves told of one case. */
const LAST = 4

export function pastMoves(reader: Reader, history: readonly HistoryEvent[], city: City): string {
  return history
    .slice(-LAST)
    .map((event) =>
      say(
        reader,
        'ping_part_moved',
        {
          date: formatDate(event.at, city),
          move: say(reader, `ping_move_${event.move}`, {}, { city }),
          name: nameOf(reader, event, city),
        },
        { city },
      ),
    )
    .join(', ')
}

function nameOf(reader: Reader, { role, actor }: HistoryEvent, city: City): string {
  if (role === 'citizen') return say(reader, 'ping_part_citizen', {}, { city })
  if (role === 'system') return say(reader, 'ping_part_system', {}, { city })
  return actor
}
