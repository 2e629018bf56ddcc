// PostgreSQL is stopped under load for ten seconds, and a process is killed meanwhile.

import { expect, test } from '@jest/globals'
import { outageStory } from '../support/outage-story.ts'
import { startPostgres } from '../support/postgres.ts'
import { inWorld } from '../support/world.ts'

test(
  'ten seconds without a database lose nothing, keep the order, and are over within 60 s',
  () =>
    inWorld(async (world) => {
      const server = await startPostgres()
      const options = { outageMs: 10_000, aSecond: 10, seed: 20_261_125, connections: 24 }
      const figures = await outageStory(world, server, options)
      expect(figures.spooled).toBeGreaterThan(20)
      expect(figures.normalAfterMs).toBeLessThan(60_000)
    }),
  240_000,
)
