// Every reading call of the store once with the process ended right before it.
// Right after it nothing has changed but what is known: that is the next call's story, and crash-reads.soak.ts's.

import { test } from '@jest/globals'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { READS } from './crash-calls.ts'

test(
  'a process ended before any reading call of its store loses and doubles nothing',
  () => inWorld((world) => crashStory(world, READS, ['before'])),
  240_000,
)
