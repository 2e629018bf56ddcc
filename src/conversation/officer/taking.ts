// TANGANI: "I have it". The repeated ping stops; the next step of the clock still comes.

import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import type { OfficerCommand } from './commands.ts'
import type { DeskMoment } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade } from './moving.ts'

export function take(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const request = { move: 'take' } as const
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}
