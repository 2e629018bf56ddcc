// The same as outage.test.ts, for two minutes; it prints its figures.

import { expect, test } from '@jest/globals'
import { outageStory } from '../support/outage-story.ts'
import { startPostgres } from '../support/postgres.ts'
import { inWorld } from '../support/world.ts'

test('two minutes without a database lose nothing, keep the order, and are over within 60 s', () =>
  inWorld(async (world) => {
    const server = await startPostgres(true)
    const figures = await outageStory(world, server, { outageMs: 120_000, aSecond: 8, seed: 7 })
    console.log(
      `${figures.messages} messages; ${figures.spooled} posts acknowledged without a database; ` +
        `back to normal after ${figures.normalAfterMs} ms; ${figures.repeatedSends} sends repeated`,
    )
    expect(figures.spooled).toBeGreaterThan(500)
    expect(figures.normalAfterMs).toBeLessThan(60_000)
  }))
