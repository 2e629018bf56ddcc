// The plug is pulled at 10 seeded moments under a stream of messages.

import { expect, test } from '@jest/globals'
import { killStory } from '../support/kill-story.ts'
import { inWorld } from '../support/world.ts'

test(
  'kill -9 at 10 moments loses no acknowledged message and doubles none',
  () =>
    inWorld(async (world) => {
      const figures = await killStory(world, 10, 20_261_125)
      expect(figures.messages).toBeGreaterThan(40)
      expect(figures.redelivered).toBeGreaterThan(0)
    }),
  240_000,
)
