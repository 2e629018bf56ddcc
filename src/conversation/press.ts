// A choice names the step at which it was offered: `send@12`. Pressed when something else is asked, it picks nothing.
// The step counts what was asked. What is said beside the question (a greeting, a further picture) leaves it as it is.

import type { Choice, InboundMessage } from '../message.ts'
import { holdsBesides } from './choices.ts'
import { isDeskChoice } from './officer/choices.ts'
import { type Draft, openSlot, type Question, type State } from './state.ts'

/** Of a press that came too late: no question offers it. */
const LATE = 'late'
/** 104 days: a step must stay within seven figures, and so the button within its 64 bytes. */
const MOST_SECONDS = 9_000_000

export function stamped(choices: readonly Choice[], { step }: State): readonly Choice[] {
  return choices.map(({ value, label }) => ({
    value: holdsBesides(value) ? value : `${value}@${step}`,
    label,
  }))
}

/** The message with the bare value of what was pressed, or `LATE`. */
export function pressed(message: InboundMessage, { step }: State): InboundMessage {
  const { choice } = message
  // Buttons of the officers' dialogue say themselves what they hang on.
  if (choice === null || holdsBesides(choice) || isDeskChoice(choice)) return message
  const at = choice.lastIndexOf('@')
  const holds = at > 0 && choice.slice(at + 1) === String(step)
  return { ...message, choice: holds ? choice.slice(0, at) : LATE }
}

/** The state at the next step, where something else is asked now than before. */
export function stepped(before: State, after: State, now: Date): State {
  if (askedIn(after) === askedIn(before)) return { ...after, step: before.step }
  return { ...after, step: (before.step || firstStep(now)) + 1 }
}

/** Erasing forgets the step too: counted on from the seconds, no button from before it can hold again. */
function firstStep(now: Date): number {
  return Math.floor(now.getTime() / 1000) % MOST_SECONDS
}

/** All that the choices of the open question hang on. */
function askedIn({ draft, question, recent }: State): string {
  const filed = recent.at(-1)?.ticket ?? null
  return JSON.stringify([filed, draft === null ? offeredWith(question) : offeredBy(draft)])
}

/** Further leaves of the categories are the same question, and so is a further picture of an album. */
function offeredWith(question: Question | null): unknown {
  switch (question?.type) {
    case 'category':
      return { ...question, leafed: 0 }
    case 'which':
      return { ...question, media: [] }
    default:
      return question
  }
}

function offeredBy(draft: Draft): unknown {
  const slot = openSlot(draft)
  const { words, villages, categories, support, photoAt } = draft
  const { category, place, anonymous, confidential } = draft
  switch (slot) {
    case 'category':
      return [slot, categories]
    case 'position':
      return [slot, photoAt]
    case 'place':
      return [slot, villages]
    case 'support':
      return [slot, support]
    case 'summary':
      return [slot, words, category, place, anonymous, confidential]
    default:
      return slot
  }
}
