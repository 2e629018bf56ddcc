// What else is to be asked about something filed, one question after the other: never two at once.
// A question whose answer has come another way meanwhile is not asked.

import { type Facts, findCase, isOpen } from './moment.ts'
import type { Question, State } from './state.ts'
import type { Context } from './turn.ts'

const MOST_LATER = 4

/** The next of them is open, where nothing else is. */
export function askingLater({ state, context }: Facts): State {
  if (state.question !== null || state.draft !== null || state.later.length === 0) return state
  const [question = null, ...later] = state.later.filter((one) => isStillOpen(one, context))
  return { ...state, question, later }
}

/** Asked at once where nothing else is open, else after it. */
export function asksToo(state: State, question: Question): State {
  if (state.question === null && state.draft === null) return { ...state, question }
  return { ...state, later: [...state.later, question].slice(-MOST_LATER) }
}

function isStillOpen(question: Question, context: Context): boolean {
  if (!('ticket' in question)) return true
  const found = findCase(context, question.ticket)
  if (found === null || !isOpen(found)) return false
  const { category, place } = found.complaint
  switch (question.type) {
    case 'category':
      return category === null
    case 'place':
    case 'village':
      return place.kelurahan === null && place.text === null && place.lat === null
    case 'position':
      return place.lat === null
    default:
      return true
  }
}
