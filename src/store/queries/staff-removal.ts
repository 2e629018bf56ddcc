// Takes the role from somebody, at once: a turn of theirs that was decided before is stale, their cases are free.

import { and, eq, isNull, sql } from 'drizzle-orm'
import type { invitationQueries } from './invitations.ts'
import { ON_DUTY } from './kinds.ts'
import { waiting } from './outbox.ts'
import { given, type Source, slot } from './source.ts'

export function staffRemovalQueries(
  { db, t, prepare }: Source,
  { revoke }: Pick<ReturnType<typeof invitationQueries>, 'revoke'>,
) {
  const setRemoved = prepare(
    'remove_staff',
    db
      .update(t.staff)
      .set({ removedAt: given('now') })
      .where(and(eq(t.staff.id, slot('id')), isNull(t.staff.removedAt)))
      .returning({ name: t.staff.name }),
  )
  const outdateAll = prepare(
    'outdate_staff_addresses',
    db
      .update(t.addresses)
      .set({ version: sql`${t.addresses.version} + 1` })
      .where(
        sql`${t.addresses.id} in (select mine.address_id from staff_addresses mine
          where mine.staff_id = ${slot('id')})`,
      ),
  )
  const dropAddresses = prepare(
    'drop_staff_addresses',
    db
      .delete(t.staffAddresses)
      .where(eq(t.staffAddresses.staffId, slot('id')))
      .returning({ addressId: t.staffAddresses.addressId }),
  )
  // What the night has put off was for somebody on duty, and names a case.
  const dropPings = prepare(
    'drop_staff_pings',
    db
      .update(t.outbox)
      .set({ status: 'expired', reason: 'removed' })
      .where(
        and(
          waiting(t),
          eq(t.outbox.addressId, slot('addressId')),
          eq(t.outbox.lane, 'notice'),
          sql`${t.outbox.kind} like ${ON_DUTY}`,
        ),
      ),
  )
  const letAllGo = prepare(
    'let_cases_go',
    db
      .update(t.complaints)
      .set({ holder: null, version: sql`${t.complaints.version} + 1` })
      .where(eq(t.complaints.holder, slot('id'))),
  )

  const coordinators = prepare(
    'staff_coordinators',
    db
      .select({ id: t.staff.id })
      .from(t.staff)
      .where(
        and(
          eq(t.staff.role, slot('role')),
          isNull(t.staff.removedAt),
          sql`exists (select 1 from staff_addresses own where own.staff_id = ${t.staff.id} and own.is_group = 0)`,
        ),
      ),
  )

  /** Two who leave at the same moment each still saw the other. */
  async function isLast(id: string): Promise<boolean> {
    const [only, ...others] = await coordinators.execute({ role: 'coordinator' })
    return only?.id === id && others.length === 0
  }

  /** Whatever a turn in hand has read of them is no longer so: it is decided again. */
  const outdate = (id: string) => outdateAll.execute({ id })

  const letGo = (id: string) => letAllGo.execute({ id })

  /** False: they were not there. */
  async function remove(id: string, now: Date): Promise<boolean> {
    const [gone] = await setRemoved.execute({ id, now: now.getTime() })
    if (gone === undefined) return false
    // Addresses before complaints, as in every turn.
    await outdate(id)
    for (const left of await dropAddresses.execute({ id })) await dropPings.execute(left)
    await revoke(id, gone.name, now)
    await letGo(id)
    return true
  }

  return { remove, isLast, outdate, letGo }
}
