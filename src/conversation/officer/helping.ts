// BANTUAN: what this role can do, beside what every citizen can.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'

/** Beside what is about cases. */
const MORE = {
  officer: 'desk_help_desk',
  head: 'desk_help_desk',
  coordinator: 'desk_help_people',
  overseer: null,
} as const

/** Null: a sentence that begins so, "bantuan sosial belum cair". */
export function help(moment: DeskMoment, { rest, ticket }: OfficerCommand): Outcome | null {
  if (rest !== '' || ticket !== null) return null
  const { context, staff } = moment
  const more = MORE[staff.role]
  return told(moment, [
    line(context, `desk_help_${staff.role}`, {}),
    ...(more === null ? [] : [line(context, more, {})]),
    line(context, 'desk_help_citizen', {}),
  ])
}
