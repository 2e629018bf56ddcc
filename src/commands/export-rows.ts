// A complaint as a row of the export: no identities, numbers masked, and nothing of the words of a confidential one.
// Coordinates are left out: they may point to somebody's door.

import { isoWithOffset } from '../complaints/clocks.ts'
import { maskNumbers } from '../complaints/privacy.ts'
import type { FiledComplaint } from '../store/case-port.ts'

type Value = string | number | boolean | null
type Row = Readonly<Record<(typeof COLUMNS)[number], Value>>

const COLUMNS = [
  'ticket',
  'filed_at',
  'state',
  'class',
  'category',
  'agency',
  'kelurahan',
  'kecamatan',
  'place',
  'text',
  'channel',
  'language',
  'anonymous',
  'confidential',
  'urgent',
  'rating',
  'hand_offs',
  'due_at',
  'closed_at',
  'archive_reason',
  'merged_into',
  'external_id',
] as const

export function exportRow({ complaint, dueAt }: FiledComplaint, zone: string): Row {
  const time = (at: Date | null) => (at === null ? null : isoWithOffset(at, zone))
  const words = (text: string | null) =>
    text === null || complaint.confidential ? null : maskNumbers(text)
  return {
    ticket: complaint.ticket,
    filed_at: time(complaint.filedAt),
    state: complaint.state,
    class: complaint.class,
    category: complaint.category,
    agency: complaint.agency,
    kelurahan: complaint.place.kelurahan,
    kecamatan: complaint.place.kecamatan,
    place: words(complaint.place.text),
    text: words(complaint.text),
    channel: complaint.channel,
    language: complaint.language,
    anonymous: complaint.anonymous,
    confidential: complaint.confidential,
    urgent: complaint.urgent,
    rating: complaint.rating,
    hand_offs: complaint.handOffs,
    due_at: time(dueAt),
    closed_at: time(complaint.closedAt),
    archive_reason: complaint.archiveReason,
    merged_into: complaint.mergedInto,
    external_id: complaint.externalId,
  }
}

/** Lines end with CR LF. [RFC 4180] */
export const CSV_HEADER = `${COLUMNS.join(',')}\r\n`

export function csvLine(row: Row): string {
  return `${COLUMNS.map((column) => cell(row[column])).join(',')}\r\n`
}

export function jsonLine(row: Row): string {
  return `${JSON.stringify(row)}\n`
}

/** A spreadsheet runs what begins so as a formula. [OWASP, CSV injection; the full-width forms count as well] */
const FORMULA = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
