// How much is still to be fetched, told and removed of attachments. Only what is left to do is read.

import { sql } from 'drizzle-orm'
import type { MediaCounts } from '../media-port.ts'
import type { Source } from './source.ts'

/** Tried this often without success, an attachment counts as failing. */
const FAILING_AFTER = 3

export function mediaCountReads({ db, t, prepare }: Source) {
  const wanted = prepare(
    'count_media_wanted',
    db
      .select({
        count: sql<number>`count(*)`,
        oldest: sql<number | null>`min(${t.media.receivedAt})`,
        failing: sql<number>`coalesce(sum(case when ${t.media.attempts} >= ${sql.raw(String(FAILING_AFTER))}
          then 1 else 0 end), 0)`,
      })
      .from(t.media)
      .where(sql`${t.media.status} = 'wanted' and ${t.media.nextAt} is not null`),
  )
  const wipes = prepare(
    'count_media_wipes',
    db
      .select({ count: sql<number>`count(*)` })
      .from(t.mediaWipes)
      .where(sql`${t.mediaWipes.at} >= 0`),
  )

  async function mediaCounts(now: Date): Promise<MediaCounts> {
    const [[row], [left]] = await Promise.all([wanted.execute(), wipes.execute()])
    const oldest = row?.oldest ?? null
    return {
      wanted: Number(row?.count ?? 0),
      oldestSeconds: oldest === null ? 0 : Math.max(0, (now.getTime() - Number(oldest)) / 1000),
      failing: Number(row?.failing ?? 0),
      wipes: Number(left?.count ?? 0),
    }
  }

  return { mediaCounts }
}
