// Every reading call of the store once with the process ended right before it, and once right after it.
// Nothing has changed there: it is the story of the writing call that comes next (crash-writes.test.ts), so it is left to the soak.

import { test } from '@jest/globals'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { READS } from './crash-calls.ts'

test(
  'a process ended before or after any reading call of its store loses and doubles nothing',
  () => inWorld((world) => crashStory(world, READS)),
  480_000,
)
