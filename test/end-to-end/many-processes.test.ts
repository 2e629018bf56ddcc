// Three processes share one PostgreSQL, and are killed under a stream of messages; a hundred times in the soak.

import { expect, test } from '@jest/globals'
import { manyStory } from '../support/many-story.ts'
import { freshDatabase } from '../support/postgres.ts'
import { inWorld } from '../support/world.ts'

/** The soak has 64. */
const CONNECTIONS = 24

test(
  'three processes, four kills: no acknowledged message is lost or doubled, each person in order',
  () =>
    inWorld(async (world) => {
      const figures = await manyStory(world, await freshDatabase(), 4, 20_261_125, CONNECTIONS)
      expect(figures.messages).toBeGreaterThan(CONNECTIONS)
      expect(figures.kills).toBe(4)
    }),
  240_000,
)
