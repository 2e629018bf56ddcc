// LAPOR text: always files. A draft that says what is wrong is not lost to it.

import { digestOf } from '../digest.ts'
import { fullWords, isWorthFiling, keptMedia } from '../draft.ts'
import { restored } from '../draft-choices.ts'
import { filed } from '../filing.ts'
import type { Moment, Outcome } from '../moment.ts'
import type { Draft } from '../state.ts'
import { understand } from '../understand/understand.ts'
import type { Understanding } from '../understand/understanding.ts'
import { report } from './report.ts'
import { greeting } from './small-talk.ts'

export function fileCommand(moment: Moment): Outcome {
  const { state, context } = moment
  if (fullWords(moment) === '' && keptMedia(moment.message).length === 0)
    return state.draft === null ? greeting(moment) : { state, lines: [], ask: true }
  const text = fullWords(moment)
  const reread = understand(text, context.city)
  const message = { ...moment.message, text }
  const fresh = { ...moment, message, reading: { ...reread, command: null } }
  if (state.draft === null) return report(fresh, null)
  if (!isWorthFiling(restored(state.draft)))
    return report({ ...fresh, state: { ...state, draft: null } }, null)
  const again = digestOf(fullWords(fresh))
  // The words of the draft once more: it is sent, as secret as they ask now, and nothing is begun anew.
  if (state.draft.words.some((one) => digestOf(one) === again))
    return filed(moment, asAsked(state.draft, reread))
  const before = filed(moment, state.draft)
  const after = report({ ...fresh, state: before.state, context: later(moment) }, null)
  return {
    ...after,
    lines: [...before.lines, ...after.lines],
    effects: [...(before.effects ?? []), ...(after.effects ?? [])],
  }
}

function asAsked(draft: Draft, { asksAnonymous, asksConfidential }: Understanding): Draft {
  return {
    ...draft,
    anonymous: draft.anonymous || asksAnonymous,
    confidential: draft.confidential || asksConfidential,
  }
}

/** What holds for a second complaint within one turn. */
function later({ context }: Moment): Moment['context'] {
  const { person, newTickets, city } = context
  const told = person.privacyTold ?? city.privacyVersion
  return {
    ...context,
    newTickets: newTickets.slice(1),
    person: { ...person, privacyTold: told, filedToday: person.filedToday + 1 },
  }
}
