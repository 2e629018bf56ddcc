// ANONIM and RAHASIA alone: for the draft or the filed complaint there is, else for the one that follows.
// Neither is ever taken back here.

import { moveOr } from '../case-words.ts'
import { draftFrom } from '../draft.ts'
import { line } from '../lines.ts'
import { isOpen, type Moment, type Outcome } from '../moment.ts'
import type { Draft } from '../state.ts'
import { targetOf } from '../target.ts'

type Secrecy = 'anonymous' | 'confidential'

export function secrecy(moment: Moment, kind: Secrecy): Outcome {
  const { state, context, reading, mine } = moment
  const { draft } = state
  const named = reading.command?.ticket != null || reading.command?.mistyped != null
  if (draft !== null && !named) return ofDraft(moment, draft, kind)
  const none = !mine.some(isOpen) && context.quoted === null && !state.unproven
  if (none && !named) return ofDraft(moment, draftFrom(moment, null), kind)
  const target = targetOf(moment, isOpen)
  if (target.outcome !== undefined) return target.outcome
  const { ticket } = target.found.complaint
  const key = kind === 'anonymous' ? 'made_anonymous' : 'made_confidential'
  return moveOr(
    moment,
    target.found.complaint,
    { move: 'correct', [kind]: true },
    () => line(context, key, { id: ticket }, { ticket }),
    state.question,
  )
}

function ofDraft({ state, context }: Moment, draft: Draft, kind: Secrecy): Outcome {
  const open = draft.open.filter((slot) => slot !== 'privacy')
  const key = kind === 'anonymous' ? 'ack_anonymous' : 'ack_confidential'
  return {
    state: { ...state, draft: { ...draft, [kind]: true, open }, question: null },
    lines: [line(context, key, {})],
    ask: true,
  }
}
