// Every transcript of the ten that has words alone, through both doubles that nobody here wrote.

import { expect, test } from '@jest/globals'
import { playInStep } from '../support/lockstep.ts'
import { openCrabline, openTestApi } from './doubles.ts'
import { scriptOf, TRANSCRIPTS } from './scripts.ts'

const DOUBLES = {
  'crabline, polled': openCrabline('polling'),
  'crabline, posted': openCrabline('webhook'),
  'telegram-test-api, polled': openTestApi,
}
const words = TRANSCRIPTS.filter((name) => !/^citizen\d*: \(/m.test(scriptOf(name)))

test.each(
  Object.entries(DOUBLES).flatMap(([double, open]) =>
    words.map((name) => [name, double, open] as const),
  ),
)('%s by %s goes as the conversation says it', async (name, _double, open) => {
  const { replies } = await playInStep(scriptOf(name), open)
  expect(replies).toBeGreaterThan(5)
})
