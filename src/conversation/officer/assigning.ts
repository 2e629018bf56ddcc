// VERIFIKASI and DISPOSISI, ALIH, TEMBUSKAN: a case goes to an agency, or its copy does. The coordinator's.
// What lies beyond the city goes to nobody: the answer says what to do instead.

import type { Agency } from '../../city/city.ts'
import type { ArchiveReason, Complaint } from '../../complaints/complaint.ts'
import { deskButton } from '../../complaints/desk-button.ts'
import { agencyWords, cityWords, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { agencyMeant } from './agency-naming.ts'
import { aimed } from './aim.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'

const OUTSIDE = 'outside_authority' satisfies ArchiveReason

type Sending = 'assign' | 'transfer' | 'copy'

export function sendTo(moment: DeskMoment, command: OfficerCommand, move: Sending): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  // Nobody chooses an agency for a move that is not open.
  const open = tryStaffMove(moment, complaint, { move })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, move)
  const meant = agencyMeant(moment, command, complaint, having(complaint))
  if (meant.outcome !== undefined) return meant.outcome
  const { agency, rest } = meant
  if (agency.outside) return beyond(moment, complaint, agency)
  const request = { move, agency: agency.id, ...(rest === '' ? {} : { note: rest }) }
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

function having({ agency, copiedTo }: Complaint): readonly string[] {
  return agency === null ? copiedTo : [agency, ...copiedTo]
}

/** Beyond the city's authority: archived for that reason, the citizen is told the next door. */
function beyond(moment: DeskMoment, complaint: Complaint, { id, turnTo }: Agency): Outcome {
  const { context } = moment
  const { ticket } = complaint
  const params = {
    id: ticket,
    agency: agencyWords(context, id),
    turn: turnTo === null ? '' : cityWords(context, turnTo),
  }
  const choices = [
    {
      value: deskButton('archive', complaint, OUTSIDE),
      label: words(context, `desk_reason_${OUTSIDE}`, {}),
    },
    { value: deskButton('assign', complaint), label: words(context, 'desk_button_assign', {}) },
  ]
  return told(
    moment,
    [line(context, 'desk_agency_outside', params, { ticket, choices })],
    [{ type: 'about', ticket }],
  )
}
