// TERIMA: the agency takes it up. A late press or a second officer learns what happened meanwhile.

import { clockWords, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import type { OfficerCommand } from './commands.ts'
import type { DeskMoment } from './desk-moment.ts'
import { moveMade } from './moving.ts'

export function accept(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { context } = moment
  const { ticket } = aim.found.complaint
  return moveMade(moment, aim.found, { move: 'accept' }, (after) => [
    line(
      context,
      'desk_accepted',
      { id: ticket, date: clockWords(context, after, 'follow_up') },
      { ticket },
    ),
  ])
}
