// Free words in reply to a card: are they the final answer, an update, or a question to the citizen?

import type { Outcome } from '../moment.ts'
import type { DeskMoment } from './desk-moment.ts'

export function cardWords(_moment: DeskMoment, _ticket: string): Outcome | null {
  return null
}

export function chosenForWords(_moment: DeskMoment): Outcome | null {
  return null
}
