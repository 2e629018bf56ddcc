// What failed for good at one address of somebody on duty: it goes to their next one, else the coordinators hear of it.
// Whoever cannot be reached holds nothing: the coordinators get what was to be said, and the case is in their hands.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { STAFF_ROLES } from '../complaints/staff.ts'
import type { NewOutbound, PassedOver } from '../store/outbox-port.ts'
import type { StaffListener } from '../store/staff-port.ts'
import type { Store } from '../store/store.ts'
import { cardsFor } from './cards.ts'
import { afterQuiet } from './hours.ts'
import { noticeRow } from './outbound-row.ts'
import { DIGEST_PING, isUrgentPing, PASSED_PING } from './pings.ts'
import { type Actor, rosterOf } from './roster.ts'
import type { StaffBook } from './staff-book.ts'
import { fits, LIST_SEGMENTS, type Measure, say, shortened, sized } from './wording.ts'

export interface StaffPassingParts {
  readonly store: Pick<Store, 'staffListeners' | 'complaint'>
  readonly book: Pick<StaffBook, 'coordinators'>
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
}

export interface PassedOn {
  /** To another address of the same person; null: they have none. */
  readonly next: NewOutbound | null
  /** What the coordinators are told instead. */
  readonly told: readonly NewOutbound[]
}

/** Told no further: of somebody out of reach two others out of reach would tell each other for ever. */
const ENDS: ReadonlySet<string> = new Set([PASSED_PING, DIGEST_PING])

/** For one round: who is enrolled is looked up once. */
export function createStaffPassing(parts: StaffPassingParts) {
  const { store, book, city, clock, newId, measure } = parts
  let enrolled: Promise<readonly StaffListener[]> | null = null

  function everybody(): Promise<readonly StaffListener[]> {
    enrolled ??= store.staffListeners({ agencies: [...city.agencyIds], roles: STAFF_ROLES })
    return enrolled
  }

  function again(reader: Actor, row: PassedOver): NewOutbound {
    const now = clock()
    const dueAt = isUrgentPing(row.kind) ? now : afterQuiet(now, city)
    const { kind, ticket, createdAt, choices } = row
    const worded = cut(reader, row.text, (text) => text)
    // With the hour of the first: so it is known as the same message.
    const fresh = noticeRow(reader, worded, { kind, ticket, now, dueAt, newId })
    return { ...fresh, createdAt, choices }
  }

  function cut(reader: Actor, words: string, build: (words: string) => string) {
    const whole = sized(reader, build(words), { measure })
    if (fits(reader, whole, LIST_SEGMENTS)) return whole
    const more = ` ${say(reader, 'ping_part_more', {}, { city })}`
    return shortened(reader, words, more, build, { measure }, LIST_SEGMENTS)
  }

  /** By the card of the case; of a list by its words, which hold none of a citizen's. */
  async function tellCoordinators(
    one: StaffListener,
    row: PassedOver,
  ): Promise<readonly NewOutbound[]> {
    const { id, name } = one.staff
    const to = (await book.coordinators()).filter(({ staff }) => staff?.id !== id)
    const now = clock()
    const complaint = row.ticket === null ? null : await store.complaint(row.ticket)
    const facts = { city, measure, now, newId }
    if (complaint !== null)
      return cardsFor([{ card: 'unreachable', to, name }], complaint, facts).map(asPassed)
    const about = { kind: PASSED_PING, ticket: null, now, dueAt: afterQuiet(now, city), newId }
    return to.map((reader) => {
      const build = (text: string) => say(reader, 'ping_unreachable_list', { name, text }, { city })
      return noticeRow(reader, cut(reader, row.text, build), about)
    })
  }

  return async (row: PassedOver): Promise<PassedOn> => {
    const one = (await everybody()).find(({ addressId }) => addressId === row.addressId)
    if (one === undefined) return { next: null, told: [] }
    const theirs = othersOf(one, await everybody(), row.tried)
    const { members, coordinators, overseers } = rosterOf(theirs, [])
    const [next] = [...members, ...coordinators, ...overseers]
    if (next !== undefined) return { next: again(next, row), told: [] }
    const ends = one.group || ENDS.has(row.kind)
    return { next: null, told: ends ? [] : await tellCoordinators(one, row) }
  }
}

/** Where the same person can be reached and was not tried. */
export function othersOf(
  one: StaffListener,
  enrolled: readonly StaffListener[],
  tried: ReadonlySet<string>,
): readonly StaffListener[] {
  return enrolled.filter(
    ({ staff, closed, group, addressId }) =>
      staff.id === one.staff.id && group === one.group && !closed && !tried.has(addressId),
  )
}

function asPassed(row: NewOutbound): NewOutbound {
  return { ...row, kind: PASSED_PING }
}
