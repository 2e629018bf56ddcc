// People who act on complaints, invited and enrolled as conversations do it, for the store's own tests.

import { randomUUID } from 'node:crypto'
import type { Invitation, StaffChange } from '../../src/complaints/staff.ts'
import type { Address } from '../../src/message.ts'
import type { Store } from '../../src/store/store.ts'
import type { TurnOutcome, TurnRecord } from '../../src/store/turn-port.ts'
import { conversationOf, DAY, file, later, moved, NOW, SITI, say } from './given.ts'

export const OFFICER: Invitation = {
  ...{ role: 'officer', agency: 'works', name: 'Rina', staffId: null },
  expiresAt: later(3 * DAY),
}

export function invite(code: string, change: Partial<Invitation> = {}) {
  const invitation = { ...OFFICER, ...change }
  return { type: 'invite', code, invitation, by: 'operator' } as const
}

/** A turn of this address that uses the code. */
export function useCode(
  store: Store,
  address: Address,
  code: string,
  change: Partial<Extract<StaffChange, { type: 'enrol' }>> & Pick<TurnRecord, 'now'> = { now: NOW },
): Promise<TurnOutcome> {
  const { now, ...rest } = change
  const enrol = { type: 'enrol', code, staffId: randomUUID(), group: false, ...rest } as const
  return say(store, address, { now, staff: [enrol] })
}

/** Invites and enrols; gives what the conversation then knows of them. */
export async function enrol(store: Store, address: Address, change: Partial<Invitation> = {}) {
  const code = randomUUID()
  await store.invite(invite(code, change), NOW)
  const outcome = await useCode(store, address, code)
  if (outcome !== 'committed') throw new Error(`enrolling was ${outcome}`)
  const { staff } = await conversationOf(store, address)
  if (staff === null) throw new Error('nobody was enrolled')
  return staff
}

/** A turn of somebody else, who removes them. */
export function remove(store: Store, staffId: string, by: Address = SITI): Promise<TurnOutcome> {
  return say(store, by, { staff: [{ type: 'remove', staffId, by: 'Dewi' }] })
}

/** A case of the works, which this person has. */
export async function held(store: Store, ticket: string, holder: string) {
  const filed = await file(store, 'sms:+628110000009', ticket)
  const works = { state: 'in_progress', agency: 'works', holder } as const
  const change = moved(filed, works, { move: 'accept' })
  await store.commitMove({ now: NOW, changes: [change], outbound: [] })
  return change.complaint
}
