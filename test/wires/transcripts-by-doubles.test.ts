// A transcript each way through doubles of the Bot API that nobody here wrote; the soak plays all they can.

import { expect, test } from '@jest/globals'
import { playInStep } from '../support/lockstep.ts'
import { openCrabline, openTestApi } from './doubles.ts'
import { scriptOf } from './scripts.ts'

test.each([
  ['crabline, polled', openCrabline('polling'), 'sms-doubt'],
  ['crabline, posted', openCrabline('webhook'), 'sms-doubt'],
  ['telegram-test-api, polled', openTestApi, 'sms-doubt'],
  ['telegram-test-api, with buttons', openTestApi, 'my-data-chat'],
])('by %s it goes as the conversation says it', async (_double, open, name) => {
  const { replies } = await playInStep(scriptOf(name), open)
  expect(replies).toBeGreaterThan(5)
})
