// The choices of the officers' dialogue beside the buttons of cards: yes and no to what is confirmed, one of several.
// Each names the moment up to which it holds, so that one of an earlier question picks nothing.

import { isDeskButton } from '../../complaints/desk-button.ts'
import type { Choice } from '../../message.ts'
import { words } from '../lines.ts'
import type { Context } from '../turn.ts'

const YES = 'desk-yes'
const NO = 'desk-no'
const PICK = 'desk-pick'

/** Whatever the officers' dialogue put below a message. */
export function isDeskChoice(choice: string | null): boolean {
  return isDeskButton(choice) || (choice?.startsWith('desk-') ?? false)
}

export function confirmChoices(context: Context, untilMs: number): readonly Choice[] {
  return [
    { value: `${YES}:${untilMs}`, label: words(context, 'choice_yes', {}) },
    { value: `${NO}:${untilMs}`, label: words(context, 'choice_no', {}) },
  ]
}

/** Labels in the order of what they pick. */
export function pickChoices(labels: readonly string[], untilMs: number): readonly Choice[] {
  return labels.map((label, at) => ({ value: `${PICK}:${at}:${untilMs}`, label }))
}

export type DeskAnswer =
  | { readonly type: 'yes' | 'no' | 'late' }
  | { readonly type: 'pick'; readonly at: number }

/** What a tapped choice says to the question that holds until `untilMs`; null: it is none of these. */
export function tapped(choice: string | null, untilMs: number | null): DeskAnswer | null {
  if (choice === null || !isDeskChoice(choice) || isDeskButton(choice)) return null
  const [kind, ...more] = choice.split(':')
  if (more.at(-1) !== String(untilMs)) return { type: 'late' }
  if (kind === YES) return { type: 'yes' }
  if (kind === NO) return { type: 'no' }
  return { type: 'pick', at: Number(more[0]) }
}
