// The same as many-processes.test.ts, 100 times in four databases; it prints its figures.

import { afterAll, expect, test } from '@jest/globals'
import { type ManyFigures, manyStory } from '../support/many-story.ts'
import { freshDatabase } from '../support/postgres.ts'
import { inWorld } from '../support/world.ts'

const figures: ManyFigures[] = []

test.each([1, 2, 3, 4])(
  'round %i: three processes, 25 kills, 64 connections: nothing is lost or doubled',
  (round) =>
    inWorld(async (world) => {
      figures.push(await manyStory(world, await freshDatabase(), 25, round))
      expect(figures.at(-1)?.messages).toBeGreaterThan(100)
    }),
)

afterAll(() => {
  const sum = (name: keyof ManyFigures) => figures.reduce((all, each) => all + each[name], 0)
  console.log(
    `${sum('kills')} kills of three processes, ${sum('messages')} messages (${sum('refused')} posts ` +
      `refused or cut off), ${sum('sends')} sends, of which ${sum('repeatedSends')} repeated`,
  )
})
