// LENGKAP, TAMBAH, BALAS and JAWAB: more words for a case that exists.
// Whether they complete, dissatisfy or merely add, the state of the case says.

import { cannot, wordsOnCase } from '../case-words.ts'
import { isOpen, type Moment, type Outcome, tryMove } from '../moment.ts'
import { targetOf } from '../target.ts'
import type { MyComplaint } from '../turn.ts'

export function addition(moment: Moment): Outcome {
  const { state, context, reading, message, mine } = moment
  const waits = ({ complaint }: MyComplaint) =>
    complaint.state === 'held' || complaint.state === 'answered'
  const target = targetOf(moment, mine.filter(waits).length === 1 ? waits : isOpen)
  if (target.outcome !== undefined) return target.outcome
  const { complaint } = target.found
  if ((reading.command?.rest ?? '') !== '' || message.media.length > 0)
    return wordsOnCase(moment, target.found)
  const taken = (['note', 'complete'] as const).some(
    (move) => tryMove(context, complaint, { move, note: '-' }).outcome === 'moved',
  )
  if (!taken) return { state, lines: [cannot(context, complaint)] }
  return { state: { ...state, question: { type: 'words', ticket: complaint.ticket } }, lines: [] }
}
