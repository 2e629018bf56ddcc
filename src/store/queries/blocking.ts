// Blocks whoever filed a complaint, on every address that is known to be theirs; or blocks them no more.
// By a keyed digest of its own too, which outlives the address: whoever erases themselves stays blocked.

import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Address } from '../../message.ts'
import type { BlockChange } from '../turn-port.ts'
import { blockDigest } from './digests.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot, slots } from './source.ts'
import { itsCitizen } from './staff-rows.ts'

export function blockQueries({ db, t, seal, prepare }: Source) {
  const citizens = db
    .select({ personId: t.links.personId })
    .from(t.links)
    .where(and(eq(t.links.ticket, slot('ticket')), itsCitizen(t)))
  const addressesOf = prepare(
    'addresses_to_block',
    db
      .select({ id: t.addresses.id, sealed: t.addresses.sealed })
      .from(t.addresses)
      .where(inArray(t.addresses.personId, citizens)),
  )
  const setBlock = prepare(
    'set_block',
    db
      .insert(t.blocks)
      .values(slots('digest', 'at', 'reason'))
      .onConflictDoUpdate({
        target: t.blocks.digest,
        set: { reason: sql`excluded.reason` },
      }),
  )
  const liftBlock = prepare(
    'lift_block',
    db.delete(t.blocks).where(eq(t.blocks.digest, slot('digest'))),
  )
  const markBlocked = prepare(
    'mark_blocked',
    db
      .update(t.addresses)
      .set({ blockedAt: sql`coalesce(${t.addresses.blockedAt}, ${given('at')})` })
      .where(eq(t.addresses.id, slot('id'))),
  )
  const markFree = prepare(
    'mark_free',
    db
      .update(t.addresses)
      .set({ blockedAt: null })
      .where(eq(t.addresses.id, slot('id'))),
  )

  async function changeBlock({ ticket, reason, block }: BlockChange, now: Date): Promise<void> {
    const at = now.getTime()
    for (const { id, sealed } of await addressesOf.execute({ ticket })) {
      const digest = blockDigest(seal, seal.open(sealed, ADDRESS_PURPOSE) as Address)
      if (block) {
        await setBlock.execute({ digest, at, reason })
        await markBlocked.execute({ id, at })
      } else {
        await liftBlock.execute({ digest })
        await markFree.execute({ id })
      }
    }
  }

  return { changeBlock }
}
