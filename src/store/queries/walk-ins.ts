// Somebody who came in person and for whom an officer files: their address is found or made, and the case is theirs.

import { eq, sql } from 'drizzle-orm'
import type { NewLink } from '../turn-port.ts'
import type { addressQueries } from './addresses.ts'
import { blockDigest } from './digests.ts'
import { inOrder, plain, type Source, slot } from './source.ts'

export function walkInQueries(source: Source, create: ReturnType<typeof addressQueries>['create']) {
  const { db, t, seal, prepare } = source
  const linkReporter = prepare(
    'link_walk_in',
    db
      .insert(t.links)
      .select(
        sql`select ${slot('ticket')}, ${t.addresses.personId}, 1, null, 0, ${slot('at')}, ${slot('at')}
          from ${t.addresses} where ${t.addresses.id} = ${slot('addressId')}
          and ${t.addresses.personId} = ${slot('personId')}`,
      )
      // They may follow it already: by a merge, or because they joined it.
      .onConflictDoUpdate({
        target: [t.links.ticket, t.links.personId],
        set: { reporter: 1, support: 0, via: null },
      })
      .returning({ ticket: t.links.ticket }),
  )
  /** Erased while blocked: from here on the address itself says so. */
  const takeBlock = prepare(
    'take_block',
    db
      .update(t.addresses)
      .set({
        blockedAt: sql`(select blocks.at from blocks where blocks.digest = ${slot('digest')})`,
      })
      .where(
        sql`${t.addresses.id} = ${slot('addressId')} and ${t.addresses.blockedAt} is null
          and exists (select 1 from blocks where blocks.digest = ${slot('digest')})`,
      ),
  )
  const dropBlock = prepare(
    'drop_taken_block',
    db.delete(t.blocks).where(eq(t.blocks.digest, slot('digest'))),
  )

  function walkInStep(ticket: string, to: NonNullable<NewLink['to']>, now: Date) {
    const { address, addressId, personId } = to
    const digest = blockDigest(seal, address)
    return () =>
      inOrder<'stale'>(source, [
        plain(() => create(address, { personId, addressId }, now, {})),
        async () => {
          const values = { ticket, addressId, personId, at: now.getTime() }
          return (await linkReporter.execute(values)).length === 0 ? 'stale' : null
        },
        plain(() => takeBlock.execute({ addressId, digest })),
        plain(() => dropBlock.execute({ digest })),
      ])
  }

  return { walkInStep }
}
