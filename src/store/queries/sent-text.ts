// The words of a message of ours by the id its provider knows it by. Reads only.
// What was erased is not there any more.

import { and, eq } from 'drizzle-orm'
import type { SentText } from '../outbox-port.ts'
import { wordsToSay } from './secrets.ts'
import { type Source, slot } from './source.ts'

export function sentTextQueries({ db, t, seal, prepare }: Source) {
  const sent = prepare(
    'sent_text',
    db
      .select({
        kind: t.outbox.kind,
        text: t.outbox.text,
        part: t.attempts.part,
        attachments: t.outbox.attachments,
      })
      .from(t.attempts)
      .innerJoin(t.outbox, eq(t.outbox.id, t.attempts.outboundId))
      .where(
        and(eq(t.attempts.account, slot('account')), eq(t.attempts.providerId, slot('providerId'))),
      ),
  )

  async function sentText(account: string, providerId: string): Promise<SentText | null> {
    const [row] = await sent.execute({ account, providerId })
    if (row === undefined || row.text === '') return null
    const { part } = row
    return {
      text: wordsToSay(row, seal),
      part,
      files: (JSON.parse(row.attachments) as readonly unknown[]).length,
    }
  }

  return { sentText }
}
