// TUNDA and TANYA: the coordinator, or an officer, asks the citizen what is missing. The clocks stand still until they answer.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'

export function hold(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const open = tryStaffMove(moment, complaint, { move: 'hold' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'hold')
  if (command.rest === '')
    return askFor(moment, line(moment.context, 'desk_ask_question', { id: ticket }, { ticket }), {
      command: 'hold',
      ticket,
      lacks: 'words',
    })
  const request = { move: 'hold', note: command.rest } as const
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}
