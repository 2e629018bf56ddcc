// Which step carries out which command of an officer. Each stands in a file of its own.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { accept } from './accepting.ts'
import { sendTo } from './assigning.ts'
import { archive, close, restore } from './closing.ts'
import type { OfficerCommand } from './commands.ts'
import { correct } from './correcting.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { decide, extend } from './extending.ts'
import { hold } from './holding.ts'
import { leafOn } from './leafing.ts'
import { tasks } from './listing.ts'
import { merge } from './merging.ts'
import { number } from './numbering.ts'
import { aboutPeople } from './people-commands.ts'
import { recap } from './recap.ts'
import { returned } from './returning.ts'
import { showCase } from './showing.ts'
import { answer, update } from './speaking.ts'
import { take } from './taking.ts'

/** Null: of a case that is not theirs as an officer, but may be theirs as a citizen. */
export function commanded(moment: DeskMoment, command: OfficerCommand): Outcome | null {
  switch (command.name) {
    case 'show':
      return showCase(moment, command)
    case 'accept':
      return accept(moment, command)
    case 'recap':
      return recap(moment, command)
    case 'assign':
    case 'transfer':
    case 'copy':
      return sendTo(moment, command, command.name)
    case 'hold':
    case 'ask':
      return hold(moment, command)
    case 'update':
      return update(moment, command)
    case 'answer':
      return answer(moment, command)
    case 'return':
      return returned(moment, command)
    case 'extend':
      return extend(moment, command)
    case 'agree':
    case 'refuse':
      return decide(moment, command, command.name === 'agree')
    case 'take':
      return take(moment, command)
    case 'tasks':
      return tasks(moment)
    case 'more':
      return leafOn(moment)
    case 'merge':
      return merge(moment, command)
    case 'archive':
      return archive(moment, command)
    case 'close':
      return close(moment, command)
    case 'restore':
      return restore(moment, command)
    case 'correct':
      return correct(moment, command)
    case 'number':
      return number(moment, command)
    case 'invite':
    case 'people':
    case 'remove':
    case 'hand_over':
    case 'contact':
    case 'walk_in':
    case 'block':
    case 'unblock':
    case 'help':
      return aboutPeople(moment, command, command.name)
    default:
      return told(moment, [line(moment.context, 'desk_not_for_you', {})])
  }
}
