// DAFTAR code: an address becomes that of somebody who acts on complaints. Only success tells a right code from a wrong one.

import type { Desk } from '../desk.ts'
import { type Line, line } from '../lines.ts'
import { HOUR_MS, type Moment, type Outcome } from '../moment.ts'
import type { Effect } from '../turn.ts'
import type { OfficerCommand } from './commands.ts'

const PER_HOUR = 5
const CODE = /^[a-z0-9]{6,12}$/i

/** Null: no code follows, and nobody enrolled writes: "daftar" begins many a question of a citizen. */
export function enrolment(
  moment: Moment & { readonly desk: Desk },
  command: OfficerCommand,
): Outcome | null {
  const { state, context, desk } = moment
  const code = command.rest.replaceAll(/[\s-]/g, '')
  if (!CODE.test(code)) return null
  const nowMs = context.now.getTime()
  const wrongCodesMs = state.wrongCodesMs.filter((at) => nowMs - at < HOUR_MS)
  if (wrongCodesMs.length >= PER_HOUR) return said(moment, [line(context, 'link_wait', {})])
  const { invitation } = desk
  if (invitation === null)
    return {
      ...said(moment, [line(context, 'desk_code_wrong', {})]),
      state: { ...state, wrongCodesMs: [...wrongCodesMs, nowMs] },
    }
  const { role, name } = invitation
  const enrol = { type: 'enrol', code, staffId: desk.newStaffId, group: desk.group } as const
  return said(
    moment,
    [line(context, `desk_enrolled_${role}`, { name })],
    [
      { type: 'staff', change: enrol },
      { type: 'audit', action: 'enrol', ticket: null },
    ],
  )
}

function said({ state }: Moment, lines: readonly Line[], effects: readonly Effect[] = []): Outcome {
  return { state, lines, effects, heard: 'clear', ask: false }
}
