// Complaint, wish or question: weighs words of malfunction against words of wishing and asking.
// In doubt it is a complaint, which has the stricter clock.

import type { ComplaintClass } from '../../complaints/complaint.ts'
import type { Hit } from './cues.ts'

const LEAST_QUESTION = 2
const LEAST_WISH = 3
const QUESTION_MARK = 2

export interface ClassReading {
  readonly class: ComplaintClass
  /** Any word of malfunction, wish, question or request stood there. */
  readonly says: boolean
}

export function classOf(hits: readonly Hit[], text: string): ClassReading {
  const asked = text.includes('?')
  const question = weightOf(hits, 'class', 'information') + (asked ? QUESTION_MARK : 0)
  const wish = weightOf(hits, 'class', 'aspiration')
  const trouble = weightOf(hits, 'problem', '') + weightOf(hits, 'class', 'complaint')
  const says = question > 0 || wish > 0 || trouble > 0 || has(hits, 'request') || has(hits, 'wish')
  if (question >= LEAST_QUESTION && question > trouble && question >= wish)
    return { class: 'information', says }
  if (wish >= LEAST_WISH && wish > trouble) return { class: 'aspiration', says }
  return { class: 'complaint', says }
}

/** Sum over the different cues of a list; a cue found twice counts once. */
export function weightOf(hits: readonly Hit[], group: string, key: string): number {
  const seen = new Set<string>()
  let sum = 0
  for (const { cue } of hits) {
    if (cue.group !== group || cue.key !== key || seen.has(cue.text)) continue
    seen.add(cue.text)
    sum += cue.weight
  }
  return sum
}

export function has(hits: readonly Hit[], group: string, key?: string): boolean {
  return hits.some(({ cue }) => cue.group === group && (key === undefined || cue.key === key))
}
