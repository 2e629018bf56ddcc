// The one table of moves (product.md section 3): which leads from which state to which, who may make it, what it requires.
// Whatever is not in it is refused.

import type { MoveName, Role, State } from './complaint.ts'

/**
 * Where a move leads: a state; `same`: it stays; `back`: where it was before it was held or merged;
 * `work`: in_progress with the agency it has, or received if it has none.
 */
export type Target = State | 'same' | 'back' | 'work'

/** What a request must carry. `words` and `reason` take `note` and `reason` for each other. */
export type Need =
  | 'agency'
  | 'words'
  | 'known-category'
  | 'reason'
  | 'archive-reason'
  | 'days'
  | 'into'
  | 'correction'
  | 'external-id'
  | 'rating'

interface Way {
  readonly to: Target
  /** Who may; the first is the role in whose stead the API's token acts. */
  readonly roles: readonly [Role, ...Role[]]
}

export interface MoveRule {
  readonly from: Readonly<Partial<Record<State, Way>>>
  readonly needs: readonly Need[]
  /** Officers and heads move only what their agency acts on; with this also what it is copied in on. */
  readonly copiedIn?: true
}

const agencyRoles = ['officer', 'head', 'coordinator'] as const
const desk = ['coordinator'] as const
/** Also where no agency has it: the API then acts for the coordinator. */
const wholeDesk = ['coordinator', 'officer', 'head'] as const
const citizen = ['citizen'] as const

function from(states: readonly State[], to: Target, roles: Way['roles']): MoveRule['from'] {
  return Object.fromEntries(states.map((state) => [state, { to, roles }]))
}

/** Every state but merged and cancelled. */
const ANY: readonly State[] = [
  'received',
  'held',
  'assigned',
  'in_progress',
  'answered',
  'closed',
  'archived',
]
const WITH_AGENCY: readonly State[] = ['assigned', 'in_progress']

export const MOVE_TABLE: Readonly<Record<MoveName, MoveRule>> = {
  file: { from: {}, needs: [] },
  assign: { from: from(['received'], 'assigned', desk), needs: ['agency'] },
  hold: {
    from: { ...from(['received'], 'held', desk), ...from(WITH_AGENCY, 'held', agencyRoles) },
    needs: ['words'],
  },
  complete: {
    from: {
      ...from(['held'], 'back', ['coordinator', 'citizen']),
      ...from(['archived'], 'received', citizen),
    },
    needs: [],
  },
  accept: { from: from(['assigned'], 'in_progress', agencyRoles), needs: [] },
  update: { from: from(WITH_AGENCY, 'in_progress', agencyRoles), needs: ['words'] },
  note: {
    from: from(ANY, 'same', [...wholeDesk, 'citizen']),
    needs: ['words', 'known-category'],
    copiedIn: true,
  },
  answer: {
    from: {
      ...from(['received'], 'answered', desk),
      ...from([...WITH_AGENCY, 'answered'], 'answered', agencyRoles),
    },
    needs: ['words'],
  },
  return: { from: from(WITH_AGENCY, 'received', agencyRoles), needs: ['reason'] },
  transfer: { from: from([...WITH_AGENCY, 'answered'], 'assigned', desk), needs: ['agency'] },
  /** An officer asks, the head agrees or refuses, the schedule refuses what nobody answered. */
  extend: {
    from: from(['in_progress'], 'same', ['head', 'officer', 'coordinator', 'system']),
    needs: ['days', 'reason'],
  },
  merge: {
    from: from(['received', 'held', ...WITH_AGENCY, 'answered'], 'merged', desk),
    needs: ['into'],
  },
  archive: {
    from: {
      ...from(WITH_AGENCY, 'archived', desk),
      ...from(['received', 'held'], 'archived', ['coordinator', 'system']),
    },
    needs: ['archive-reason'],
  },
  restore: {
    from: { ...from(['archived'], 'received', desk), ...from(['merged'], 'back', desk) },
    needs: [],
  },
  close: {
    from: {
      ...from(['received', 'held', ...WITH_AGENCY], 'closed', desk),
      ...from(['answered'], 'closed', ['coordinator', 'system']),
    },
    needs: ['reason'],
  },
  reopen: { from: from(['closed'], 'work', ['coordinator', 'citizen']), needs: [] },
  satisfied: { from: from([...WITH_AGENCY, 'answered'], 'closed', citizen), needs: [] },
  dissatisfied: { from: from(['answered'], 'work', citizen), needs: [] },
  cancel: { from: from(['received', 'held'], 'cancelled', citizen), needs: [] },
  correct: { from: from(ANY, 'same', ['coordinator', 'citizen']), needs: ['correction'] },
  copy: { from: from(ANY, 'same', desk), needs: ['agency'] },
  number: { from: from(ANY, 'same', desk), needs: ['external-id'] },
  rate: { from: from(['answered', 'closed'], 'same', citizen), needs: ['rating'] },
  take: { from: from(ANY, 'same', [...wholeDesk, 'overseer']), needs: [] },
}
