// What the senders of attachments are still to be told of them: refused ones, and pictures that say where they were taken.
// A row is on this list until a turn has told of it.

import { and, asc, eq, sql } from 'drizzle-orm'
import { type Address, MEDIA_REFUSALS } from '../../message.ts'
import type { MediaNews } from '../media-port.ts'
import { MEDIA_KINDS, oneOf, positionOf } from '../rows.ts'
import { toDo } from './media-fetching.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, type Source } from './source.ts'

export function mediaReads({ db, t, seal, prepare }: Source) {
  const newsRows = prepare(
    'media_news',
    db
      .select({ row: t.media, sealed: t.addresses.sealed })
      .from(t.media)
      .innerJoin(t.addresses, eq(t.addresses.id, t.media.addressId))
      .where(and(sql`${t.media.status} in ('stored', 'refused')`, toDo(t)))
      .orderBy(asc(t.media.nextAt))
      .limit(atMost('limit')),
  )

  async function mediaNews(now: Date, limit: number): Promise<readonly MediaNews[]> {
    const rows = await newsRows.execute({ now: now.getTime(), limit })
    return rows.map(({ row, sealed }) => {
      const position = positionOf(row.position)
      return {
        id: row.id,
        address: seal.open(sealed, ADDRESS_PURPOSE) as Address,
        account: row.account,
        kind: oneOf(MEDIA_KINDS, row.kind),
        handle: row.handle,
        ticket: row.ticket,
        news:
          row.status === 'stored' && position !== null
            ? { type: 'position', position }
            : { type: 'refused', reason: oneOf(MEDIA_REFUSALS, row.reason ?? '') },
      }
    })
  }

  return { mediaNews }
}
