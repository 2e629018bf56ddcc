// The one thing a group of people may say to us: DAFTAR and a code. Nothing else said there is heard.

import type { City } from '../../city/city.ts'
import { readInvitationCode } from '../../complaints/invitation-code.ts'
import { readOfficerCommand } from './commands.ts'

export function isForGroups(text: string, city: City): boolean {
  const command = readOfficerCommand(text, city)
  return command?.name === 'enrol' && readInvitationCode(command.rest) !== null
}
