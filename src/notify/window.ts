// In which form a message may go: in its own words, as a registered template, or not at all by this channel.
// Rule: what the window refuses is never sent and never marked sent; somebody on duty hears of it elsewhere at once.

import type { Channel } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import { STAFF_ROLES } from '../complaints/staff.ts'
import type { TemplateMessage } from '../message.ts'
import type { Leased } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import { isPing } from './pings.ts'
import { othersOf } from './staff-passing.ts'
import type { TemplateFor } from './templates.ts'

export interface WindowParts {
  readonly store: Pick<Store, 'staffListeners' | 'triedAt'>
  readonly city: City
  readonly templateFor: TemplateFor
}

/** Null: not by this channel. */
export type FormOf = (
  row: Leased,
  channel: Channel,
  now: Date,
) => Promise<{ readonly template: TemplateMessage | undefined } | null>

export function createWindow({ store, city, templateFor }: WindowParts): FormOf {
  /** Whoever is on duty reads it there with its buttons and words; a template only asks them to write. */
  async function hasOther(row: Leased): Promise<boolean> {
    if (!isPing(row.kind)) return false
    const all = await store.staffListeners({ agencies: [...city.agencyIds], roles: STAFF_ROLES })
    const one = all.find(({ addressId }) => addressId === row.addressId)
    return one !== undefined && othersOf(one, all, await store.triedAt(row)).length > 0
  }

  return async (row, channel, now) => {
    if (isOpen(row, channel, now)) return { template: undefined }
    if (await hasOther(row)) return null
    const template = await templateFor(row)
    return template === null ? null : { template }
  }
}

/** By what we heard, until the provider says otherwise. A reply answers what has just come in: the provider decides. */
function isOpen(row: Leased, { freeForMs, account }: Channel, now: Date): boolean {
  if (freeForMs === undefined) return true
  if (row.asTemplate) return false
  if (row.lane === 'reply') return true
  const { heardAt, heardBy } = row
  return heardBy === account && heardAt !== null && now.getTime() - heardAt.getTime() < freeForMs
}
