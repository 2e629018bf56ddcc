// ANONIM and RAHASIA afterwards, for a draft or a filed complaint. Neither is ever taken back here.

import { moveOr } from '../case-words.ts'
import { line } from '../lines.ts'
import { isOpen, type Moment, type Outcome } from '../moment.ts'
import { targetOf } from '../target.ts'

export function secrecy(moment: Moment, kind: 'anonymous' | 'confidential'): Outcome {
  const { state, context, reading } = moment
  const { draft } = state
  const named = reading.command?.ticket != null || reading.command?.mistyped != null
  if (draft !== null && !named) {
    const open = draft.open.filter((slot) => slot !== 'privacy')
    const key = kind === 'anonymous' ? 'ack_anonymous' : 'ack_confidential'
    return {
      state: { ...state, draft: { ...draft, [kind]: true, open } },
      lines: [line(context, key, {})],
      ask: true,
    }
  }
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
