// LIHAT: the case, its history, what came with it. Reading a confidential one is noted in the audit trail.
// By SMS page by page; what can be done next stands on the last.

import type { DeskCase } from '../desk.ts'
import type { DeskState } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import { composed, line, rendered, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { pageOf } from '../pages.ts'
import { aimed } from './aim.ts'
import { factsLine, nextLine, stateLine, wordsFor } from './card.ts'
import { withFiles } from './case-files.ts'
import { aroundLines, pendingLines } from './case-lines.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'
import { historyLines } from './history-lines.ts'

type Reading = NonNullable<DeskState['reading']>

/** Null: not theirs as an officer, but they joined it as a citizen. */
export function showCase(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { supported } = moment.context
  const ticket = command.ticket ?? moment.desk.card
  const joined = supported.some(({ complaint }) => complaint.ticket === ticket)
  if (ticket !== null && joined && readable(moment, ticket) === null) return null
  const aim = aimed(moment, command)
  return aim.outcome ?? showPage(moment, aim.found.complaint.ticket, null)
}

/** From where one stopped reading; from the beginning where the case went on since. */
export function showPage(moment: DeskMoment, ticket: string, reading: Reading | null): Outcome {
  const { context } = moment
  const found = readable(moment, ticket)
  if (found === null) return told(moment, [line(context, 'desk_unknown', { id: ticket })])
  const { complaint } = found
  const from = reading?.version === complaint.version ? reading.from : 0
  const effects: Effect[] = [{ type: 'about', ticket }]
  if (complaint.confidential && from === 0)
    effects.push({ type: 'audit', action: 'read-confidential', ticket })
  const lines = caseLines(moment, found)
  if (context.person.style === 'chat')
    return told(
      moment,
      [...lines.slice(0, -1), ...lines.slice(-1).map(withFiles(moment, complaint))],
      effects,
    )
  const whole = composed(context, lines)
  const text = whole === null ? '' : rendered(context, whole)
  const page = pageOf(text, from, '', words(context, 'desk_page_more', {}))
  const next = page.next === null ? null : { ticket, version: complaint.version, from: page.next }
  const shown = line(context, 'desk_page', { words: page.text }, { ticket })
  return told(moment, [shown], effects, { reading: next })
}

function caseLines(moment: DeskMoment, found: DeskCase) {
  const { complaint } = found
  const said = wordsFor(moment, complaint)
  return [
    factsLine(moment, complaint),
    stateLine(moment, complaint),
    ...pendingLines(moment, complaint),
    ...(said === null ? [] : [line(moment.context, 'desk_words', { words: said })]),
    ...aroundLines(moment, found),
    ...historyLines(moment, found),
    nextLine(moment, complaint),
  ]
}
