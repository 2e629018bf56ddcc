// People enrolled in a real store, each by an invitation and a message of their own; and what they were sent.

import type { Mover } from '../../../src/complaints/moves.ts'
import type { StaffRole } from '../../../src/complaints/staff.ts'
import type { Address } from '../../../src/message.ts'
import { type Desk, writes } from './desk.ts'
import type { PlayedChannel } from './played-channel.ts'

export const ARI: Address = 'sms:+628510000001'
export const BENI: Address = 'sms:+628510000002'
export const HANA: Address = 'sms:+628510000003'
export const RINI: Address = 'sms:+628510000004'
const OKI: Address = 'sms:+628510000005'

export interface Enrolling {
  readonly name: string
  readonly role: StaffRole
  readonly agency?: string
  readonly account?: string
  readonly group?: boolean
  /** Another address of this person. */
  readonly staffId?: string
}

let codes = 0

/** Resolves with their staff id. */
export async function enrols(desk: Desk, address: Address, who: Enrolling): Promise<string> {
  codes += 1
  const code = `CODE${codes}`
  const { name, role, agency = null, group = false } = who
  const id = who.staffId ?? `${name.toLowerCase()}-${codes}`
  const expiresAt = new Date(desk.now().getTime() + 72 * 3_600_000)
  const invitation = { role, agency, name, staffId: who.staffId ?? null, expiresAt }
  await desk.store.invite({ type: 'invite', code, invitation, by: 'operator' }, desk.now())
  await writes(desk, address, {
    staff: [{ type: 'enrol', code, staffId: id, group }],
    ...(who.account === undefined ? {} : { account: who.account }),
  })
  return id
}

/** Two officers and a head of the agency `jalan`, a coordinator and an overseer, each at one number. */
export async function enrolsCrew(desk: Desk) {
  const jalan = { agency: 'jalan' }
  return {
    ari: await enrols(desk, ARI, { name: 'Ari', role: 'officer', ...jalan }),
    beni: await enrols(desk, BENI, { name: 'Beni', role: 'officer', ...jalan }),
    hana: await enrols(desk, HANA, { name: 'Hana', role: 'head', ...jalan }),
    rini: await enrols(desk, RINI, { name: 'Rini', role: 'coordinator' }),
    oki: await enrols(desk, OKI, { name: 'Oki', role: 'overseer' }),
  }
}

const NAMES: Readonly<Record<Address, string>> = {
  [ARI]: 'Ari',
  [BENI]: 'Beni',
  [HANA]: 'Hana',
  [RINI]: 'Rini',
  [OKI]: 'Oki',
}

/** Whoever was sent something like this since `from`, in the order of their names: `Ari Beni`. */
export function heardOf({ sent }: PlayedChannel, like: RegExp, from = 0): string {
  const heard = sent.slice(from).filter(({ text }) => like.test(text))
  return heard
    .map(({ to }) => NAMES[to] ?? to)
    .sort()
    .join(' ')
}

/** An officer or head of `jalan` who makes a move. */
export function mover(staffId: string, role: 'officer' | 'head' = 'officer'): Mover {
  return { role, actor: 'Ari', staff: { id: staffId, agency: 'jalan' } }
}
