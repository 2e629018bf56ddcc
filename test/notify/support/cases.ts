// Complaints of the made-up town, filed and moved by the real rules; listeners and a clock that a test pushes.

import { localDate } from '../../../src/complaints/clocks.ts'
import type { Complaint, HistoryEvent } from '../../../src/complaints/complaint.ts'
import { type Filing, fileComplaint } from '../../../src/complaints/filing.ts'
import { applyMove, type MoveRequest, type Mover } from '../../../src/complaints/moves.ts'
import { rulesInForce } from '../../../src/complaints/routing.ts'
import { newTicket } from '../../../src/complaints/ticket.ts'
import type { Address } from '../../../src/message.ts'
import type { Listener } from '../../../src/store/people-port.ts'
import { town } from './town.ts'

/** What the citizen wrote; no notice may hold any of it. */
export const WORDS = 'lubang besar depan rumah Pak Kasim'

/** A moment in the town: `2026-11-23 10.00`. */
export function at(local: string): Date {
  return new Date(`${local.slice(0, 10)}T${local.slice(11).replace('.', ':')}:00+08:00`)
}

/** Chance that counts: every call another number, always the same ones. */
export function countingChance(start = 0): (below: number) => number {
  let n = start
  return (below) => (n++ * 7919 + 13) % below
}

let tickets = 0

export function filed(now: Date, more: Partial<Filing> = {}): Complaint {
  tickets += 1
  const filing: Filing = {
    ticket: newTicket(countingChance(tickets * 100)),
    class: 'complaint',
    category: 'lubang',
    proposedAgency: 'jalan',
    place: { kelurahan: 'Sungai Biru', kecamatan: null, text: null, lat: null, lon: null },
    text: WORDS,
    channel: 'sms',
    language: 'id',
    anonymous: false,
    confidential: false,
    urgent: false,
    overLimit: false,
    ...more,
  }
  const rules = rulesInForce(town.clocks, localDate(now, town.zone))
  return fileComplaint(filing, { now, calendar: town.calendar, rules }).complaint
}

export interface Made {
  readonly before: Complaint
  readonly after: Complaint
  readonly event: HistoryEvent
}

export function moveOf(
  before: Complaint,
  request: MoveRequest,
  now: Date,
  mover: Mover = { role: 'any', actor: 'Bu Rini' },
  into: Complaint | null = null,
): Made {
  const facts = {
    now,
    calendar: town.calendar,
    agencies: town.agencyIds,
    categories: town.categoryById,
    into,
  }
  const result = applyMove(before, request, mover, facts)
  if (result.outcome !== 'moved') throw new Error(result.reason)
  return { before, after: result.complaint, event: result.event }
}

/** The complaint after these moves, all made at `now`. */
export function moved(
  complaint: Complaint,
  now: Date,
  ...requests: readonly MoveRequest[]
): Complaint {
  return requests.reduce((each, request) => moveOf(each, request, now).after, complaint)
}

export function listener(name: string, more: Partial<Listener> = {}): Listener {
  return {
    personId: `person-${name}`,
    addressId: `address-${name}`,
    address: `sms:+62811${name}` as Address,
    account: 'line',
    language: 'id',
    stopped: false,
    lastHeardAt: at('2026-11-23 09.00'),
    reporter: true,
    supporter: false,
    citizen: more.personId ?? `person-${name}`,
    lastWordAt: null,
    closed: false,
    ...more,
  }
}

export function countingIds(prefix = 'id'): () => string {
  let n = 0
  return () => `${prefix}-${++n}`
}
