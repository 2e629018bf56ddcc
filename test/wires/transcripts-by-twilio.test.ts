// Ten transcripts through Twilio's wire format, both ways, in step with the pure conversation.

import { expect, test } from '@jest/globals'
import { openTwilio } from '../channels/sms/twilio/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { scriptOf, TRANSCRIPTS } from './scripts.ts'

test.each(TRANSCRIPTS)('%s goes through Twilio as the conversation says it', async (name) => {
  const script = scriptOf(name)
  const { lines, replies } = await playInStep(script, openTwilio)
  expect(lines).toBe(script.match(/^citizen\d*:/gm)?.length)
  expect(replies).toBeGreaterThan(5)
})
