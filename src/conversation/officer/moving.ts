// An officer's move: held against the table, made, and told; or why it cannot be made, and what can.
// Refusals are worded here by what stands in the way; the table's own English reasons are for the API.

import type { MoveName } from '../../complaints/complaint.ts'
import type { MoveRequest, MoveResult } from '../../complaints/moves.ts'
import type { DeskCase } from '../desk.ts'
import type { DeskState } from '../desk-state.ts'
import type { Line } from '../lines.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { nextLine } from './card.ts'
import { type DeskMoment, told, tryStaffMove } from './desk-moment.ts'
import { standsLine } from './overtaken.ts'
import { refusalLine } from './refusing.ts'

/** Makes the move and says `done`; or says that it cannot be made, where the case stands, and what can be done. */
export function moveMade(
  moment: DeskMoment,
  found: DeskCase,
  request: MoveRequest,
  done: (after: DeskCase['complaint']) => readonly Line[],
  next: Partial<DeskState> = {},
): Outcome {
  const { complaint } = found
  const { ticket } = complaint
  const result = tryStaffMove(moment, complaint, request)
  if (result.outcome !== 'moved') return refusedMove(moment, found, result, request.move)
  const after = result.complaint
  const lines = [...done(after), nextLine(moment, after)]
  return told(moment, lines, [{ type: 'move', ticket, request, by: 'staff' }], next)
}

export function refusedMove(
  moment: DeskMoment,
  found: DeskCase,
  result: MoveResult,
  move: MoveName,
): Outcome {
  const { complaint } = found
  const { ticket } = complaint
  const refusal =
    result.outcome === 'refused'
      ? refusalLine(moment, complaint, result.why, move)
      : line(moment.context, 'desk_refused', { id: ticket }, { ticket })
  return told(
    moment,
    [refusal, standsLine(moment, found), nextLine(moment, complaint)],
    [{ type: 'about', ticket }],
  )
}
