// Stuck messages, whole, so that they can be decided again. Reads only; a turn unsticks its own message.
// What was erased meanwhile is left out: there are no words to decide.

import { and, asc, eq, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import type { StuckMessage } from '../operating-port.ts'
import { CHANNELS, dateOf, mediaOf, oneOf, positionOf } from '../rows.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { atMost, type Source, slot } from './source.ts'

const CONSENTS = ['stop', 'start', 'help'] as const

export function replayReads({ db, t, seal, prepare }: Source) {
  const stuckRows = prepare(
    'stuck_messages',
    db
      .select({ row: t.inbox, sealed: t.addresses.sealed })
      .from(t.inbox)
      .innerJoin(t.addresses, eq(t.addresses.id, t.inbox.addressId))
      .where(
        and(
          sql`${t.inbox.stuck} is not null and ${t.inbox.text} is not null`,
          sql`(${t.inbox.receivedAt}, ${t.inbox.id}) > (${slot('at')}, ${slot('id')})`,
        ),
      )
      .orderBy(asc(t.inbox.receivedAt), asc(t.inbox.id))
      .limit(atMost('limit')),
  )

  async function stuck(limit: number, after?: StuckMessage): Promise<readonly StuckMessage[]> {
    const place = { at: after?.receivedAt.getTime() ?? 0, id: after?.inboundId ?? '' }
    return (await stuckRows.execute({ limit, ...place })).map(({ row, sealed }) => {
      const address = seal.open(sealed, ADDRESS_PURPOSE) as Address
      return {
        inboundId: row.id,
        address,
        message: {
          channel: oneOf(CHANNELS, row.channel),
          account: row.account,
          providerId: row.providerId,
          from: address,
          text: row.text ?? '',
          media: mediaOf(row.media),
          position: positionOf(row.position),
          quotedId: row.quotedId,
          album: row.album,
          edits: row.edits,
          start: row.start,
          choice: row.choice,
          answerable: row.answerable === 1,
          consent: row.consent === null ? null : oneOf(CONSENTS, row.consent),
        },
        receivedAt: dateOf(row.receivedAt),
        reason: row.stuck ?? '',
      }
    })
  }

  return { stuck }
}
