// The same as kill-telegram.test.ts, 200 times in eight databases; and ended at each call of the store that an update makes. It prints its figures.

import { afterAll, expect, test } from '@jest/globals'
import {
  type TelegramKillFigures,
  telegramCrashStory,
  telegramKillStory,
} from '../support/telegram-kill-story.ts'
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

test.each([
  [
    'polling',
    ['conversation', 'commitTurn', 'setOptOut', 'leaseDue', 'settle', 'getFact', 'setFacts'],
  ],
  ['webhook', ['conversation', 'commitTurn', 'setOptOut', 'leaseDue', 'settle']],
] as const)(
  'by %s, ended before or after any call that an update makes, it loses nothing',
  (way, calls) =>
    inWorld(async (world) => {
      figures.push(await telegramCrashStory(world, way, calls))
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
