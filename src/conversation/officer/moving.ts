// An officer's move: held against the table, made, and told; or why it cannot be made, and what can.
// Refusals are worded here by what stands in the way; the table's own English reasons are for the API.

import type { MoveRequest } from '../../complaints/moves.ts'
import type { DeskCase } from '../desk.ts'
import type { DeskState } from '../desk-state.ts'
import type { Line } from '../lines.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { nextLine, stateLine } from './card.ts'
import { type DeskMoment, told, tryStaffMove } from './desk-moment.ts'

/** Makes the move and says `done`; or says that it cannot be made, where the case stands, and what can be done. */
export function moveMade(
  moment: DeskMoment,
  { complaint }: DeskCase,
  request: MoveRequest,
  done: (after: DeskCase['complaint']) => readonly Line[],
  next: Partial<DeskState> = {},
): Outcome {
  const { ticket } = complaint
  const result = tryStaffMove(moment, complaint, request)
  if (result.outcome !== 'moved') return refusedMove(moment, { complaint })
  const after = result.complaint
  const lines = [...done(after), nextLine(moment, after)]
  return told(moment, lines, [{ type: 'move', ticket, request, by: 'staff' }], next)
}

export function refusedMove(
  moment: DeskMoment,
  { complaint }: Pick<DeskCase, 'complaint'>,
): Outcome {
  const { ticket } = complaint
  return told(
    moment,
    [
      line(moment.context, 'desk_refused', { id: ticket }, { ticket }),
      stateLine(moment, complaint),
      nextLine(moment, complaint),
    ],
    [{ type: 'about', ticket }],
  )
}
