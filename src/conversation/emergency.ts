// Words for fire, drowning, accident or violence: the number to call comes first, and a complaint is filed.
// Only what belongs to an emergency that is known, or to a case that waits for words, is filed no second time.

import { belongsTo, isAboutCase } from './belongs.ts'
import { wordsOnCase } from './case-words.ts'
import { report, saidBefore } from './citizen/report.ts'
import { line } from './lines.ts'
import type { Moment, Outcome } from './moment.ts'

export function emergency(moment: Moment): Outcome {
  const again = saidBefore(moment)
  if (again !== null) return numberFirst(moment, { ...again, heard: 'clear' })
  const belongs = belongsTo(moment)
  if (belongs.to === 'new') return report(moment, belongs.near)
  if (belongs.to !== 'case') return report(moment, null)
  const { found, inWindow } = belongs
  const { state, urgent, ticket } = found.complaint
  const named = isAboutCase(moment)
  const waits = named && (urgent || state === 'held' || state === 'answered')
  if (!inWindow && !waits) return report(moment, named ? ticket : null)
  const { window } = moment.state
  const outcome = wordsOnCase({ ...moment, state: { ...moment.state, window: null } }, found)
  return numberFirst(moment, { ...outcome, state: { ...outcome.state, window } })
}

/** The number to call, before anything else is told. */
export function numberFirst({ context, reading }: Moment, outcome: Outcome): Outcome {
  if (!reading.urgent) return outcome
  return { ...outcome, lines: [line(context, 'ack_emergency', {}), ...outcome.lines] }
}
