// Asks for what a command lacks: with numbered choices where there are any, else for words.
// What is said next is taken for it (answering.ts), unless it is another command.

import { type Line, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { pickChoices } from './choices.ts'
import type { OfficerCommandName } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'

export const LIFE_MS = 60 * 60_000

export interface Lacking {
  readonly command: OfficerCommandName
  readonly ticket: string | null
  /** What is missing: `agency`, `reason`, `words`, `days` ... */
  readonly lacks: string
  /** What stood behind the command already; the answer is put behind it. */
  readonly given?: Readonly<Record<string, string>>
}

export interface PickedFrom {
  readonly value: string
  readonly label: string
}

export function askFor(
  moment: DeskMoment,
  asked: Line,
  lacking: Lacking,
  from: readonly PickedFrom[] = [],
): Outcome {
  const { context } = moment
  const untilMs = context.now.getTime() + LIFE_MS
  const choices = pickChoices(
    from.map(({ label }) => label),
    untilMs,
  )
  const asking = {
    ...lacking,
    given: { ...lacking.given },
    choices: from.map(({ value }) => value),
    untilMs,
  }
  return told(moment, [{ ...asked, choices }, ...numbered(moment, from)], [], { asking })
}

/** Where the channel has no buttons, the choices are numbered in the text. */
export function numbered({ context }: DeskMoment, from: readonly PickedFrom[]): readonly Line[] {
  if (from.length === 0 || context.person.buttons) return []
  const items = from.map(({ label }, at) => words(context, 'choice', { n: String(at + 1), label }))
  const list = items.reduce((first, second) => words(context, 'list_join', { first, second }))
  return [line(context, 'choices', { list })]
}
