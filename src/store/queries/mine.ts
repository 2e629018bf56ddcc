// The complaints a person may see, and which of them a message means. Reads only.
// Nobody learns from here that somebody else's ticket exists, except who asks for it by name.

import { and, count, desc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import { STATES, type State } from '../../complaints/complaint.ts'
import { maskNumbers } from '../../complaints/privacy.ts'
import { type ClockRow, type ComplaintRow, complaintOf } from '../complaint-rows.ts'
import { dateOf } from '../rows.ts'
import type { StoredCase } from '../turn-port.ts'
import { atMost, type Source, slot } from './source.ts'

export const OPEN_STATES: readonly State[] = STATES.filter(
  (state) => !['closed', 'archived', 'merged', 'cancelled'].includes(state),
)
/** Complaints that rested longer are not offered on their own. */
const RECENT_MS = 90 * 24 * 3_600_000
const MINE_LIMIT = 20

interface CaseRow {
  readonly complaint: ComplaintRow
  readonly lastNote: string | null
  readonly lastAnswer: string | null
  readonly lastWordAt: number | null
  readonly reporter: number | null
  readonly support: number | null
  readonly via: string | null
  readonly nameless: number
}

/** Own ones, and those of other people that were joined. */
interface Cases {
  readonly mine: readonly StoredCase[]
  readonly supported: readonly StoredCase[]
}

export function mineQueries({ db, t, prepare, pipelines }: Source) {
  const whose = sql`${t.links.personId} = (select ${t.addresses.personId} from ${t.addresses}
    where ${t.addresses.digest} = ${slot('digest')})`
  const openOrRecent = or(
    inArray(t.complaints.state, [...OPEN_STATES]),
    gte(t.complaints.touchedAt, slot('recent')),
  )
  const words = {
    complaint: t.complaints,
    lastNote: sql<string | null>`(select ${t.notes.text} from ${t.notes}
      where ${t.notes.eventId} = ${t.complaints.lastNoteEvent})`,
    lastAnswer: sql<string | null>`(select ${t.notes.text} from ${t.notes}
      where ${t.notes.eventId} = ${t.complaints.lastAnswerEvent})`,
    lastWordAt: t.links.lastWordAt,
    reporter: t.links.reporter,
    support: t.links.support,
    via: t.links.via,
    // Whatever chain of merges has led here: it began with what they had filed, or had brought to them by a code.
    nameless: sql<number>`case when ${t.links.via} is not null and exists (select 1 from links filed
      join complaints own on own.ticket = filed.ticket where filed.person_id = ${t.links.personId}
      and filed.via is null and filed.support = 0 and own.state = 'merged' and own.anonymous = 1)
      then 1 else 0 end`,
  }
  // Whoever only joined a complaint knows nothing more of it once it is confidential.
  const visible = or(eq(t.links.support, 0), eq(t.complaints.confidential, 0))
  const filedSince = prepare(
    'filed_since',
    db
      .select({ n: count() })
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .where(
        and(
          whose,
          // Whoever files is linked at that moment: so the days before are not looked at.
          gte(t.links.linkedAt, slot('since')),
          eq(t.links.reporter, 1),
          gte(t.complaints.filedAt, slot('since')),
        ),
      ),
  )
  const casesOf = prepare(
    'cases_of',
    db
      .select(words)
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .where(and(whose, openOrRecent, visible))
      .orderBy(desc(t.links.linkedAt), desc(t.links.ticket))
      .limit(atMost('most')),
  )
  const clocksOfCases = prepare(
    'clocks_of_cases',
    db
      .select({ clock: t.clocks })
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .innerJoin(t.clocks, eq(t.clocks.ticket, t.links.ticket))
      .where(and(whose, openOrRecent)),
  )
  const whoFiled = sql<number>`(select count(*) from links filed
    join addresses known on known.person_id = filed.person_id
    where filed.ticket = ${t.complaints.ticket} and filed.reporter = 1)`
  const caseFor = prepare(
    'case_for',
    db
      .select({ ...words, whoFiled })
      .from(t.complaints)
      .leftJoin(
        t.links,
        and(eq(t.links.ticket, t.complaints.ticket), eq(t.links.personId, slot('person'))),
      )
      .where(eq(t.complaints.ticket, slot('ticket'))),
  )
  const clocksOf = prepare(
    'clocks_of',
    db
      .select()
      .from(t.clocks)
      .where(eq(t.clocks.ticket, slot('ticket'))),
  )
  async function casesOfPerson(
    digest: string,
    { now, midnight }: { readonly now: Date; readonly midnight: Date },
  ): Promise<Cases & { filedToday: number }> {
    const since = midnight.getTime()
    const { rows, clocks, filed } = await rowsOf(digest, now.getTime() - RECENT_MS, since)
    const newestFirst = [...rows].sort((a, b) => b.complaint.filedAt - a.complaint.filedAt)
    const linked = (support: number) =>
      newestFirst
        .filter((row) => row.support === support)
        .map((row) => {
          const { ticket } = row.complaint
          return storedCase(
            row,
            clocks.filter((clock) => clock.ticket === ticket),
          )
        })
    // Whatever was filed today is among the newest; only a full list has to be counted in the database.
    const today = ({ reporter, complaint }: CaseRow) => reporter === 1 && complaint.filedAt >= since
    const filedToday = rows.length < MINE_LIMIT ? rows.filter(today).length : Number(filed?.n ?? 0)
    return { mine: linked(0), supported: linked(1), filedToday }
  }

  async function rowsOf(digest: string, recent: number, since: number) {
    const cases = () => casesOf.execute({ digest, recent, most: MINE_LIMIT })
    const theirClocks = async () =>
      (await clocksOfCases.execute({ digest, recent })).map((row) => row.clock)
    const count = async () => (await filedSince.execute({ digest, since }))[0]
    if (pipelines) {
      const [rows, clocks, filed] = await Promise.all([cases(), theirClocks(), count()])
      return { rows, clocks, filed }
    }
    const rows = await cases()
    const clocks = rows.length === 0 ? [] : await theirClocks()
    return { rows, clocks, filed: rows.length < MINE_LIMIT ? undefined : await count() }
  }

  async function named(personId: string, tickets: readonly string[]) {
    const mine: StoredCase[] = []
    const supported: StoredCase[] = []
    const foreign: string[] = []
    const distinct = [...new Set(tickets)]
    for (const { ticket, row, clocks } of await Promise.all(distinct.map(caseOf))) {
      if (row === undefined) continue
      if (row.support !== 0 && Number(row.whoFiled) > 0) foreign.push(ticket)
      const known = row.support === 0 || (row.support === 1 && row.complaint.confidential === 0)
      if (!known) continue
      const whole = storedCase(row, clocks)
      if (row.support === 0) mine.push(whole)
      else supported.push(whole)
    }
    return { mine, supported, foreign }

    async function caseOf(ticket: string) {
      const [[row], clocks] = await Promise.all([
        caseFor.execute({ person: personId, ticket }),
        clocksOf.execute({ ticket }),
      ])
      return { ticket, row, clocks }
    }
  }

  return { casesOfPerson, named }
}

function storedCase(row: CaseRow, clocks: readonly ClockRow[]): StoredCase {
  return {
    complaint: complaintOf(row.complaint, clocks),
    lastNote: wordsFor(row, row.lastNote),
    lastAnswer: wordsFor(row, row.lastAnswer),
    lastWordAt: dateOf(row.lastWordAt ?? row.complaint.filedAt),
    ...(byMerge(row) ? { merged: { anonymous: Number(row.nameless) === 1 } } : {}),
  }
}

function byMerge({ via, support }: CaseRow): boolean {
  return via !== null && support === 0
}

/** Whoever did not file it is not shown whose numbers stand in the agency's words; nor, of a confidential one, any. */
function wordsFor(row: CaseRow, words: string | null): string | null {
  const { reporter, complaint } = row
  if (byMerge(row) && complaint.confidential === 1) return null
  return words === null || reporter === 1 ? words : maskNumbers(words)
}
