// The plug is pulled at a seeded moment while people write by Telegram; the soak does it hundreds of times.

import { expect, test } from '@jest/globals'
import { telegramKillStory } from '../support/telegram-kill-story.ts'
import { inWorld } from '../support/world.ts'

test.each(['polling', 'webhook'] as const)(
  'kill -9 by %s loses nothing that Telegram was told we have, and files nothing twice',
  (way) =>
    inWorld(async (world) => {
      const figures = await telegramKillStory(world, way, 1, 4_711)
      expect(figures.updates).toBeGreaterThan(8)
    }),
  120_000,
)
