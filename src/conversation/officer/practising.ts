// The practice case, LATIHAN: whoever was just enrolled is led through LIHAT, TERIMA, KABAR and JAWAB, and told what each would do.
// Nothing of it is a case: nothing is stored but how far one has come, and nobody else hears of it.

import { type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'

/** Null: it is about a real case. */
export function practised(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  const { context } = moment
  if (command.name === 'practice')
    return command.rest === '' && command.ticket === null
      ? step(moment, 'shown', line(context, 'desk_practice_card', {}))
      : null
  const said = behindPractice(moment, command)
  if (said === null) return null
  switch (command.name) {
    case 'show':
      return step(moment, 'shown', line(context, 'desk_practice_card', {}))
    case 'accept':
      return step(moment, 'accepted', line(context, 'desk_practice_accepted', {}))
    case 'update':
      if (said === '') return step(moment, 'accepted', line(context, 'desk_practice_words', {}))
      return step(moment, 'updated', line(context, 'desk_practice_updated', {}))
    case 'answer':
      if (said === '') return step(moment, 'updated', line(context, 'desk_practice_answer', {}))
      return step(moment, null, line(context, 'desk_practice_done', {}))
    case 'tasks':
    case 'ask':
    case 'return':
    case 'extend':
    case 'take':
      return step(moment, moment.state.desk?.practice ?? 'shown', otherLine(moment))
    default:
      return null
  }
}

/** What stands behind LATIHAN, where a ticket would stand; null: that is not about the practice case. */
function behindPractice(
  { context }: DeskMoment,
  { rest, ticket, mistyped }: OfficerCommand,
): string | null {
  if (ticket !== null || mistyped !== null) return null
  const [, first = '', said = ''] = /^(\p{L}+)[\s.:,-]*(.*)$/su.exec(rest) ?? []
  const { practice } = context.city.vocabulary.officer_commands
  return practice.includes(first.toLowerCase()) ? said.trim() : null
}

function otherLine({ context }: DeskMoment): Line {
  return line(context, 'desk_practice_other', {})
}

function step(moment: DeskMoment, practice: string | null, said: Line): Outcome {
  return told(moment, [said], [], { practice })
}
