// A command that lacks something asks for it, with numbered choices where there are; what is said next is taken for it.

import type { Outcome } from '../moment.ts'
import { tapped } from './choices.ts'
import { commanded } from './commanded.ts'
import type { OfficerCommandName } from './commands.ts'
import type { DeskMoment } from './desk-moment.ts'

/** The value that was picked or typed for what a command lacked, given to that command; null: nothing was asked. */
export function byAnswer(moment: DeskMoment): Outcome | null {
  const { state, context, message, reading } = moment
  const asking = state.desk?.asking ?? null
  if (asking === null || context.now.getTime() > asking.untilMs) return null
  const tap = tapped(message.choice, asking.untilMs)
  const at = tap?.type === 'pick' ? tap.at : reading.number === null ? null : reading.number - 1
  const picked = at === null ? undefined : asking.choices[at]
  if (asking.choices.length > 0 && at !== null && picked === undefined) return null
  const value = picked ?? message.text.trim()
  if (value === '') return null
  return commanded(moment, {
    name: asking.command as OfficerCommandName,
    ticket: asking.ticket,
    mistyped: null,
    rest: [...Object.values(asking.given), value].join(' '),
  })
}
