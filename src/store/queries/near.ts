// Other people's complaints that one about to be filed may be a duplicate of. Reads only.
// It looks at the newest of one category and no further, however full the table is.

import { and, asc, desc, eq, gte, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { State } from '../../complaints/complaint.ts'
import type { NearCase, NearQuery } from '../../complaints/likeness.ts'
import { dateOf } from '../rows.ts'
import { atMost, given, type Source, slot } from './source.ts'

/** In work: what has its answer already is no place for a new report of the same. */
const JOINABLE: readonly State[] = ['received', 'held', 'assigned', 'in_progress']
/** How many of the category are looked at, and how many are handed on. */
const NEWEST = 300
const MOST = 50

export function nearQueries({ db, t, prepare }: Source) {
  const newest = db
    .select({
      ticket: t.complaints.ticket,
      class: t.complaints.class,
      state: t.complaints.state,
      kelurahan: t.complaints.kelurahan,
      kecamatan: t.complaints.kecamatan,
      placeText: t.complaints.placeText,
      lat: t.complaints.lat,
      lon: t.complaints.lon,
      confidential: t.complaints.confidential,
      overLimit: t.complaints.overLimit,
      filedAt: t.complaints.filedAt,
    })
    .from(t.complaints)
    .where(
      and(eq(t.complaints.category, slot('category')), gte(t.complaints.filedAt, slot('since'))),
    )
    .orderBy(desc(t.complaints.filedAt), desc(t.complaints.ticket))
    .limit(atMost('newest'))
    .as('newest')
  const nearby = prepare(
    'near',
    db
      .select({
        ticket: newest.ticket,
        kelurahan: newest.kelurahan,
        kecamatan: newest.kecamatan,
        text: newest.placeText,
        lat: newest.lat,
        lon: newest.lon,
        filedAt: newest.filedAt,
      })
      .from(newest)
      .where(
        and(
          inArray(newest.state, [...JOINABLE]),
          eq(newest.class, slot('class')),
          eq(newest.confidential, 0),
          eq(newest.overLimit, 0),
          or(
            eq(newest.kelurahan, slot('kelurahan')),
            and(sql`${given('pinned')} = 1`, isNotNull(newest.lat)),
          ),
          sql`not exists (select 1 from ${t.links} where ${t.links.ticket} = ${newest.ticket}
            and ${t.links.personId} = ${slot('person')})`,
        ),
      )
      .orderBy(asc(newest.filedAt), asc(newest.ticket))
      .limit(atMost('most')),
  )

  async function near(person: string, query: NearQuery): Promise<readonly NearCase[]> {
    const { category, kelurahan, lat, lon, since } = query
    const rows = await nearby.execute({
      ...{ person, category, kelurahan, class: query.class, since: since.getTime() },
      ...{ pinned: lat === null || lon === null ? 0 : 1, newest: NEWEST, most: MOST },
    })
    return rows.map((row) => ({
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
  }

  return { near }
}

const numberOrNull = (text: string | null) => (text === null ? null : Number(text))
