// The terminal that `chat` adds to the channels, and the words that enrol whoever sits at it where they play an officer.

import {
  createTerminal,
  type Terminal,
  type TerminalOptions,
} from './channels/terminal/terminal.ts'
import type { City } from './city/city.ts'
import type { Command, Invited } from './cli.ts'
import type { Chance } from './clock.ts'
import { invitationFor } from './commands/invite.ts'
import { newInvitationCode } from './complaints/invitation-code.ts'
import type { Store } from './store/store.ts'

export type ChatCommand = Extract<Command, { name: 'chat' }>

export interface ChatParts extends Pick<TerminalOptions, 'input' | 'output' | 'clock' | 'newId'> {
  readonly city: City
  readonly store: Pick<Store, 'invite'>
  readonly chance: Chance
}

/** Throws when the number is none, or the agency unknown, naming the cure. */
export async function createChatTerminal(
  { as, from, officer }: ChatCommand,
  parts: ChatParts,
): Promise<Terminal> {
  const { input, output, clock, newId } = parts
  const opens = officer === null ? [] : [await openingWords(officer, parts)]
  return createTerminal({ plays: as, from, opens, input, output, clock, newId })
}

async function openingWords(
  officer: Invited,
  { city, store, chance, clock }: ChatParts,
): Promise<string> {
  const change = invitationFor(officer, city, newInvitationCode(chance), clock())
  await store.invite(change, clock())
  return `DAFTAR ${change.code}`
}
