// What was written from a number before somebody else may have been given it, parted from who writes from it now.
// Rule: it stays with whoever wrote it and is reached from nowhere (docs/decisions/0018); retention finds it as ever.

import { and, eq, lt, ne } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import type { TurnRecord } from '../turn-port.ts'
import { NOWHERE } from './moving.ts'
import { given, type Source, slot } from './source.ts'

type Create = (
  address: typeof NOWHERE,
  ids: { readonly personId: string; readonly addressId: string },
  now: Date,
  known: { readonly digest: string; readonly language: string; readonly lastInAt: number },
) => Promise<boolean>

export function partingQueries({ db, t, prepare }: Source, create: Create, newId: NewId) {
  const linked = prepare(
    'part_links',
    db
      .update(t.links)
      .set({ personId: given('to') })
      .where(and(eq(t.links.personId, slot('from')), lt(t.links.linkedAt, slot('since')))),
  )
  const received = prepare(
    'part_received',
    db
      .update(t.inbox)
      .set({ addressId: given('to') })
      .where(and(eq(t.inbox.addressId, slot('from')), lt(t.inbox.receivedAt, slot('since')))),
  )
  const attached = prepare(
    'part_attached',
    db
      .update(t.media)
      .set({ addressId: given('to') })
      .where(and(eq(t.media.addressId, slot('from')), lt(t.media.receivedAt, slot('since')))),
  )
  /** What waits still would go to nobody: it goes with the rest. */
  const told = prepare(
    'part_told',
    db
      .update(t.outbox)
      .set({ addressId: given('to') })
      .where(
        and(
          eq(t.outbox.addressId, slot('from')),
          lt(t.outbox.createdAt, slot('since')),
          ne(t.outbox.status, 'pending'),
        ),
      ),
  )

  async function part(turn: TurnRecord, from: Date): Promise<void> {
    const { personId, addressId, language } = turn
    const since = from.getTime()
    const apart = { personId: newId(), addressId: newId() }
    const digest = `left:${apart.addressId}`
    await create(NOWHERE, apart, turn.now, { digest, language, lastInAt: since })
    await linked.execute({ from: personId, to: apart.personId, since })
    for (const each of [received, attached, told])
      await each.execute({ from: addressId, to: apart.addressId, since })
  }

  return { part }
}
