// The same as kill-telegram.test.ts, 200 times in eight databases; it prints its figures.

import { afterAll, expect, test } from '@jest/globals'
import { type TelegramKillFigures, telegramKillStory } from '../support/telegram-kill-story.ts'
import { inWorld } from '../support/world.ts'

const figures: TelegramKillFigures[] = []

test.each(
  [1, 2, 3, 4].flatMap((round) => [[round, 'polling'] as const, [round, 'webhook'] as const]),
)('round %i: 25 kills by %s lose nothing and file nothing twice', (round, way) =>
  inWorld(async (world) => {
    figures.push(await telegramKillStory(world, way, 25, round))
    expect(figures.at(-1)?.updates).toBeGreaterThan(100)
  }),
)

afterAll(() => {
  const sum = (name: keyof TelegramKillFigures) =>
    figures.reduce((all, each) => all + each[name], 0)
  console.log(
    `${sum('kills')} kills, ${sum('updates')} updates (${sum('redelivered')} posted again), ` +
      `${sum('sends')} sends, of which ${sum('repeatedSends')} repeated`,
  )
})
