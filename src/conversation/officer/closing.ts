// ARSIP and TUTUP, each confirmed with what the citizen will be told; PULIHKAN takes up again what rests.

import { ARCHIVE_REASONS, type ArchiveReason, type MoveName } from '../../complaints/complaint.ts'
import { cityWords, type Line, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { aimed } from './aim.ts'
import { askFor } from './asking.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { withoutLeadIn } from './lead-ins.ts'
import { moveMade, refusedMove } from './moving.ts'
import { namedIn } from './naming.ts'

export function archive(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { ticket, version } = aim.found.complaint
  const open = tryStaffMove(moment, aim.found.complaint, { move: 'archive' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'archive')
  const { reason, rest } = reasonIn(moment, withoutLeadIn(command.rest, moment.context.city))
  if (reason === null) return askReason(moment, command, ticket)
  const request = { move: 'archive', reason, ...(rest === '' ? {} : { note: rest }) } as const
  const asked = confirmedReason(moment, ticket, reason)
  return askConfirmed(moment, { type: 'move', ticket, version, request }, asked, true)
}

/** By its words or its English id, or by its number in the list that is asked with. */
function reasonIn(moment: DeskMoment, rest: string) {
  const numbered = /^\d{1,2}$/.test(rest) ? ARCHIVE_REASONS[Number(rest) - 1] : undefined
  if (numbered !== undefined) return { reason: numbered, rest: '' }
  const { archive_reasons: words } = moment.context.city.vocabulary.officer_words
  const named = namedIn(
    rest,
    ARCHIVE_REASONS.map((id) => ({ id, names: words[id] })),
  )
  if (named.type !== 'meant') return { reason: null, rest }
  return { reason: named.id as ArchiveReason, rest: named.rest }
}

function askReason(moment: DeskMoment, { rest }: OfficerCommand, ticket: string): Outcome {
  const key = rest === '' ? 'desk_ask_archive_reason' : 'desk_archive_reason_unknown'
  return askFor(
    moment,
    line(moment.context, key, { id: ticket }, { ticket }),
    { command: 'archive', ticket, lacks: 'reason' },
    ARCHIVE_REASONS.map((value) => ({ value, label: reasonWords(moment, value) })),
  )
}

function reasonWords({ context }: DeskMoment, reason: ArchiveReason): string {
  return words(context, `desk_reason_${reason}`, {})
}

/** With the next door that the citizen is told, where there is one. */
function confirmedReason(moment: DeskMoment, id: string, archived: ArchiveReason): Line {
  const { context } = moment
  const door = context.city.nextDoor[archived]
  const told = { id, reason: reasonWords(moment, archived) }
  if (door === undefined) return line(context, 'desk_confirm_archive', told, { ticket: id })
  const params = { ...told, door: cityWords(context, door) }
  return line(context, 'desk_confirm_archive_door', params, { ticket: id })
}

export function close(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { context } = moment
  const { ticket, version } = aim.found.complaint
  const open = tryStaffMove(moment, aim.found.complaint, { move: 'close' })
  if (open.outcome === 'refused') return refusedMove(moment, aim.found, open, 'close')
  const { rest } = command
  if (rest === '')
    return askFor(moment, line(context, 'desk_ask_close_reason', { id: ticket }, { ticket }), {
      command: 'close',
      ticket,
      lacks: 'reason',
    })
  const asked = line(context, 'desk_confirm_close', { id: ticket, words: rest }, { ticket })
  const request = { move: 'close', reason: rest } as const
  return askConfirmed(moment, { type: 'move', ticket, version, request }, asked, true)
}

/** Archived or merged: restored; closed: reopened; held: it goes on without the citizen's answer. */
export function restore(moment: DeskMoment, command: OfficerCommand): Outcome {
  const aim = aimed(moment, command)
  if (aim.outcome !== undefined) return aim.outcome
  const { complaint } = aim.found
  const { rest } = command
  const request = { move: wayBack(complaint.state), ...(rest === '' ? {} : { note: rest }) }
  return moveMade(moment, aim.found, request, (after) =>
    doneLines(moment, { before: complaint, after, request }),
  )
}

function wayBack(state: string): MoveName {
  if (state === 'closed') return 'reopen'
  return state === 'held' ? 'complete' : 'restore'
}
