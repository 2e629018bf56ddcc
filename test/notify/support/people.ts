// People who act on the made-up town's complaints, as the store would list them, and rosters of them.

import type { StaffMember, StaffRole } from '../../../src/complaints/staff.ts'
import type { Address } from '../../../src/message.ts'
import { type Roster, rosterOf } from '../../../src/notify/roster.ts'
import type { Listener } from '../../../src/store/people-port.ts'
import type { StaffListener } from '../../../src/store/staff-port.ts'
import { at, listener } from './cases.ts'

let numbers = 0

/** Somebody at one address, called by their name: `officer of jalan`, at `address-NAME`. */
export function person(
  name: string,
  role: StaffRole,
  agency: string | null = null,
  more: Partial<Omit<StaffListener, 'staff'>> = {},
): StaffListener {
  numbers += 1
  const staff: StaffMember = { id: `staff-${name}`, number: numbers, name, role, agency }
  return {
    personId: `person-${name}`,
    addressId: `address-${name}`,
    address: `sms:+62812${String(numbers).padStart(4, '0')}` as Address,
    account: 'line',
    language: 'id',
    stopped: false,
    lastHeardAt: at('2026-11-23 09.00'),
    citizen: `person-${name}`,
    closed: false,
    staff,
    group: false,
    ...more,
  }
}

/** An address out of the settings. */
const SETTING: Listener = listener('setting', { addressId: 'address-setting' })

export function roster(
  enrolled: readonly StaffListener[],
  appointed: readonly Listener[] = [SETTING],
): Roster {
  return rosterOf(enrolled, appointed)
}

/** An agency with two officers and a head, a coordinator and an overseer. */
export const CREW = {
  ari: person('Ari', 'officer', 'jalan'),
  beni: person('Beni', 'officer', 'jalan'),
  hana: person('Hana', 'head', 'jalan'),
  rini: person('Rini', 'coordinator'),
  oki: person('Oki', 'overseer'),
} as const
export const EVERYBODY = Object.values(CREW)
