// UBAH: the coordinator sets a fact of a case right. What to change, and into what, is asked where it is not said.

import { type Line, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { CORRECTED_FIELDS, type CorrectedField, valueMeant } from './corrections.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { moveMade, refusedMove } from './moving.ts'
import { namedIn } from './naming.ts'

export function correct(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const open = tryStaffMove(moment, complaint, { move: 'correct' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'correct')
  const { correct_fields: fields } = moment.context.city.vocabulary.officer_words
  const named = namedIn(
    command.rest,
    CORRECTED_FIELDS.map((id) => ({ id, names: fields[id] })),
  )
  if (named.type !== 'meant') return askField(moment, complaint.ticket)
  const field = named.id as CorrectedField
  const meant = valueMeant(moment, complaint, field, named.rest)
  if (meant.ask !== undefined) {
    const asked: Line = { ...meant.ask, ticket: complaint.ticket }
    const lacking = { ticket: complaint.ticket, lacks: 'value', given: { field, ...meant.given } }
    return askFor(moment, asked, { command: 'correct', ...lacking }, meant.from)
  }
  const request = { move: 'correct', ...meant.correction } as const
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

function askField(moment: DeskMoment, ticket: string): Outcome {
  const { context } = moment
  return askFor(
    moment,
    line(context, 'desk_ask_field', { id: ticket }, { ticket }),
    { command: 'correct', ticket, lacks: 'field' },
    CORRECTED_FIELDS.map((value) => ({ value, label: words(context, `desk_field_${value}`, {}) })),
  )
}
