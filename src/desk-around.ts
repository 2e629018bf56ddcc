// What lies around a case that somebody opens: how much was sent with it, and which open cases may be about the same.

import type { Complaint } from './complaints/complaint.ts'
import type { DeskAround } from './conversation/desk.ts'
import type { Store } from './store/store.ts'

/** What is older is hardly the same lamp. */
const NEAR_FOR_MS = 90 * 86_400_000

export function createDeskAround(store: Pick<Store, 'near' | 'complaint' | 'attachmentsOf'>) {
  async function nearTo(complaint: Complaint, personId: string, now: Date) {
    const { ticket, category, place } = complaint
    const { kelurahan, lat, lon } = place
    if (category === null || (kelurahan === null && lat === null)) return []
    const since = new Date(now.getTime() - NEAR_FOR_MS)
    const query = { category, class: complaint.class, kelurahan, lat, lon, since }
    const cases = await store.near(personId, query)
    const others = cases.filter((one) => one.ticket !== ticket)
    return Promise.all(others.map((one) => store.complaint(one.ticket)))
  }

  return async (complaint: Complaint, personId: string, now: Date): Promise<DeskAround> => {
    const { ticket } = complaint
    const [near, attachments] = await Promise.all([
      nearTo(complaint, personId, now),
      store.attachmentsOf(ticket),
    ])
    return {
      ticket,
      attachments: attachments.length,
      near: near.filter((one): one is Complaint => one !== null),
    }
  }
}
