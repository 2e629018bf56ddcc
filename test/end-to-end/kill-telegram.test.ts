// The plug is pulled at a seeded moment while people write by Telegram, by long polling; a webhook is like Twilio's
// (kill.test.ts), and the soak does both hundreds of times.

import { expect, test } from '@jest/globals'
import { telegramKillStory } from '../support/telegram-kill-story.ts'
import { inWorld } from '../support/world.ts'

test(
  'kill -9 by polling loses nothing that Telegram was told we have, and files nothing twice',
  () =>
    inWorld(async (world) => {
      const figures = await telegramKillStory(world, 'polling', 1, 4_711)
      expect(figures.updates).toBeGreaterThan(8)
    }),
  120_000,
)
