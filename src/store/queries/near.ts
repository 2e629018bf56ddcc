// Other people's complaints that one about to be filed may be a duplicate of. Reads only.
// It looks at the newest of one category around and no further, however full the table is.

import { and, desc, eq, gte, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { State } from '../../complaints/complaint.ts'
import type { NearCase, NearQuery } from '../../complaints/likeness.ts'
import { dateOf } from '../rows.ts'
import { atMost, type Source, slot } from './source.ts'

/** In work: what has its answer already is no place for a new report of the same. */
const JOINABLE: readonly State[] = ['received', 'held', 'assigned', 'in_progress']
/** How many are looked at, of a kelurahan and of all pins, and how many of each are told. */
const NEWEST = 100
const TOLD = 10

export function nearQueries({ db, t, prepare }: Source) {
  const rows = (where: SQL) => {
    const newest = db
      .select({
        ticket: t.complaints.ticket,
        class: t.complaints.class,
        state: t.complaints.state,
        kelurahan: t.complaints.kelurahan,
        kecamatan: t.complaints.kecamatan,
        text: sql<string | null>`${t.complaints.placeText}`.as('place_words'),
        lat: t.complaints.lat,
        lon: t.complaints.lon,
        confidential: t.complaints.confidential,
        overLimit: t.complaints.overLimit,
        filedAt: t.complaints.filedAt,
      })
      .from(t.complaints)
      .where(
        and(
          eq(t.complaints.category, slot('category')),
          gte(t.complaints.filedAt, slot('since')),
          where,
        ),
      )
      .orderBy(desc(t.complaints.filedAt))
      .limit(atMost('newest'))
      .as('newest')
    const { ticket, kelurahan, kecamatan, text, lat, lon, filedAt } = newest
    return db
      .select({ ticket, kelurahan, kecamatan, text, lat, lon, filedAt })
      .from(newest)
      .where(
        and(
          inArray(newest.state, [...JOINABLE]),
          eq(newest.class, slot('class')),
          eq(newest.confidential, 0),
          eq(newest.overLimit, 0),
          sql`not exists (select 1 from ${t.links} where ${t.links.ticket} = ${newest.ticket}
            and ${t.links.personId} = ${slot('person')})`,
        ),
      )
      .orderBy(desc(newest.filedAt))
      .limit(atMost('told'))
  }
  const around = prepare('near_village', rows(eq(t.complaints.kelurahan, slot('kelurahan'))))
  const pinned = prepare('near_pins', rows(isNotNull(t.complaints.lat)))

  /** Together, so that on PostgreSQL they share one round trip. */
  async function near(person: string, query: NearQuery): Promise<readonly NearCase[]> {
    const { category, kelurahan, since } = query
    const most = { newest: NEWEST, told: TOLD }
    const given = { person, category, class: query.class, since: since.getTime(), ...most }
    const pins = query.lat !== null && query.lon !== null
    const found = await Promise.all([
      kelurahan === null ? [] : around.execute({ ...given, kelurahan }),
      pins ? pinned.execute(given) : [],
    ])
    const byTicket = new Map(found.flat().map((row) => [row.ticket, row]))
    return [...byTicket.values()]
      .map((row) => ({
        ticket: row.ticket,
        filedAt: dateOf(row.filedAt),
        place: {
          kelurahan: row.kelurahan,
          kecamatan: row.kecamatan,
          text: row.text,
          lat: numberOrNull(row.lat),
          lon: numberOrNull(row.lon),
        },
      }))
      .sort(
        (a, b) => a.filedAt.getTime() - b.filedAt.getTime() || Number(a.ticket) - Number(b.ticket),
      )
  }

  return { near }
}

const numberOrNull = (text: string | null) => (text === null ? null : Number(text))
