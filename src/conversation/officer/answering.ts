// A command that lacks something asks for it, with numbered choices where there are; what is said next is taken for it.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { CommandName } from '../understand/understanding.ts'
import { tapped } from './choices.ts'
import { commanded } from './commanded.ts'
import type { OfficerCommandName } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { givenWords } from './given-words.ts'

/** The value that was picked or typed for what a command lacked, given to that command; null: nothing was asked. */
export function byAnswer(moment: DeskMoment): Outcome | null {
  const { state, context, message, reading } = moment
  const asking = state.desk?.asking ?? null
  if (asking === null || context.now.getTime() > asking.untilMs) return null
  const tap = tapped(message.choice, asking.untilMs)
  const at = tap?.type === 'pick' ? tap.at : reading.number === null ? null : reading.number - 1
  const picked = at === null ? undefined : asking.choices[at]
  if (asking.choices.length > 0 && at !== null && picked === undefined) return null
  if (picked === undefined && isDropped(moment, asking.choices.length > 0)) {
    const id = asking.ticket ?? ''
    const key = asking.ticket === null ? 'desk_confirm_no' : 'desk_dropped'
    return told(moment, [line(context, key, { id })])
  }
  if (picked === undefined && isOtherCommand(moment)) return null
  const typed = message.text.trim()
  const value = picked ?? (asking.lacks === 'words' ? givenWords(moment, typed) : typed)
  if (value === '') return null
  return commanded(moment, {
    name: asking.command as OfficerCommandName,
    ticket: asking.ticket,
    mistyped: null,
    rest: [...Object.values(asking.given), value].join(' '),
  })
}

/** BATAL; where no list is offered that may say so itself, TIDAK too. */
function isDropped({ state, reading }: DeskMoment, withChoices: boolean): boolean {
  const { command } = reading
  const cancels = command?.name === 'cancel' && command.ticket === null && command.rest === ''
  // Asked for a number, TIDAK says that there is none.
  const saysNo = reading.intent === 'no' && state.desk?.asking?.command !== 'walk_in'
  return cancels || (!withChoices && saysNo)
}

/** A citizen's command and nothing but that. Others begin like words one might well say to a citizen: "beres, lampu sudah diganti". */
const PLAIN: ReadonlySet<CommandName> = new Set([
  ...(['status', 'stop', 'start', 'language', 'link', 'data', 'erase', 'erase_yes'] as const),
])

function isOtherCommand({ reading: { command } }: DeskMoment): boolean {
  return command !== null && !command.natural && PLAIN.has(command.name) && command.rest === ''
}
