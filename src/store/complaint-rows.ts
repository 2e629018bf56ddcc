// Complaints, their clocks and history: rows into the words of the port and back.

import { z } from 'zod'
import type {
  AskedExtension,
  ClockRules,
  Complaint,
  ComplaintClock,
  HistoryEvent,
} from '../complaints/complaint.ts'
import { ARCHIVE_REASONS, CLASSES, CLOCKS, MOVES, ROLES, STATES } from '../complaints/complaint.ts'
import { LANGUAGES } from '../message.ts'
import { CHANNELS, dateOf, dateOrNull, flag, msOrNull, oneOf, read } from './rows.ts'
import type * as schema from './schema.sqlite.ts'

export type ComplaintRow = typeof schema.complaints.$inferSelect
export type ClockRow = typeof schema.clocks.$inferSelect
export type EventRow = typeof schema.events.$inferSelect

const words = z.array(z.string())
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const rules: z.ZodType<ClockRules> = z.object({
  verify: z.number(),
  follow_up: z.number(),
  finish: z.object({ information: z.number(), complaint: z.number(), aspiration: z.number() }),
  finish_inspection: z.number(),
  reply: z.number(),
  facts: z.number(),
  reopen: z.number(),
})

export function complaintOf(row: ComplaintRow, clocks: readonly ClockRow[]): Complaint {
  return {
    ticket: row.ticket,
    version: row.version,
    state: oneOf(STATES, row.state),
    class: oneOf(CLASSES, row.class),
    category: row.category,
    agency: row.agency,
    proposedAgency: row.proposedAgency,
    copiedTo: read(words, row.copiedTo),
    place: {
      kelurahan: row.kelurahan,
      kecamatan: row.kecamatan,
      text: row.placeText,
      lat: row.lat === null ? null : Number(row.lat),
      lon: row.lon === null ? null : Number(row.lon),
    },
    text: row.text,
    channel: oneOf(CHANNELS, row.channel),
    language: oneOf(LANGUAGES, row.language),
    anonymous: row.anonymous === 1,
    confidential: row.confidential === 1,
    urgent: row.urgent === 1,
    overLimit: row.overLimit === 1,
    rating: row.rating,
    filedAt: dateOf(row.filedAt),
    closedAt: dateOrNull(row.closedAt),
    everAssigned: row.everAssigned === 1,
    handOffs: row.handOffs,
    extensions: row.extensions,
    holder: row.holder,
    asked: askedOf(row),
    firstAnsweredAt: dateOrNull(row.firstAnsweredAt),
    reopens: row.reopens,
    mergedInto: row.mergedInto,
    archiveReason: row.archiveReason === null ? null : oneOf(ARCHIVE_REASONS, row.archiveReason),
    externalId: row.externalId,
    cameFrom: row.cameFrom === null ? null : oneOf(STATES, row.cameFrom),
    mergedFrom: row.mergedFrom === null ? null : oneOf(STATES, row.mergedFrom),
    rules: read(rules, row.rules),
    clocks: CLOCKS.flatMap((name) => clocks.filter((clock) => clock.name === name)).map(clockOf),
  }
}

function askedOf({ askedDays, askedUntil, askedBy }: ComplaintRow): AskedExtension | null {
  if (askedDays === null || askedUntil === null || askedBy === null) return null
  return { days: askedDays, until: dateOf(askedUntil), by: askedBy }
}

export function complaintValues(c: Complaint) {
  return {
    ticket: c.ticket,
    version: c.version,
    state: c.state,
    class: c.class,
    category: c.category,
    agency: c.agency,
    proposedAgency: c.proposedAgency,
    copiedTo: JSON.stringify(c.copiedTo),
    kelurahan: c.place.kelurahan,
    kecamatan: c.place.kecamatan,
    placeText: c.place.text,
    lat: c.place.lat === null ? null : String(c.place.lat),
    lon: c.place.lon === null ? null : String(c.place.lon),
    text: c.text,
    channel: c.channel,
    language: c.language,
    anonymous: flag(c.anonymous),
    confidential: flag(c.confidential),
    urgent: flag(c.urgent),
    overLimit: flag(c.overLimit),
    rating: c.rating,
    filedAt: c.filedAt.getTime(),
    closedAt: msOrNull(c.closedAt),
    everAssigned: flag(c.everAssigned),
    handOffs: c.handOffs,
    extensions: c.extensions,
    holder: c.holder,
    askedDays: c.asked?.days ?? null,
    askedUntil: msOrNull(c.asked?.until ?? null),
    askedBy: c.asked?.by ?? null,
    firstAnsweredAt: msOrNull(c.firstAnsweredAt),
    reopens: c.reopens,
    mergedInto: c.mergedInto,
    archiveReason: c.archiveReason,
    externalId: c.externalId,
    cameFrom: c.cameFrom,
    mergedFrom: c.mergedFrom,
    rules: JSON.stringify(c.rules),
    dueAt: earliestDue(c.clocks),
  }
}

/** The earliest due date among the running clocks, overdue ones included. */
export function earliestDue(clocks: readonly ComplaintClock[]): number | null {
  const running = clocks.filter((clock) => clock.status === 'running')
  return running.length === 0 ? null : Math.min(...running.map((clock) => clock.dueAt.getTime()))
}

function clockOf(row: ClockRow): ComplaintClock {
  return {
    name: oneOf(CLOCKS, row.name),
    status: oneOf(['running', 'paused', 'met', 'missed', 'ended'], row.status),
    dayZero: row.dayZero,
    days: row.days,
    dueAt: dateOf(row.dueAt),
    estimate: row.estimate === 1,
    left: row.left,
    step: row.step,
    pinging: row.pinging === 1,
    nextAt: dateOrNull(row.nextAt),
  }
}

export function clockValues(ticket: string, clock: ComplaintClock): ClockRow {
  return {
    ticket,
    name: clock.name,
    status: clock.status,
    dayZero: clock.dayZero,
    days: clock.days,
    dueAt: clock.dueAt.getTime(),
    estimate: flag(clock.estimate),
    left: clock.left,
    step: clock.step,
    pinging: flag(clock.pinging),
    nextAt: msOrNull(clock.nextAt),
  }
}

export function eventOf(row: EventRow, note: string | null): HistoryEvent {
  return {
    at: dateOf(row.at),
    move: oneOf(MOVES, row.move),
    from: row.from === null ? null : oneOf(STATES, row.from),
    to: oneOf(STATES, row.to),
    role: oneOf(ROLES, row.role),
    actor: row.actor,
    note,
    detail: read(detail, row.detail),
  }
}
