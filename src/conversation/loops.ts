// Ends the talk with a machine that answers machines: what is not understood is not answered for ever.

import { digestOf } from './digest.ts'
import { HOUR_MS, type Moment, type Outcome } from './moment.ts'
import type { State } from './state.ts'

/** How many of an hour's marks are kept. */
const MARKS = 6

/** The same unread words again, or the third unread message in a row within an hour. */
export function loopOf(
  outcome: Outcome,
  { state, message, context }: Moment,
): { readonly silent: boolean; readonly marks: Pick<State, 'puzzled' | 'chatter'> } {
  const heard = outcome.heard ?? 'clear'
  if (heard === 'clear') return { silent: false, marks: { puzzled: [], chatter: [] } }
  const nowMs = context.now.getTime()
  const fresh = ({ atMs }: { readonly atMs: number }) => nowMs - atMs < HOUR_MS
  const mark = { digest: digestOf(message.text), atMs: nowMs }
  const puzzled = state.puzzled.filter(fresh)
  const chatter = state.chatter.filter(fresh)
  const same = ({ digest }: { readonly digest: string }) => digest === mark.digest
  switch (heard) {
    case 'unclear':
      return {
        silent: puzzled.some(same) || puzzled.length >= 2,
        marks: { puzzled: [...puzzled, mark].slice(-3), chatter },
      }
    case 'chatter':
      return {
        silent: chatter.filter(same).length >= 2,
        marks: { puzzled: [], chatter: [...chatter, mark].slice(-MARKS) },
      }
    case 'addition':
      return {
        silent: chatter.some(same),
        marks: { puzzled: [], chatter: [...chatter, mark].slice(-MARKS) },
      }
  }
}
