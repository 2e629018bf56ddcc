// A notice that failed for good at one address goes to the next one that its citizen linked to the complaint, a ping to
// the next one of whoever is on duty. Durable and once: the store keeps the list, and takes a notice off it together with what goes on.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import type { Complaint, MoveName } from '../complaints/complaint.ts'
import type { CaseFile } from '../store/case-port.ts'
import { RESTORED_AT } from '../store/facts-port.ts'
import { ANSWER_KIND, type NewOutbound, type PassedOver } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import { stateWords } from './case-words.ts'
import { afterQuiet } from './hours.ts'
import { noticesFor } from './notices.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import { isPing } from './pings.ts'
import type { StaffBook } from './staff-book.ts'
import { createStaffPassing } from './staff-passing.ts'
import { toldEvent } from './told-event.ts'
import { type Measure, say, sized } from './wording.ts'

export interface PassingParts {
  readonly store: Pick<
    Store,
    'toPassOn' | 'passOn' | 'caseFile' | 'complaint' | 'listeners' | 'staffListeners' | 'getFact'
  >
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
  readonly book: Pick<StaffBook, 'coordinators'>
  /** An answer reached nobody where it was sent (`Answers.takeBack`). */
  readonly takeBack: (ticket: string) => Promise<unknown>
}

const PAGE = 100
const ROUNDS = 50
/** Told by what changed, which nobody knows any more: where it stands is told instead. */
const BY_CHANGE: ReadonlySet<MoveName> = new Set<MoveName>(['return', 'correct'])

/** Runs until the list is empty. */
export function createPassingOn(parts: PassingParts): { run(): Promise<void> } {
  const { store, city, clock, newId, measure } = parts

  async function passOn(row: PassedOver, restoredMs: number): Promise<void> {
    const { ticket } = row
    const said = ticket === null || row.createdAt.getTime() <= restoredMs
    const file = said ? null : await store.caseFile(ticket)
    const next =
      file === null ? null : nextReader(row, await store.listeners(file.complaint.ticket))
    const message = file === null || next === null ? null : messageTo(next, row, file)
    const outcome = await store.passOn(row.id, message)
    // It may have been accepted before: then the time to reply was running from there.
    if (outcome === 'committed' && row.kind === ANSWER_KIND && ticket !== null)
      await parts.takeBack(ticket)
  }

  async function passOnPing(
    row: PassedOver,
    restoredMs: number,
    ofStaff: ReturnType<typeof createStaffPassing>,
  ): Promise<void> {
    const said = row.createdAt.getTime() <= restoredMs
    const { next, told } = said ? { next: null, told: [] } : await ofStaff(row)
    await store.passOn(row.id, next, told)
  }

  /** As it was worded, by the event it tells of; where the case has gone on since, where it stands now. */
  function messageTo(
    reader: Listener,
    row: PassedOver,
    { complaint, history }: CaseFile,
  ): NewOutbound {
    const now = clock()
    const { kind, createdAt } = row
    const event = toldEvent(row, history)
    const stands = event !== undefined && event.to === complaint.state && !BY_CHANGE.has(event.move)
    const facts = { listeners: [reader], city, measure, now, newId }
    const [told] = stands ? noticesFor({ before: null, after: complaint, event }, facts) : []
    // With the hour of the first: so it is known as the same notice.
    return { ...(told ?? whereItStands(reader, complaint, kind, now)), kind, createdAt }
  }

  function whereItStands(reader: Listener, complaint: Complaint, kind: string, now: Date) {
    const { ticket } = complaint
    const params = { id: ticket, state: stateWords(reader, complaint, city) }
    const worded = sized(reader, say(reader, 'notice_newest', params, { city }), { measure })
    return noticeRow(reader, worded, { kind, ticket, now, dueAt: afterQuiet(now, city), newId })
  }

  return {
    async run() {
      for (let round = 0; round < ROUNDS; round++) {
        const rows = await store.toPassOn(PAGE)
        if (rows.length === 0) return
        const restoredMs = Number((await store.getFact(RESTORED_AT)) ?? 0)
        const ofStaff = createStaffPassing(parts)
        for (const row of rows)
          if (isPing(row.kind)) await passOnPing(row, restoredMs, ofStaff)
          else await passOn(row, restoredMs)
        if (rows.length < PAGE) return
      }
    },
  }
}

/** Of the same citizen, not tried yet, and not closed. */
function nextReader(row: PassedOver, listeners: readonly Listener[]): Listener | null {
  const citizen = listeners.find(({ addressId }) => addressId === row.addressId)?.citizen
  const left = listeners.filter(
    (one) => one.citizen === citizen && !one.closed && !row.tried.has(one.addressId),
  )
  return readersOf(left)[0] ?? null
}
