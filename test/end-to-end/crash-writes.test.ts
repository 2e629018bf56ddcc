// Every writing call of the store once with the process ended right before it, and once right after it.

import { expect, test } from '@jest/globals'
import { createStore } from '../../src/store/driver.ts'
import { type Caller, crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { NEVER_CALLED, READS } from './crash-calls.ts'

const WRITES: Readonly<Record<string, Caller>> = {
  // Only in the first round of all.
  takeLease: 'round',
  setFacts: 'round',
  expire: 'round',
  ensureAddress: 'outside',
  ping: 'outside',
  commitTurn: 'outside',
  leaseDue: 'outside',
  settle: 'outside',
  recordReceipt: 'outside',
  commitMove: 'outside',
  commitClocks: 'outside',
  audit: 'outside',
  close: 'outside',
  releaseLease: 'stop',
}

test(
  'a process ended before or after any writing call of its store loses and doubles nothing',
  () => inWorld((world) => crashStory(world, WRITES)),
  240_000,
)

test('no call of the store is left out', () => {
  const away = () => Promise.reject(new Error('only the names are asked for'))
  const port = createStore({ read: away, write: away, close: away })
  const tried = [...Object.keys(WRITES), ...Object.keys(READS), ...NEVER_CALLED]
  expect(tried.sort()).toEqual(Object.keys(port).sort())
})
