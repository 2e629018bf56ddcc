// What holds for every turn, whatever came in.

import { expect } from '@jest/globals'
import type { Turn } from '../../src/conversation/effect.ts'
import { stateSchema } from '../../src/conversation/state.ts'

/** An answer or one of the named silences, in a known state that survives JSON. */
export function spokenOrSilent({ state, effects }: Turn): void {
  const says = effects.filter(({ type }) => type === 'say')
  const silences = effects.filter(({ type }) => type === 'silent')
  expect(says.length + silences.length).toBeGreaterThan(0)
  expect(says.length > 0 && silences.length > 0).toBe(false)
  expect(says.length).toBeLessThanOrEqual(2)
  expect(stateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state)
}
