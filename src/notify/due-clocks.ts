// Carries out what the clocks demand now: escalation, reminders, closing and archiving by silence.
// Each step is claimed together with what is said because of it; whoever comes second finds it gone and decides again.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import type { HistoryEvent } from '../complaints/complaint.ts'
import type { DueClock } from '../store/clock-port.ts'
import { RESTORED_AT } from '../store/facts-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import { silenceRecord } from './citizen-clocks.ts'
import { escalate } from './escalation.ts'
import { hourBegan } from './hours.ts'
import type { StaffBook } from './staff-book.ts'
import { citizenStepAt, isOfficeClock, tellsCitizen, tellsHistory } from './taken-steps.ts'
import type { Measure } from './wording.ts'

export interface DueClocksParts {
  readonly store: Pick<
    Store,
    | 'dueClocks'
    | 'commitClocks'
    | 'commitMove'
    | 'listeners'
    | 'getFact'
    | 'pingedIn'
    | 'caseHistory'
  >
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
  /** Those who are pinged, as the store knows them. */
  readonly book: Pick<StaffBook, 'roster'>
  /** Silence closes nothing that reached nobody (`Answers.takeBack`). */
  readonly takeBack: (ticket: string) => Promise<boolean>
  readonly log: { error(fields: object, text: string): void }
}

/** Clocks looked at in one go: more than one message can name, so that the most urgent come first. */
const PAGE = 5000
/** A page that cannot be claimed is left to the next tick. */
const ROUNDS = 50

/** Runs until no clock is due. Rejects when the store is away; what was claimed by then stays claimed. */
export function createDueClocks(parts: DueClocksParts): { run(): Promise<void> } {
  const { store, city, clock, newId, measure, book, log } = parts

  async function escalateAll(due: readonly DueClock[], now: Date): Promise<void> {
    const hour = hourBegan(now, city.zone).toISOString()
    const agencies = due.flatMap(({ complaint: { agency } }) => (agency === null ? [] : [agency]))
    const [roster, taken, listeners, histories] = await Promise.all([
      book.roster([...new Set(agencies)], { overseers: true }),
      store.pingedIn(hour),
      lateListeners(due, now),
      historiesOf(due, now),
    ])
    const facts = { roster, listeners, histories, taken, city, measure, now, newId }
    const { records, outbound, pinged } = escalate(due, facts)
    await store.commitClocks(records, outbound, { hour, people: pinged })
  }

  async function lateListeners(due: readonly DueClock[], now: Date) {
    const listeners = new Map<string, readonly Listener[]>()
    const restored = await restoredAt()
    for (const late of due.filter((one) => tellsCitizen(one, now, city))) {
      // After an older copy was put back: told before, most likely. Those who must act hear of it all the same.
      if (isSaid(citizenStepAt(late, city), restored)) continue
      const { ticket } = late.complaint
      listeners.set(ticket, await store.listeners(ticket))
    }
    return listeners
  }

  async function historiesOf(due: readonly DueClock[], now: Date) {
    const histories = new Map<string, readonly HistoryEvent[]>()
    for (const { complaint } of due.filter((one) => tellsHistory(one, now, city))) {
      const file = await store.caseHistory(complaint.ticket)
      if (file !== null) histories.set(complaint.ticket, file.history)
    }
    return histories
  }

  async function citizenClock(due: DueClock, now: Date): Promise<void> {
    if (due.clock === 'reply' && (await parts.takeBack(due.complaint.ticket))) return
    const said = isSaid(dueAtOf(due), await restoredAt())
    const listeners = said ? [] : await store.listeners(due.complaint.ticket)
    const record = silenceRecord(due, { listeners, city, measure, now, newId })
    if (record.type === 'move') {
      const { change, outbound } = record
      await store.commitMove({ now, changes: [change], outbound })
    } else {
      if (record.refused !== null) {
        log.error(
          { ticket: due.complaint.ticket, reason: record.refused },
          'a clock ran out in vain',
        )
      }
      await store.commitClocks([record.record], record.outbound)
    }
  }

  async function restoredAt(): Promise<number> {
    return Number((await store.getFact(RESTORED_AT)) ?? 0)
  }

  /**
   * One case that cannot be worded or written must not keep the others from escalating. Whoever is in two halves hears
   * of the second an hour later, so what may have been the store's stumbling is tried whole once more.
   */
  async function office(
    due: readonly DueClock[],
    now: Date,
    failed: Set<string>,
    again = true,
  ): Promise<void> {
    try {
      if (due.length > 0) await escalateAll(due, now)
    } catch (error) {
      const [only] = due
      if (again) return office(due, now, failed, false)
      if (due.length > 1) {
        const half = due.length >> 1
        await office(due.slice(0, half), now, failed, false)
        await office(due.slice(half), now, failed, false)
      } else if (only !== undefined) fail(only, error, failed)
    }
  }

  function fail(due: DueClock, error: unknown, failed: Set<string>): void {
    failed.add(nameOf(due))
    const { ticket } = due.complaint
    log.error({ err: error, ticket, clock: due.clock }, 'a clock could not be carried on')
  }

  return {
    async run() {
      const failed = new Set<string>()
      for (let round = 0; round < ROUNDS; round++) {
        const now = clock()
        const due = (await store.dueClocks(now, PAGE)).filter((one) => !failed.has(nameOf(one)))
        if (due.length === 0) return
        const [forOffice, forCitizen] = split(due, (one) => isOfficeClock(one.clock))
        await office(forOffice, now, failed)
        for (const one of forCitizen) {
          await citizenClock(one, now).catch((error: unknown) => fail(one, error, failed))
        }
      }
    },
  }
}

function isSaid(at: Date | null, restored: number): boolean {
  return at !== null && at.getTime() <= restored
}

function dueAtOf({ complaint, clock }: DueClock): Date | null {
  return complaint.clocks.find(({ name }) => name === clock)?.nextAt ?? null
}

function nameOf({ complaint, clock }: DueClock): string {
  return `${complaint.ticket} ${clock}`
}

/** Those that pass, and the others. */
function split<T>(all: readonly T[], passes: (one: T) => boolean): [readonly T[], readonly T[]] {
  return [all.filter(passes), all.filter((one) => !passes(one))]
}
