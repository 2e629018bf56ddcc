// What becomes of people: invited, enrolled, removed. One after the other, also where several processes write.
// An address is one person's, a person has one role, and a number is never given twice.

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { StaffChange } from '../../complaints/staff.ts'
import { flag } from '../rows.ts'
import { auditWrites } from './audit.ts'
import { invitationQueries } from './invitations.ts'
import { given, type Source, slot, slots } from './source.ts'
import { staffRemovalQueries } from './staff-removal.ts'
import type { InvitationRow, StaffRow } from './staff-rows.ts'

type Of<T extends StaffChange['type']> = Extract<StaffChange, { type: T }>

export function staffChangeQueries(source: Source) {
  const { db, t, prepare, locks } = source
  const { invite, redeem, revoke } = invitationQueries(source)
  const { remove, isLast, outdate, letGo } = staffRemovalQueries(source, { revoke })
  const alone =
    locks === null
      ? null
      : prepare(
          'staff_alone',
          db.select({ got: locks.waitForName(sql`'staff'`) }).from(sql`(select 1) one`),
        )
  const byId = prepare(
    'staff_by_id',
    db
      .select()
      .from(t.staff)
      .where(and(eq(t.staff.id, slot('id')), isNull(t.staff.removedAt))),
  )
  const byAddress = prepare(
    'staff_by_address',
    db
      .select({ member: t.staff })
      .from(t.staffAddresses)
      .innerJoin(t.staff, eq(t.staff.id, t.staffAddresses.staffId))
      .where(eq(t.staffAddresses.addressId, slot('addressId'))),
  )
  const same = prepare(
    'staff_the_same',
    db
      .select()
      .from(t.staff)
      .where(
        and(
          eq(t.staff.role, slot('role')),
          sql`${t.staff.agency} is not distinct from ${slot('agency')}`,
          eq(t.staff.name, slot('name')),
          isNull(t.staff.removedAt),
        ),
      )
      .orderBy(asc(t.staff.number)),
  )
  const addMember = prepare(
    'insert_staff',
    db
      .insert(t.staff)
      .values({
        ...slots('id', 'name', 'role', 'agency', 'createdAt'),
        // Those removed are counted too: no number is given twice.
        number: sql`(select coalesce(max(counted.number), 0) + 1 from staff counted)`,
        removedAt: null,
      })
      .returning(),
  )
  const setRole = prepare(
    'set_staff_role',
    db
      .update(t.staff)
      .set({ role: given('role'), agency: given('agency') })
      .where(eq(t.staff.id, slot('id'))),
  )
  const setAddress = prepare(
    'set_staff_address',
    db
      .insert(t.staffAddresses)
      .values(slots('addressId', 'staffId', 'enrolledAt', 'isGroup'))
      .onConflictDoUpdate({
        target: t.staffAddresses.addressId,
        set: {
          staffId: sql`excluded.staff_id`,
          enrolledAt: sql`excluded.enrolled_at`,
          isGroup: sql`excluded.is_group`,
        },
      }),
  )
  const anyAddress = prepare(
    'any_staff_address',
    db
      .select({ id: t.staffAddresses.addressId })
      .from(t.staffAddresses)
      .where(eq(t.staffAddresses.staffId, slot('id'))),
  )
  async function enrol(change: Of<'enrol'>, addressId: string, now: Date): Promise<boolean> {
    const invitation = await redeem(change.code, now)
    if (invitation === null) return false
    const [before] = await byAddress.execute({ addressId })
    const whose = await personOf(invitation, before?.member, change.staffId, now)
    if (whose === undefined) return false
    const enrolledAt = now.getTime()
    const isGroup = flag(change.group)
    await setAddress.execute({ addressId, staffId: whose.id, enrolledAt, isGroup })
    if (before === undefined || before.member.id === whose.id) return true
    // Nobody can act or hear as them any more.
    const left = await anyAddress.execute({ id: before.member.id })
    if (left.length === 0) await remove(before.member.id, now)
    return true
  }

  /** Whose address it becomes. `before`: whose it was until now. */
  async function personOf(
    invitation: InvitationRow,
    before: StaffRow | undefined,
    newId: string,
    now: Date,
  ): Promise<Pick<StaffRow, 'id'> | undefined> {
    const { staffId, name, role, agency } = invitation
    if (staffId !== null) return (await byId.execute({ id: staffId }))[0]
    const [known] = await same.execute({ name, role, agency })
    if (known !== undefined) return known
    if (before?.name === name) {
      await changeRole(before, invitation)
      return before
    }
    const createdAt = now.getTime()
    return (await addMember.execute({ id: newId, name, role, agency, createdAt }))[0]
  }

  /** One person has one role: the new one takes the place of the old. */
  async function changeRole(member: StaffRow, { role, agency }: InvitationRow): Promise<void> {
    await setRole.execute({ id: member.id, role, agency })
    await outdate(member.id)
    if (member.agency !== agency) await letGo(member.id)
  }

  async function change(one: StaffChange, addressId: string, now: Date): Promise<boolean> {
    switch (one.type) {
      case 'invite':
        return invite(one, now)
      case 'enrol':
        return enrol(one, addressId, now)
      case 'remove':
        if (one.keepsOne === true && (await isLast(one.staffId))) return false
        return remove(one.staffId, now)
    }
  }

  /** False: one of them cannot be done as it was decided. */
  async function changeStaff(
    changes: readonly StaffChange[],
    addressId: string,
    now: Date,
  ): Promise<boolean> {
    if (alone !== null) await alone.execute()
    for (const one of changes) if (!(await change(one, addressId, now))) return false
    return true
  }

  return { changeStaff }
}

/** The operator's own invitation, which no turn makes. */
export function inviteQueries(source: Source) {
  const { changeStaff } = staffChangeQueries(source)
  const { audit } = auditWrites(source)

  async function invite(change: Of<'invite'>, now: Date): Promise<void> {
    if (!(await changeStaff([change], '', now)))
      throw new Error('this invitation code is taken; invite again')
    const { role, agency } = change.invitation
    await audit({
      ...{ at: now, action: 'invite', actor: change.by, ticket: null, personId: null },
      detail: JSON.stringify(agency === null ? { role } : { role, agency }),
    })
  }

  return { invite }
}
