// Does what was confirmed about people: invited, removed, handed over, blocked. What changed meanwhile is told instead.
// Held against the role once more: it may be another than when it was asked.

import { INVITATION_LIFE_MS } from '../../complaints/invitation-code.ts'
import { actsOn } from '../../complaints/staff.ts'
import type { Confirmed } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { type DeskMoment, readable, told, tryStaffMove } from './desk-moment.ts'
import { invitedWithin } from './enrolling.ts'
import { lastCoordinator } from './people.ts'

export function invited(
  moment: DeskMoment,
  { role, agency, name }: Extract<Confirmed, { type: 'invite' }>,
): Outcome {
  const { context, staff, desk } = moment
  const invitedMs = invitedWithin(moment)
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  if (invitedMs === null) return told(moment, [line(context, 'desk_invited_often', {})])
  const expiresAt = new Date(context.now.getTime() + INVITATION_LIFE_MS)
  const code = desk.newInvitation
  const invitation = { role, agency, name, staffId: null, expiresAt }
  const outcome = told(
    moment,
    [line(context, 'desk_invited', { name, invite_code: code }, { secret: true })],
    [
      { type: 'staff', change: { type: 'invite', code, invitation, by: staff.name } },
      { type: 'audit', action: 'invite', ticket: null },
    ],
  )
  return {
    ...outcome,
    state: { ...outcome.state, invitedMs: [...invitedMs, context.now.getTime()] },
  }
}

export function removed(
  moment: DeskMoment,
  { staffId }: Extract<Confirmed, { type: 'remove' }>,
): Outcome {
  const { context, staff, desk } = moment
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  const person = (desk.people ?? []).find(({ id }) => id === staffId)
  if (person === undefined) return told(moment, [line(context, 'desk_person_gone', {})])
  if (person.role === 'coordinator' && lastCoordinator(desk, staffId))
    return told(moment, [line(context, 'desk_last_coordinator', {})])
  return told(
    moment,
    [line(context, 'desk_removed', { name: person.name })],
    [
      {
        type: 'staff',
        change: { type: 'remove', staffId, by: staff.name, keepsOne: !desk.coordinatorsSet },
      },
      { type: 'audit', action: 'remove-staff', ticket: null },
    ],
  )
}

/** What went on meanwhile stays where it is, and is told. */
export function handedOver(
  moment: DeskMoment,
  { tickets, to }: Extract<Confirmed, { type: 'hand-over' }>,
): Outcome {
  const { context, desk } = moment
  const person = (desk.people ?? []).find(({ id }) => id === to)
  if (person === undefined) return told(moment, [line(context, 'desk_person_gone', {})])
  const request = { move: 'take', holder: to } as const
  const moved = tickets.filter((ticket) => {
    const found = readable(moment, ticket)
    if (found === null || !actsOn(person, found.complaint)) return false
    return tryStaffMove(moment, found.complaint, request).outcome === 'moved'
  })
  const left = tickets.filter((ticket) => !moved.includes(ticket))
  const { name } = person
  const [only] = moved.length === 1 ? moved : []
  const lines = [
    ...(only === undefined
      ? []
      : [line(context, 'desk_handed', { id: only, name }, { ticket: only })]),
    ...(moved.length > 1
      ? [line(context, 'desk_handed_all', { n: String(moved.length), name })]
      : []),
    ...(left.length > 0 ? [line(context, 'desk_hand_left', { list: left.join(', ') })] : []),
    line(context, 'desk_next_none', {}),
  ]
  const effects = moved.map((ticket): Effect => ({ type: 'move', ticket, request, by: 'staff' }))
  return told(moment, lines, effects)
}

export function blocked(
  moment: DeskMoment,
  { ticket, reason }: Extract<Confirmed, { type: 'block' }>,
): Outcome {
  const { context, staff } = moment
  if (staff.role !== 'coordinator') return told(moment, [line(context, 'desk_not_for_you', {})])
  if (readable(moment, ticket) === null)
    return told(moment, [line(context, 'ticket_unknown', { id: ticket })])
  return told(
    moment,
    [line(context, 'desk_blocked', { id: ticket })],
    [
      { type: 'block', ticket, reason, block: true },
      { type: 'audit', action: 'block', ticket, reason },
    ],
  )
}
