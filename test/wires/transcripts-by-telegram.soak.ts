// What has something to press, by long polling: the rest is in transcripts-by-telegram.test.ts.

import { expect, test } from '@jest/globals'
import { openTelegram } from '../channels/telegram/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { PRESSED, scriptOf } from './scripts.ts'

test.each(PRESSED)('%s goes by polling as the conversation says it', async (name) => {
  const { replies } = await playInStep(scriptOf(name), openTelegram('polling'))
  expect(replies).toBeGreaterThan(5)
})
