// DAFTAR code: an address becomes that of somebody who acts on complaints, or a group hears of an agency's cases.
// Only success tells a right code from a wrong one. DAFTAR alone gives whoever is enrolled a code for a second address.

import { INVITATION_LIFE_MS } from '../../complaints/invitation-code.ts'
import { belongsToAgency, type StaffMember } from '../../complaints/staff.ts'
import type { Desk, DeskInvitation } from '../desk.ts'
import { type DeskState, initialDesk } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import { agencyWords, type Line, line } from '../lines.ts'
import { HOUR_MS, type Moment, type Outcome } from '../moment.ts'
import { codeIn } from './code-in.ts'
import type { OfficerCommand } from './commands.ts'
import { lastCoordinator, roleWords } from './people.ts'

const WRONG_PER_HOUR = 5
const INVITED_PER_HOUR = 20

type EnrolMoment = Moment & { readonly desk: Desk }

/** Null: no code follows, and nobody enrolled writes: "daftar" begins many a question of a citizen. */
export function enrolment(moment: EnrolMoment, command: OfficerCommand): Outcome | null {
  const { staff, group } = moment.desk
  const code = codeIn(moment.message.text, command, moment.context.city)
  if (code !== null) return byCode(moment, code)
  const bare = command.rest === '' && command.ticket === null && command.mistyped === null
  return bare && staff !== null && !group ? secondAddress(moment, staff) : null
}

function byCode(moment: EnrolMoment, code: string): Outcome {
  const { state, context, desk } = moment
  const { invitation, group, staff } = desk
  const nowMs = context.now.getTime()
  const wrongCodesMs = wrongWithin(moment)
  if (wrongCodesMs === null) return said(moment, [line(context, 'link_wait', {})])
  if (invitation === null)
    return {
      ...said(moment, [line(context, 'desk_code_wrong', {})]),
      state: { ...state, wrongCodesMs: [...wrongCodesMs, nowMs] },
    }
  if (!group && staff !== null && isTheirOwn(staff, invitation))
    return said(moment, [line(context, 'desk_code_own', {})])
  if (staff?.role === 'coordinator' && invitation.role !== 'coordinator')
    if (lastCoordinator(desk, staff.id))
      return said(moment, [line(context, 'desk_last_coordinator', {})])
  const enrol = { type: 'enrol', code, staffId: desk.newStaffId, group } as const
  const leads = !group && invitation.staffId === null && belongsToAgency(invitation.role)
  return said(
    moment,
    group ? groupLines(moment, invitation) : welcome(moment, invitation, leads),
    [
      { type: 'staff', change: enrol },
      { type: 'audit', action: 'enrol', ticket: null },
    ],
    { ...initialDesk, practice: leads ? 'offered' : null },
  )
}

/** Used where it was asked for, it would bring nothing and be gone. */
function isTheirOwn({ id }: StaffMember, { staffId }: DeskInvitation): boolean {
  return staffId === id
}

function groupLines({ context }: EnrolMoment, { agency }: DeskInvitation): readonly Line[] {
  return [line(context, 'desk_enrolled_group', { agency: agencyWords(context, agency) })]
}

function welcome(
  { context, desk }: EnrolMoment,
  invitation: DeskInvitation,
  leads: boolean,
): readonly Line[] {
  const { role, name, agency, staffId } = invitation
  if (staffId !== null) return [line(context, 'desk_address_added', { name })]
  const before = desk.staff
  const replaced = before !== null && !(before.role === role && before.agency === agency)
  return [
    line(context, `desk_enrolled_${role}`, { name, agency: agencyWords(context, agency) }),
    ...(replaced
      ? [line(context, 'desk_staff_replaced', { role: roleWords(context, before) })]
      : []),
    line(context, 'desk_second_address', {}),
    ...(leads ? [line(context, 'desk_practice_offer', {})] : []),
  ]
}

function secondAddress(moment: EnrolMoment, staff: StaffMember): Outcome {
  const { state, context, desk } = moment
  const invitedMs = invitedWithin(moment)
  if (invitedMs === null) return said(moment, [line(context, 'desk_invited_often', {})])
  const { id: staffId, name, role, agency } = staff
  const expiresAt = new Date(context.now.getTime() + INVITATION_LIFE_MS)
  const invitation = { role, agency, name, staffId, expiresAt }
  const code = desk.newInvitation
  return {
    ...said(
      moment,
      [line(context, 'desk_own_code', { invite_code: code }, { secret: true })],
      [
        { type: 'staff', change: { type: 'invite', code, invitation, by: name } },
        { type: 'audit', action: 'invite', ticket: null },
      ],
    ),
    state: { ...state, invitedMs: [...invitedMs, context.now.getTime()] },
  }
}

/** When wrong codes, of whatever kind, came in the last hour; null: so many that one must wait. */
export function wrongWithin({ state, context }: Pick<Moment, 'state' | 'context'>) {
  const wrongCodesMs = lastHour(state.wrongCodesMs, context.now.getTime())
  return wrongCodesMs.length >= WRONG_PER_HOUR ? null : wrongCodesMs
}

/** When invitations were made in the last hour; null: so many that one must wait. */
export function invitedWithin({ state, context }: Pick<Moment, 'state' | 'context'>) {
  const invitedMs = lastHour(state.invitedMs, context.now.getTime())
  return invitedMs.length >= INVITED_PER_HOUR ? null : invitedMs
}

function lastHour(times: readonly number[], nowMs: number): number[] {
  return times.filter((at) => nowMs - at < HOUR_MS)
}

function said(
  { state }: Moment,
  lines: readonly Line[],
  effects: readonly Effect[] = [],
  desk: DeskState | null = state.desk,
): Outcome {
  return { state: { ...state, desk }, lines, effects, heard: 'clear', ask: false }
}
