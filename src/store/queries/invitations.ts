// Codes by which people come in: made, used once, and gone. Kept as keyed digests.

import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { StaffChange } from '../../complaints/staff.ts'
import { inviteDigest } from './digests.ts'
import { given, type Source, slot, slots } from './source.ts'
import type { InvitationRow } from './staff-rows.ts'

/** How long a code that nobody used any more, or that was used, is known. */
const KEPT_MS = 30 * 24 * 3_600_000

export function invitationQueries({ db, t, seal, prepare }: Source) {
  const addInvitation = prepare(
    'insert_invitation',
    db
      .insert(t.invitations)
      .values({
        ...slots('digest', 'role', 'agency', 'name', 'staffId', 'createdAt', 'createdBy'),
        expiresAt: slot('expiresAt'),
        usedAt: null,
      })
      .onConflictDoNothing()
      .returning({ digest: t.invitations.digest }),
  )
  const dropOld = prepare(
    'drop_old_invitations',
    db.delete(t.invitations).where(lt(t.invitations.expiresAt, slot('before'))),
  )
  const useInvitation = prepare(
    'use_invitation',
    db
      .update(t.invitations)
      .set({ usedAt: given('now') })
      .where(
        and(
          eq(t.invitations.digest, slot('digest')),
          isNull(t.invitations.usedAt),
          gt(t.invitations.expiresAt, slot('now')),
        ),
      )
      .returning(),
  )
  const dropInvitations = prepare(
    'drop_invitations_of',
    db
      .delete(t.invitations)
      .where(
        and(
          gt(t.invitations.expiresAt, slot('now')),
          isNull(t.invitations.usedAt),
          or(eq(t.invitations.staffId, slot('id')), eq(t.invitations.createdBy, slot('name'))),
        ),
      ),
  )

  /** False: the code is taken. */
  async function invite(
    change: Extract<StaffChange, { type: 'invite' }>,
    now: Date,
  ): Promise<boolean> {
    const { code, invitation, by } = change
    const { role, agency, name, staffId, expiresAt } = invitation
    const ms = now.getTime()
    await dropOld.execute({ before: ms - KEPT_MS })
    const made = await addInvitation.execute({
      ...{ digest: inviteDigest(seal, code), role, agency, name, staffId },
      ...{ createdAt: ms, createdBy: by, expiresAt: expiresAt.getTime() },
    })
    return made.length > 0
  }

  /** Null: used up, too old, or none of ours. */
  async function redeem(code: string, now: Date): Promise<InvitationRow | null> {
    const digest = inviteDigest(seal, code)
    return (await useInvitation.execute({ digest, now: now.getTime() }))[0] ?? null
  }

  /** What they may still use, and what others may still use of theirs. */
  const revoke = (id: string, name: string, now: Date) =>
    dropInvitations.execute({ id, name, now: now.getTime() })

  return { invite, redeem, revoke }
}
