// What waited for somebody, when somebody else may be given it: taken down to where the case stands before it goes.
// Rule: no word of it goes to a number that the provider came to doubt after the message was worded (docs/decisions/0018).

import type { City } from '../city/city.ts'
import { FILES_KIND, type Leased, NEWEST_KIND } from '../store/outbox-port.ts'
import { DOUBTED_MS, type Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import { bareWords } from './notices.ts'
import { isPing } from './pings.ts'

export interface StrangerParts {
  readonly store: Pick<Store, 'complaint' | 'listeners'>
  readonly city: City
}

/** As it may go now; null: not at all. */
export type Guarded = (row: Leased) => Promise<Leased | null>

export function createStrangers({ store, city }: StrangerParts): Guarded {
  return async (row) => {
    const { ticket, lane, kind } = row
    // Whatever else waited is held back by the store, as it comes to doubt the number.
    if (ticket === null || lane !== 'notice' || isPing(kind) || !mayBeOlder(row)) return row
    const unheard = row.heardAt?.getTime() === DOUBTED_MS
    const reader = await readerOf(row, ticket)
    if (!unheard && reader?.lastWordAt?.getTime() !== DOUBTED_MS) return row
    const complaint = await store.complaint(ticket)
    // They see no files; and where part of it went already, the rest is words or files of the same.
    if (complaint === null || reader === undefined || kind === FILES_KIND || row.nextPart > 0)
      return null
    const text = bareWords(reader, complaint, city)
    return { ...row, kind: NEWEST_KIND, text, choices: [], attachments: [] }
  }

  async function readerOf(row: Leased, ticket: string): Promise<Listener | undefined> {
    const listeners = await store.listeners(ticket)
    return listeners.find(({ addressId }) => addressId === row.addressId)
  }
}

/** Doubt is told by when somebody was last heard: long ago, or, once somebody wrote, after this was worded. */
function mayBeOlder({ heardAt, createdAt }: Leased): boolean {
  return heardAt !== null && (heardAt.getTime() === DOUBTED_MS || heardAt > createdAt)
}
