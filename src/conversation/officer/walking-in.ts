// CATAT text: files for somebody who came in person. The number, where they have one, becomes the reporter's; never the officer's own.
// Filed at once, the number asked for afterwards: what was taken down is not lost to a next message.

import { findMobile } from '../../complaints/mobile-number.ts'
import type { DeskState } from '../desk-state.ts'
import { draftFrom, keptMedia } from '../draft.ts'
import type { Effect } from '../effect.ts'
import { fileEffect, sourcesWith } from '../filing.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { understand } from '../understand/understand.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'

export function walkIn(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context, staff, state } = moment
  if (staff.role === 'overseer') return told(moment, [line(context, 'desk_not_for_you', {})])
  const awaited = awaitedFor(state.desk)
  if (awaited !== null && awaited === command.ticket) return numberOf(moment, awaited)
  const { edits } = moment.message
  const source = state.sources.find(({ ids }) => edits !== null && ids.includes(edits))
  const filed = source?.ticket ?? null
  if (filed !== null)
    return filed === awaited && moment.desk.walkIn !== null
      ? numberOf(moment, filed)
      : filedAlready(moment, filed)
  const digits = command.ticket ?? command.mistyped ?? ''
  return filedFor(moment, `${digits} ${command.rest}`.trim())
}

/** Whose number was asked for. */
function awaitedFor(desk: DeskState | null): string | null {
  return desk?.asking?.command === 'walk_in' ? desk.asking.ticket : null
}

function filedFor(moment: DeskMoment, said: string): Outcome {
  const { context, desk } = moment
  const words = findMobile(said)?.without ?? said
  if (words === '' && keptMedia(moment.message).length === 0)
    return told(moment, [line(context, 'desk_walk_in_usage', {})])
  const [ticket] = context.newTickets
  if (ticket === undefined) throw new Error('filing needs a fresh ticket number in newTickets')
  if (isOwn(moment)) return told(moment, [line(context, 'desk_walk_in_own', {})])
  const reading = { ...understand(words, context.city), command: null }
  const message = { ...moment.message, text: words }
  const draft = draftFrom({ ...moment, message, reading }, null)
  const file = {
    ...fileEffect(context, draft, ticket, false),
    walkIn: { to: desk.walkIn },
  }
  const sources = sourcesWith(moment.state, draft, ticket, context)
  const remembered = { ...moment, state: { ...moment.state, sources } }
  const urgent = draft.urgent ? [line(context, 'ack_emergency', {})] : []
  if (desk.walkIn === null)
    return asksNumber(
      remembered,
      ticket,
      [...urgent, line(context, 'desk_walk_in', { id: ticket })],
      [file],
    )
  const sent = line(context, 'desk_walk_in_sent', { id: ticket }, { ticket })
  return told(remembered, [...urgent, sent], [file])
}

/** Edited after it was filed: never a second case. */
function filedAlready({ state, context }: DeskMoment, id: string): Outcome {
  const lines = [line(context, 'edit_unused', {}), line(context, 'desk_walk_in', { id })]
  return { state, lines, heard: 'clear', ask: false }
}

function asksNumber(
  moment: DeskMoment,
  ticket: string,
  before: Outcome['lines'],
  effects: readonly Effect[] = [],
): Outcome {
  const asked = line(moment.context, 'desk_ask_walk_in_number', {}, { ticket })
  const outcome = askFor(moment, asked, { command: 'walk_in', ticket, lacks: 'number' })
  return { ...outcome, lines: [...before, ...outcome.lines], effects }
}

/** The number that was asked for: the case becomes its owner's. */
function numberOf(moment: DeskMoment, ticket: string): Outcome {
  const { context, desk, reading } = moment
  if (reading.intent === 'no')
    return told(moment, [line(context, 'desk_walk_in_paper', { id: ticket }, { ticket })])
  if (isOwn(moment)) return asksNumber(moment, ticket, [line(context, 'desk_walk_in_own', {})])
  if (desk.walkIn === null)
    return asksNumber(moment, ticket, [line(context, 'desk_walk_in_unread', {})])
  return told(
    moment,
    [line(context, 'desk_walk_in_sent', { id: ticket }, { ticket })],
    [{ type: 'walk-in', ticket, to: desk.walkIn }],
  )
}

/** The officer's own address: they would answer to their own moves. */
function isOwn({ desk, context }: DeskMoment): boolean {
  return desk.walkIn?.personId === context.person.id
}
