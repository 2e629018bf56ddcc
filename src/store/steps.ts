// A store that tells of each of its calls, so that a trial can end the process exactly there.
// It changes nothing of what the calls do.

import type { Store } from './store.ts'

/** Called around every call of the port, so that a trial can end the process exactly there. */
export type OnStep = (call: string, when: 'before' | 'after') => void

/** The same store, telling before and after each of its calls. */
export function withSteps(store: Store, onStep: OnStep): Store {
  const steps = Object.entries(store).map(([call, run]) => [
    call,
    async (...args: never[]) => {
      onStep(call, 'before')
      const result: unknown = await (run as (...given: never[]) => Promise<unknown>)(...args)
      onStep(call, 'after')
      return result
    },
  ])
  return Object.fromEntries(steps) as Store
}
