// Attachments as they go out: those of a case for whoever may read it, those of an answer on to whose case it is.
// What is erased goes to nobody any more, though a message that waits still names it.

import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { KeptFile } from '../../message.ts'
import type { CaseFileOf, ToSendOn } from '../media-port.ts'
import type { NewOutbound } from '../outbox-port.ts'
import { MEDIA_KINDS, oneOf } from '../rows.ts'
import type { outboxQueries } from './outbox.ts'
import { atMost, type Source, slot } from './source.ts'

export function mediaSendingReads({ db, t, prepare }: Source) {
  const ofCase = prepare(
    'media_of_case',
    db
      .select()
      .from(t.media)
      .where(and(eq(t.media.ticket, slot('ticket')), sql`${t.media.status} = 'stored'`))
      .orderBy(asc(t.media.receivedAt), asc(t.media.providerId), asc(t.media.part)),
  )
  const kept = prepare(
    'media_kept',
    db
      .select({ id: t.media.id })
      .from(t.media)
      .where(and(eq(t.media.digest, slot('digest')), sql`${t.media.status} = 'stored'`))
      .limit(atMost('one')),
  )
  const toPass = prepare(
    'media_to_pass',
    db
      .select()
      .from(t.media)
      .where(sql`${t.media.duty} = 'pass' and ${t.media.status} = 'stored'`)
      .orderBy(asc(t.media.receivedAt), asc(t.media.providerId), asc(t.media.part))
      .limit(atMost('limit')),
  )

  async function attachmentsOf(ticket: string): Promise<readonly CaseFileOf[]> {
    return (await ofCase.execute({ ticket })).map((row) => ({
      ...fileOf(row),
      from: row.duty === null ? ('citizen' as const) : ('staff' as const),
      told: row.duty === 'pass' || row.duty === 'passed',
    }))
  }

  const isKept = async (digest: string) => (await kept.execute({ digest, one: 1 })).length > 0

  async function toSendOn(limit: number): Promise<readonly ToSendOn[]> {
    const rows = await toPass.execute({ limit })
    return rows.flatMap((row) =>
      row.ticket === null ? [] : [{ id: row.id, ticket: row.ticket, file: fileOf(row) }],
    )
  }

  return { attachmentsOf, isKept, toSendOn }
}

export function mediaSendingWrites(
  { db, t }: Source,
  { put }: Pick<ReturnType<typeof outboxQueries>, 'put'>,
) {
  /** `stale`: one of them was sent on meanwhile, or erased. */
  async function sendOn(
    ids: readonly string[],
    outbound: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'> {
    const taken = await db
      .update(t.media)
      .set({ duty: 'passed' })
      .where(and(inArray(t.media.id, [...ids]), sql`${t.media.duty} = 'pass'`))
      .returning({ id: t.media.id })
    if (taken.length < ids.length) return 'stale'
    await put(outbound, null)
    return 'committed'
  }

  return { sendOn }
}

function fileOf({
  kind,
  digest,
  contentType,
}: {
  readonly kind: string
  readonly digest: string | null
  readonly contentType: string | null
}): KeptFile {
  return {
    kind: oneOf(MEDIA_KINDS, kind),
    digest: digest ?? '',
    contentType: contentType ?? 'application/octet-stream',
  }
}
