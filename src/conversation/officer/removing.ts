// CABUT: somebody is nobody from now on; what they held is their agency's. Confirmed first.
// The last coordinator stays, unless the settings name some.

import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { OfficerCommand } from './commands.ts'
import { askConfirmed } from './confirming.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { lastCoordinator, personMeant, roleWords, whoIsMeant } from './people.ts'

/** More words than a name has: a sentence that begins so, "cabut kabel yang menjuntai di gang 5". */
const MOST_WORDS = 4

export function remove(moment: DeskMoment, { rest }: OfficerCommand): Outcome | null {
  const { context, staff, desk } = moment
  const people = desk.people ?? []
  const many = rest.split(/\s+/).length > MOST_WORDS
  if (many && whoIsMeant(rest, people).length === 0) return null
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  if (rest === '') return told(moment, [line(context, 'desk_remove_usage', {})])
  const lacking = { command: 'remove', ticket: null, lacks: 'person' } as const
  const meant = personMeant(moment, rest, people, lacking)
  if (meant.outcome !== undefined) return meant.outcome
  const { id: staffId, name } = meant.person
  if (meant.person.role === 'coordinator' && lastCoordinator(desk, staffId))
    return told(moment, [line(context, 'desk_last_coordinator', {})])
  const asked = line(context, 'desk_ask_remove', { name, role: roleWords(context, meant.person) })
  return askConfirmed(moment, { type: 'remove', staffId }, asked, true)
}
