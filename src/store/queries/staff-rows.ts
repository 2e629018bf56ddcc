// Rows about people who act on complaints, in the words of the port; and which links make somebody a case's citizen.

import { and, eq, isNull, or, type SQL } from 'drizzle-orm'
import { STAFF_ROLES, type StaffMember } from '../../complaints/staff.ts'
import { oneOf } from '../rows.ts'
import type { Source } from './source.ts'

export type StaffRow = Source['t']['staff']['$inferSelect']
export type InvitationRow = Source['t']['invitations']['$inferSelect']

export function staffOf({ id, number, name, role, agency }: StaffRow): StaffMember {
  return { id, number, name, role: oneOf(STAFF_ROLES, role), agency }
}

/** Whoever filed it, on every address they showed to be theirs; not who came by a merge or only joined. */
export function itsCitizen(t: Source['t']): SQL | undefined {
  return and(eq(t.links.support, 0), or(eq(t.links.reporter, 1), isNull(t.links.via)))
}
