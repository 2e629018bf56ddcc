// Officers' commands from people who are none: they learn only that these are not understood; nothing is filed or noted.
// What is no plain command ("cabut pohon tumbang", "catat lampu mati"), or is about their own case, is said as ever.

import { findCase, type Moment } from '../moment.ts'
import { agencyNames } from './agency-naming.ts'
import { readOfficerCommand } from './commands.ts'
import { readInvitation } from './inviting.ts'
import { namedIn } from './naming.ts'

export function isOfficersOnly({ message, context, state, reading }: Moment): boolean {
  const { city, desk } = context
  if (desk?.staff != null || message.media.length > 0) return false
  const command = readOfficerCommand(message.text, city)
  if (command === null || command.name === 'show' || command.name === 'answer') return false
  const { ticket, mistyped, rest } = command
  const says = reading.intent
  if (ticket !== null) return findCase(context, ticket) === null
  if (mistyped !== null) return true
  // "CABUT Budi" says nothing else; "cabut pohon tumbang" does.
  if (command.name === 'remove') return rest !== '' && state.question === null && says === 'unclear'
  if (command.name !== 'invite') return false
  const { before, role } = readInvitation(rest, city)
  return role !== null && (before === '-' || namedIn(before, agencyNames(city)).type === 'meant')
}
