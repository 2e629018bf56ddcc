// `invite`: a one-time code for somebody who acts on complaints; the first coordinator comes in by it.
// Before the first start, beside a running gateway, and when it is stopped alike.

import { statSync } from 'node:fs'
import type { City } from '../city/city.ts'
import type { Invited, OperatorCommand } from '../cli.ts'
import { INVITATION_LIFE_MS, newInvitationCode } from '../complaints/invitation-code.ts'
import type { StaffChange } from '../complaints/staff.ts'
import { agencyNames } from '../conversation/officer/agency-naming.ts'
import { isName } from '../conversation/officer/inviting.ts'
import { namedIn } from '../conversation/officer/naming.ts'
import { keptDataKey } from '../data-key.ts'
import type { Settings } from '../settings.ts'
import { dataKeyOf, openLog } from '../startup.ts'
import { openBeside } from '../store/beside.ts'
import { isPostgres, openStore } from '../store/open.ts'
import { lookAtPostgres } from '../store/postgres-look.ts'
import { createSeal } from '../store/seal.ts'
import { lookAtFile, sqlitePath } from '../store/sqlite-file.ts'
import type { StaffStore } from '../store/staff-port.ts'
import { givenAll } from './given.ts'
import { type ExitCode, type Machine, Refusal } from './machine.ts'

type Invite = Extract<StaffChange, { type: 'invite' }>
type Inviting = Pick<StaffStore, 'invite'> & { close(): Promise<void> }

/** Whoever was given no name is called by their role. */
const NAMELESS: Readonly<Record<Invited['role'], string>> = {
  officer: 'Petugas',
  head: 'Pimpinan',
  coordinator: 'Koordinator',
  overseer: 'Pengawas',
}

export async function invite(
  { who }: Extract<OperatorCommand, { name: 'invite' }>,
  machine: Machine,
): Promise<ExitCode> {
  const { settings, city } = givenAll(machine)
  const now = machine.clockOf(settings.clockOffsetMs)()
  const change = invitationFor(who, city, newInvitationCode(machine.chance), now)
  const { name, role, agency } = change.invitation
  const store = await opened(settings, machine)
  try {
    await store.invite(change, now)
  } finally {
    await store.close()
  }
  const whose = agency === null ? role : `${role} of ${agency}`
  machine.print(`${name} is invited as ${whose}. The code holds for 72 hours, once.`)
  machine.print('To be sent from their own number or chat (for a group: in the group):')
  machine.print(`DAFTAR ${change.code}`)
  return 0
}

/** Throws with the cure for an agency or a name that will not do. */
export function invitationFor(
  { role, agency: said, name: given }: Invited,
  city: City,
  code: string,
  now: Date,
): Invite {
  const agency = said === null ? null : agencyNamed(said, city)
  const name = given?.trim() || NAMELESS[role]
  if (!isName(name))
    throw new Refusal([
      `--name "${name}" cannot be used; give the person's own name, at most 40 letters, without digits`,
    ])
  const expiresAt = new Date(now.getTime() + INVITATION_LIFE_MS)
  const invitation = { role, agency, name, staffId: null, expiresAt }
  return { type: 'invite', code, invitation, by: 'operator' }
}

/** By id, short name or alias, as in the chat. */
function agencyNamed(said: string, city: City): string {
  const inside = [...city.agencyIds].filter((id) => city.agencyById.get(id)?.outside === false)
  const known = `; the agencies are: ${inside.join(', ')}`
  const naming = namedIn(said, agencyNames(city))
  const id = naming.type === 'meant' && naming.rest === '' ? naming.id : null
  if (id === null) throw new Refusal([`there is no agency "${said}"${known}`])
  if (!inside.includes(id))
    throw new Refusal([`${id} is beyond the city: nobody of it can be invited${known}`])
  return id
}

/** A gateway that runs on an SQLite file keeps it; one row is written beside it. Else the file is opened as a start would. */
async function opened(settings: Settings, machine: Machine): Promise<Inviting> {
  const { newId, clockOf } = machine
  const { databaseUrl: url, clockOffsetMs } = settings
  const log = openLog(settings, true)
  const makes = settings.dataKey === null && keptDataKey(url) === null
  const dataKey = dataKeyOf(settings, log)
  if (makes) machine.complain('made a key that seals numbers; keep a copy, no backup holds it')
  const clock = clockOf(clockOffsetMs)
  if (await isKept(url, dataKey)) return openBeside({ url, dataKey, clock, newId })
  return openStore({ url, dataKey, clock, clockOffsetMs, newId, log })
}

/** The tables are there, and may be another process's. */
async function isKept(url: string, dataKey: Buffer): Promise<boolean> {
  const seal = createSeal(dataKey)
  if (isPostgres(url)) return (await lookAtPostgres(url, seal)).age !== 'none'
  const path = sqlitePath(url, 'an invitation in memory is gone when this command ends')
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.size > 0 && lookAtFile(path, seal).inUse
}
