// What is stored about a person, told to themselves by DATA SAYA. Reads only.

import { and, count, desc, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import { STATES } from '../../complaints/complaint.ts'
import type { PersonFile } from '../privacy-port.ts'
import { dateOf, oneOf } from '../rows.ts'
import { atMost, type Source, slot } from './source.ts'

export function personQueries({ db, t, prepare }: Source) {
  const address = prepare(
    'person_of_address',
    db
      .select({ createdAt: t.addresses.createdAt })
      .from(t.addresses)
      .where(eq(t.addresses.id, slot('addressId'))),
  )
  const whose = sql`${t.links.personId} = (select whose.person_id from addresses whose
    where whose.id = ${slot('addressId')})`
  // Whoever only joined a complaint knows nothing more of it once it is confidential.
  const visible = and(whose, or(eq(t.links.support, 0), eq(t.complaints.confidential, 0)))
  const total = prepare(
    'cases_counted',
    db
      .select({ n: count() })
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .where(visible),
  )
  const first = prepare(
    'cases_told',
    db
      .select({ ticket: t.links.ticket, state: t.complaints.state })
      .from(t.links)
      .innerJoin(t.complaints, eq(t.complaints.ticket, t.links.ticket))
      .where(visible)
      .orderBy(
        sql`case when ${t.complaints.closedAt} is null then 0 else 1 end`,
        desc(t.links.linkedAt),
        desc(t.links.ticket),
      )
      .limit(atMost('most')),
  )

  // Who came along by a merge, or only joined it, is somebody else; nobody writes from an address that has moved.
  const elsewhere = prepare(
    'linked_elsewhere',
    db
      .select({ n: count() })
      .from(t.addresses)
      .where(
        and(
          sql`${t.addresses.personId} in (select theirs.person_id from links mine
            join links theirs on theirs.ticket = mine.ticket and theirs.support = 0 and theirs.via is null
            where mine.support = 0 and mine.via is null and mine.person_id =
              (select whose.person_id from addresses whose where whose.id = ${slot('addressId')}))`,
          ne(t.addresses.id, slot('addressId')),
          isNotNull(t.addresses.lastInAt),
        ),
      ),
  )

  async function personFile(addressId: string, most: number): Promise<PersonFile | null> {
    const [[row], [counted], cases, [linked]] = await Promise.all([
      address.execute({ addressId }),
      total.execute({ addressId }),
      first.execute({ addressId, most }),
      elsewhere.execute({ addressId }),
    ])
    if (row === undefined) return null
    return {
      since: dateOf(row.createdAt),
      complaints: Number(counted?.n ?? 0),
      cases: cases.map(({ ticket, state }) => ({ ticket, state: oneOf(STATES, state) })),
      linked: Number(linked?.n ?? 0),
    }
  }

  return { personFile }
}
