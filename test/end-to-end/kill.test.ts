// The plug is pulled at 6 seeded moments under a stream of messages, once before the gateway is ready; 300 times in the soak.

import { expect, test } from '@jest/globals'
import { killStory } from '../support/kill-story.ts'
import { inWorld } from '../support/world.ts'

test(
  'kill -9 at 6 moments loses no acknowledged message and doubles none',
  () =>
    inWorld(async (world) => {
      const figures = await killStory(world, 6, 20_261_125)
      expect(figures.messages).toBeGreaterThan(25)
      expect(figures.redelivered).toBeGreaterThan(0)
    }),
  240_000,
)
