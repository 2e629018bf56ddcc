// Every call of the store that reads or keeps house once with the process ended right before it, and once right after it.
// Nothing of a person changes there: it is the story of the call that comes next (crash-writes.test.ts), so it is left to the soak.

import { test } from '@jest/globals'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { HOUSEKEEPING, READS } from './crash-calls.ts'

test.each([
  ['keeps house', HOUSEKEEPING],
  ['reads', READS],
])(
  'a process ended before or after any call of its store that %s loses and doubles nothing',
  (_what, calls) => inWorld((world) => crashStory(world, calls)),
  480_000,
)
