// Looks up who there is to be written to: one query for all that a turn, a move or an hour concerns.
// The operator's COORDINATORS have rows too, so that a wrong address shows at the start.

import type { Clock, NewId } from '../clock.ts'
import type { StaffRole } from '../complaints/staff.ts'
import type { Address } from '../message.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import { type Actor, type Roster, rosterOf } from './roster.ts'
import { coordinatorsOf } from './who-holds.ts'

export interface StaffBook {
  /** People of these agencies, and the coordinators; with `overseers` those too. */
  roster(agencies: readonly string[], more?: { readonly overseers: boolean }): Promise<Roster>
  /** Those who hear of what concerns no single agency. */
  coordinators(): Promise<readonly Actor[]>
  /** Whoever writes may use another account from now on: looked up again next time. */
  forget(addressId: string): void
}

export interface StaffBookParts {
  readonly store: Pick<Store, 'staffListeners' | 'ensureAddress'>
  /** Out of the settings: they stand in while no coordinator is enrolled. */
  readonly appointed: readonly Address[]
  readonly newId: NewId
  readonly clock: Clock
}

const COORDINATORS: readonly StaffRole[] = ['coordinator']
const WITH_OVERSEERS: readonly StaffRole[] = ['coordinator', 'overseer']

export function createStaffBook(parts: StaffBookParts): StaffBook {
  const { store, newId, clock } = parts
  let known: readonly Listener[] | null = null

  async function appointed(): Promise<readonly Listener[]> {
    if (known !== null) return known
    const rows: Listener[] = []
    for (const address of parts.appointed) {
      const ids = { personId: newId(), addressId: newId() }
      // BAHASA, too, is for what they filed as a citizen.
      rows.push({ ...(await store.ensureAddress(address, ids, clock())), language: 'id' })
    }
    known = rows
    return rows
  }

  async function roster(agencies: readonly string[], more = { overseers: false }): Promise<Roster> {
    const roles = more.overseers ? WITH_OVERSEERS : COORDINATORS
    const [enrolled, standIns] = await Promise.all([
      store.staffListeners({ agencies, roles }),
      appointed(),
    ])
    return rosterOf(enrolled, standIns)
  }

  return {
    roster,
    coordinators: async () => coordinatorsOf(await roster([])),
    forget(addressId) {
      if (known?.some((one) => one.addressId === addressId)) known = null
    },
  }
}
