// What becomes of a draft that was left alone: filed as it stands if it says what is wrong; its questions stay open.

import { isWorthFiling } from './draft.ts'
import { restored } from './draft-choices.ts'
import { filed } from './filing.ts'
import { line } from './lines.ts'
import { type Facts, HOUR_MS, type Outcome } from './moment.ts'
import type { Draft } from './state.ts'

/** Counted from the last message that had to do with it. */
export const DRAFT_LIFE_MS = 2 * HOUR_MS

export function leftAlone(facts: Facts, left: Draft): Outcome {
  const { context } = facts
  const state = { ...facts.state, draft: null, languageAskedMs: null }
  const draft = restored(left)
  if (isWorthFiling(draft))
    return filed({ state, context }, draft, [line(context, 'draft_filed_alone', {})])
  // It was said to be beyond the city: nothing more to say.
  if (draft.open.includes('outside')) return { state, lines: [] }
  return { state, lines: [line(context, 'draft_expired', {})] }
}
