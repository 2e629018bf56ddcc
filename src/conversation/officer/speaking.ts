// KABAR and JAWAB: what the agency tells the citizen. A final answer is shown once more and confirmed; a copied-in
// agency's word is a note beside the case.

import type { MediaRef } from '../../message.ts'
import type { DeskCase } from '../desk.ts'
import { keptMedia } from '../draft.ts'
import { line, rendered } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import { isCanned } from './canned.ts'
import { offerAsUpdate } from './card-words.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { fitted, givenWords, updateMove } from './given-words.ts'
import { moveMade, refusedMove } from './moving.ts'

export function update(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const move = updateMove(moment, complaint)
  const open = tryStaffMove(moment, complaint, { move })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, move)
  const note = givenWords(moment, command.rest)
  if (note === '')
    return askFor(moment, line(moment.context, 'desk_ask_update', { id: ticket }, { ticket }), {
      command: 'update',
      ticket,
      lacks: 'words',
    })
  const request = { move, note }
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

export function answer(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const open = tryStaffMove(moment, complaint, { move: 'answer' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'answer')
  const words = givenWords(moment, command.rest)
  if (words === '')
    return askFor(moment, line(moment.context, 'desk_ask_answer', { id: ticket }, { ticket }), {
      command: 'answer',
      ticket,
      lacks: 'words',
    })
  const media = keptMedia(moment.message)
  const instead = isCanned(words, moment.context.city)
    ? offerAsUpdate(moment, aim.found, words, media)
    : null
  return instead ?? askAnswer(moment, aim.found, words, media)
}

/** Shown once more: it is the word the citizen's time to reply hangs on. */
function askAnswer(
  moment: DeskMoment,
  { complaint }: DeskCase,
  note: string,
  media: readonly MediaRef[],
): Outcome {
  const { context } = moment
  const { album } = moment.message
  const { ticket, version, state } = complaint
  const key = state === 'answered' ? 'desk_confirm_correction' : 'desk_confirm_answer'
  const asked = (words: string) => line(context, key, { id: ticket, words }, { ticket })
  const frame = rendered(context, asked('')) + rendered(context, line(context, 'desk_confirm', {}))
  const request = { move: 'answer', note } as const
  return askConfirmed(
    moment,
    { type: 'move', ticket, version, request, media: [...media], album },
    asked(fitted(context, note, `${frame}  `)),
    false,
  )
}
