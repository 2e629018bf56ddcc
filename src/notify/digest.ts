// The morning digest in words: what an agency, or the desk, has open today. Numbers only, so that a group may read it.
// Pure. Nothing to tell: nothing is said.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import { addDays, localDate } from '../complaints/clocks.ts'
import { formatDate } from '../conversation/phrases.ts'
import type { OpenCount } from '../store/figures-port.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import { commandsLine, joined } from './card-words.ts'
import { afterQuiet } from './hours.ts'
import { noticeRow } from './outbound-row.ts'
import { DIGEST_PING } from './pings.ts'
import type { Actor } from './roster.ts'
import { type Measure, type Reader, say, sized } from './wording.ts'

export interface DigestFacts {
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
  /** The last working day before this one. */
  readonly since: string
}

/** Of one agency; or of all with `unassigned`, for the coordinators. */
export interface DayFigures {
  readonly open: number
  readonly dueToday: number
  readonly late: number
  /** Since the last working morning. */
  readonly answered: number
  /** Null: it is an agency's. */
  readonly unassigned: number | null
}

type Answered = ReadonlyMap<string, number>

export function agencyFigures(
  agency: string,
  counts: readonly OpenCount[],
  answered: Answered,
): DayFigures {
  const mine = counts.filter((count) => count.agency === agency)
  return { ...summed(mine), answered: answered.get(agency) ?? 0, unassigned: null }
}

export function deskFigures(counts: readonly OpenCount[], answered: Answered): DayFigures {
  const nobodys = counts.filter((count) => count.agency === null)
  const all = [...answered.values()].reduce((sum, n) => sum + n, 0)
  return { ...summed(counts), answered: all, unassigned: summed(nobodys).open }
}

function summed(counts: readonly OpenCount[]) {
  return counts.reduce(
    (sum, { open, dueToday, late }) => ({
      open: sum.open + open,
      dueToday: sum.dueToday + dueToday,
      late: sum.late + late,
    }),
    { open: 0, dueToday: 0, late: 0 },
  )
}

/** One message for each of these. */
export function digestsFor(
  readers: readonly Actor[],
  figures: DayFigures,
  facts: DigestFacts,
): readonly NewOutbound[] {
  const { city, now, newId } = facts
  if (figures.open === 0 && figures.answered === 0) return []
  const row = { kind: DIGEST_PING, ticket: null, now, dueAt: afterQuiet(now, city), newId }
  const params = {
    date: formatDate(now, city),
    open: String(figures.open),
    today: String(figures.dueToday),
    late: String(figures.late),
    answered: String(figures.answered),
    unassigned: String(figures.unassigned ?? 0),
  }
  const key = figures.unassigned === null ? 'ping_digest' : 'ping_digest_desk'
  return readers.map((reader) => {
    const told = say(reader, key, { ...params, since: sinceWords(reader, facts) }, facts)
    const next =
      reader.staff === null || reader.group ? '' : commandsLine(reader, ['tasks'], '', city)
    return noticeRow(reader, sized(reader, joined(reader, told, next), facts), row)
  })
}

/** On a Monday, or after holidays, the date it counts from. */
function sinceWords(reader: Reader, { since, now, city }: DigestFacts): string {
  const yesterday = addDays(localDate(now, city.zone), -1)
  if (since === yesterday) return say(reader, 'ping_part_yesterday', {}, { city })
  const date = since.split('-').reverse().join('/')
  return say(reader, 'ping_part_since', { date }, { city })
}
