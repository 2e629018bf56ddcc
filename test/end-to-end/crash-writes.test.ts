// Every call of the store that writes people's words and fates once with the process ended right after it: what is
// stored and was told to nobody. Right before it, where nothing has happened yet: in the soak.

import { expect, test } from '@jest/globals'
import { createStore } from '../../src/store/driver.ts'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { HOUSEKEEPING, NEVER_CALLED, READS, WRITES } from './crash-calls.ts'

test(
  'a process ended after any writing call of its store loses and doubles nothing',
  () => inWorld((world) => crashStory(world, WRITES, ['after'])),
  240_000,
)

test('no call of the store is left out', () => {
  const away = () => Promise.reject(new Error('only the names are asked for'))
  const port = createStore({ read: away, write: away, close: away })
  const lists = [WRITES, HOUSEKEEPING, READS].flatMap((list) => Object.keys(list))
  const tried = [...lists, ...NEVER_CALLED]
  expect(tried.sort()).toEqual(Object.keys(port).sort())
})
