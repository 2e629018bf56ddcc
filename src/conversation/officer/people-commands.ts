// The commands that are about people rather than about moving a case: each in a file of its own.

import type { Outcome } from '../moment.ts'
import { block, unblock } from './blocking.ts'
import type { OfficerCommand } from './commands.ts'
import { contact } from './contacting.ts'
import type { DeskMoment } from './desk-moment.ts'
import { handOver } from './handing-over.ts'
import { help } from './helping.ts'
import { invite } from './inviting.ts'
import { listPeople } from './listing-people.ts'
import { remove } from './removing.ts'
import { walkIn } from './walking-in.ts'

const STEPS = {
  invite,
  people: listPeople,
  remove,
  hand_over: handOver,
  contact,
  walk_in: walkIn,
  block,
  unblock,
  help,
} as const

export type PeopleCommand = keyof typeof STEPS

/** Null: words that only begin like the command. */
export function aboutPeople(
  moment: DeskMoment,
  command: OfficerCommand,
  name: PeopleCommand,
): Outcome | null {
  return STEPS[name](moment, command)
}
