// Provider ids of what was erased, as keyed digests that lead to nobody: what comes again is known by them.
// They are kept for 30 days from the day of the message; by then no provider repeats it.

import { eq } from 'drizzle-orm'
import { erasedDigest } from './digests.ts'
import { type Source, slot, slots } from './source.ts'

export const ERASED_ID_MS = 30 * 24 * 3_600_000

export function erasedIdQueries({ db, t, seal, prepare }: Source) {
  const insert = prepare(
    'insert_erased_id',
    db.insert(t.erasedIds).values(slots('digest', 'at')).onConflictDoNothing(),
  )
  const find = prepare(
    'find_erased_id',
    db
      .select({ at: t.erasedIds.at })
      .from(t.erasedIds)
      .where(eq(t.erasedIds.digest, slot('digest'))),
  )

  /** `at`: when the message came or went. */
  async function remember(ids: readonly ErasedId[], now: number): Promise<void> {
    for (const { account, providerId, at } of ids) {
      if (at < now - ERASED_ID_MS) continue
      await insert.execute({ digest: erasedDigest(seal, account, providerId), at })
    }
  }

  async function isErased(account: string, providerId: string): Promise<boolean> {
    const [row] = await find.execute({ digest: erasedDigest(seal, account, providerId) })
    return row !== undefined
  }

  return { remember, isErased }
}

export interface ErasedId {
  readonly account: string
  readonly providerId: string
  readonly at: number
}

/** Our own ids, which ride in receipts, stand under this account. */
export const OURS = ''
