// Three processes share one PostgreSQL, and are killed under a stream of messages.

import { expect, test } from '@jest/globals'
import { CONNECTIONS, manyStory } from '../support/many-story.ts'
import { freshDatabase } from '../support/postgres.ts'
import { inWorld } from '../support/world.ts'

test(
  'three processes, ten kills: no acknowledged message is lost or doubled, each person in order',
  () =>
    inWorld(async (world) => {
      const figures = await manyStory(world, await freshDatabase(), 10, 20_261_125)
      expect(figures.messages).toBeGreaterThan(CONNECTIONS)
      expect(figures.kills).toBe(10)
    }),
  240_000,
)
