// Every call of the store that crash-writes.test.ts leaves out: writing ones with the process ended right before, and
// those that read or keep house, before and after. There nothing of a person has changed yet.

import { test } from '@jest/globals'
import { crashStory } from '../support/crash-story.ts'
import { inWorld } from '../support/world.ts'
import { HOUSEKEEPING, READS, WRITES } from './crash-calls.ts'

test.each([
  ['before any call of its store that writes', WRITES, ['before']],
  ['before or after any that keeps house', HOUSEKEEPING, ['before', 'after']],
  ['before or after any that reads', READS, ['before', 'after']],
] as const)(
  'a process ended %s loses and doubles nothing',
  (_what, calls, moments) => inWorld((world) => crashStory(world, calls, moments)),
  480_000,
)
