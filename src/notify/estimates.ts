// When the list of holidays has changed, dates that were told as an estimate are counted anew, and all steps to come.
// Once per calendar, in pages; no date that was told comes earlier.

import { createHash } from 'node:crypto'
import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import { recomputeDue } from '../complaints/clocks.ts'
import type { Complaint } from '../complaints/complaint.ts'
import type { ClockRecord } from '../store/clock-port.ts'
import type { Store } from '../store/store.ts'

const CALENDAR = 'calendar'
const PAGE = 100
const TRIES = 3
/** Later than any due date: every complaint with a running clock. */
const END_OF_TIME = new Date(Date.UTC(9999, 0, 1))

export interface EstimateParts {
  readonly store: Pick<Store, 'getFact' | 'setFacts' | 'complaints' | 'complaint' | 'commitClocks'>
  readonly city: City
  readonly clock: Clock
}

/** Does nothing when the calendar is the one of the last start. Interrupted, it begins again. */
export async function recountEstimates(parts: EstimateParts): Promise<void> {
  const { store, city } = parts
  const fingerprint = fingerprintOf(city)
  const before = await store.getFact(CALENDAR)
  if (before === fingerprint) return
  if (before !== null) await recountAll(parts)
  await store.setFacts({ [CALENDAR]: fingerprint })
}

async function recountAll(parts: EstimateParts): Promise<void> {
  let after: string | null = null
  do {
    const page = { dueBefore: END_OF_TIME, limit: PAGE, ...(after === null ? {} : { after }) }
    const { files, next } = await parts.store.complaints(page)
    for (const { complaint } of files) await recount(complaint, parts)
    after = next
  } while (after !== null)
}

/** A move that comes between wins: it has counted by the new list itself, or is read again. */
async function recount(complaint: Complaint, { store, city, clock }: EstimateParts): Promise<void> {
  let decidedOn: Complaint | null = complaint
  for (let tries = 0; tries < TRIES && decidedOn !== null; tries++) {
    const records = recordsOf(decidedOn, recomputeDue(decidedOn, clock(), city.calendar))
    if (records.length === 0) return
    if ((await store.commitClocks(records, [])) === 'committed') return
    decidedOn = await store.complaint(complaint.ticket)
  }
}

function recordsOf(before: Complaint, complaint: Complaint): readonly ClockRecord[] {
  const told = new Map(before.clocks.map((clock) => [clock.name, JSON.stringify(clock)]))
  const changed = complaint.clocks.filter((clock) => told.get(clock.name) !== JSON.stringify(clock))
  return changed.map(({ name }) => ({
    ticket: before.ticket,
    expectVersion: before.version,
    clock: name,
    expectNextAt: before.clocks.find((clock) => clock.name === name)?.nextAt ?? null,
    complaint,
  }))
}

function fingerprintOf({ calendar }: City): string {
  const days = [...calendar.holidays].sort()
  const years = [...calendar.officialYears].sort((a, b) => a - b)
  return createHash('sha256').update(JSON.stringify({ days, years })).digest('base64')
}
