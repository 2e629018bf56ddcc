// Every reading call of the store once with the process ended right after it.

import { test } from '@jest/globals'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { READS } from './crash-calls.ts'

test(
  'a process ended after any reading call of its store loses and doubles nothing',
  () => inWorld((world) => crashStory(world, READS, ['after'])),
  240_000,
)
