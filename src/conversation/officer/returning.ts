// BW, BUKAN WEWENANG: not ours, and why. The coordinator then chooses another agency.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'

export function returned(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const open = tryStaffMove(moment, complaint, { move: 'return' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'return')
  if (command.rest === '')
    return askFor(moment, line(moment.context, 'desk_ask_return', { id: ticket }, { ticket }), {
      command: 'return',
      ticket,
      lacks: 'words',
    })
  const request = { move: 'return', reason: command.rest } as const
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}
