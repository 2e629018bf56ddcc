// LIHAT: the case, its history, what came with it. Reading a confidential one is noted in the audit trail.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { Effect } from '../turn.ts'
import { aimed } from './aim.ts'
import { factsLine, nextLine, stateLine, wordsFor } from './card.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'

/** Null: not theirs as an officer; perhaps as a citizen. */
export function showCase(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const ticket = command.ticket ?? moment.desk.card
  if (ticket !== null && readable(moment, ticket) === null) return null
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const said = wordsFor(moment, complaint)
  const lines = [
    factsLine(moment, complaint),
    stateLine(moment, complaint),
    ...(complaint.externalId === null
      ? []
      : [line(moment.context, 'desk_external', { external: complaint.externalId })]),
    ...(said === null ? [] : [line(moment.context, 'desk_words', { words: said })]),
    nextLine(moment, complaint),
  ]
  const effects: Effect[] = [{ type: 'about', ticket: complaint.ticket }]
  if (complaint.confidential)
    effects.push({ type: 'audit', action: 'read-confidential', ticket: complaint.ticket })
  return told(moment, lines, effects)
}
