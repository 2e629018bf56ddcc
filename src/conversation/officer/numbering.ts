// NOMOR: the number of the same case in the national system. STATUS and LIHAT tell both from then on.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'

export function number(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { ticket } = complaint
  const request = { move: 'number', externalId: command.rest } as const
  const result = tryStaffMove(moment, complaint, request)
  if (result.outcome === 'refused') return refusedMove(moment, aim.found, result, 'number')
  if (result.outcome === 'incomplete') {
    const key = command.rest === '' ? 'desk_ask_number' : 'desk_number_wrong'
    return askFor(moment, line(moment.context, key, { id: ticket }, { ticket }), {
      command: 'number',
      ticket,
      lacks: 'number',
    })
  }
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}
