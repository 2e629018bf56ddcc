// The same as kill.test.ts, 300 times in twelve databases; it prints its figures.

import { afterAll, expect, test } from '@jest/globals'
import { type KillFigures, killStory } from '../support/kill-story.ts'
import { inWorld } from '../support/world.ts'

const figures: KillFigures[] = []

test.each(Array.from({ length: 12 }, (_, round) => round + 1))(
  'round %i: kill -9 at 25 moments loses nothing and doubles nothing',
  (round) =>
    inWorld(async (world) => {
      figures.push(await killStory(world, 25, round))
      expect(figures.at(-1)?.messages).toBeGreaterThan(100)
    }),
)

afterAll(() => {
  const sum = (name: keyof KillFigures) => figures.reduce((all, each) => all + each[name], 0)
  console.log(
    `${sum('kills')} kills, ${sum('messages')} messages (${sum('redelivered')} redeliveries), ` +
      `${sum('sends')} sends, of which ${sum('repeatedSends')} repeated`,
  )
})
