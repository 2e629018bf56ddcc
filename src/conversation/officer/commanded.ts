// Which step carries out which command of an officer. Each stands in a file of its own.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { accept } from './accepting.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { recap } from './recap.ts'
import { showCase } from './showing.ts'

/** Null: of a case that is not theirs as an officer, but may be theirs as a citizen. */
export function commanded(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  switch (command.name) {
    case 'show':
      return showCase(moment, command)
    case 'accept':
      return accept(moment, command)
    case 'recap':
      return recap(moment, command)
    default:
      return told(moment, [line(moment.context, 'desk_not_for_you', {})])
  }
}
