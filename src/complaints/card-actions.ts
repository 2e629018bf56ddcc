// What can be done next with a case, by who reads of it: the buttons below its card, and the commands at its end.
// Pure, out of the one table of moves: nothing is offered that would be refused.

import type { Complaint, MoveName } from './complaint.ts'
import type { DeskAction } from './desk-button.ts'
import { movesOpen } from './moves.ts'
import type { StaffMember, StaffRole } from './staff.ts'

const MOVE_OF: Readonly<Partial<Record<DeskAction, MoveName>>> = {
  accept: 'accept',
  update: 'update',
  answer: 'answer',
  return: 'return',
  agree: 'extend',
  refuse: 'extend',
  take: 'take',
  assign: 'assign',
  hold: 'hold',
  transfer: 'transfer',
  archive: 'archive',
}

/**
 * What helps most comes first. `repeats`: the ping comes again until somebody takes it. `decides`: a coordinator who
 * stands in for a head that the agency has not, and so says yes or no to more time.
 */
export function cardActions(
  complaint: Complaint,
  staff: Pick<StaffMember, 'id' | 'role' | 'agency'>,
  { repeats, decides = false }: { readonly repeats: boolean; readonly decides?: boolean },
): readonly DeskAction[] {
  const { role } = staff
  const open = movesOpen(complaint, { role, staff })
  const wanted: readonly DeskAction[] = [
    ...usual(complaint, role, decides),
    ...(repeats ? TAKE : []),
  ]
  return ['show', ...wanted.filter((action) => open.some((move) => move === MOVE_OF[action]))]
}

const TAKE: readonly DeskAction[] = ['take']

function usual(
  { state, asked }: Complaint,
  role: StaffRole,
  decides: boolean,
): readonly DeskAction[] {
  switch (role) {
    case 'head':
      return asked === null ? OFFICER[state === 'assigned' ? 'fresh' : 'begun'] : HEAD_ASKED
    case 'officer':
      return OFFICER[state === 'assigned' ? 'fresh' : 'begun']
    case 'coordinator':
      if (state === 'received') return ['assign', 'hold', 'archive']
      return asked === null || !decides ? ['transfer'] : [...HEAD_ASKED, 'transfer']
    case 'overseer':
      return []
  }
}

const HEAD_ASKED: readonly DeskAction[] = ['agree', 'refuse']
const OFFICER: Readonly<Record<'fresh' | 'begun', readonly DeskAction[]>> = {
  fresh: ['accept', 'return'],
  begun: ['update', 'answer'],
}
