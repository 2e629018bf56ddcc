// The transcripts of the conversation go the same way through the real process; here one, in the soak all by SMS, and
// in test/wires ten through every channel's wire without the process.

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { goesBySms, playBySms } from '../support/transcript-by-sms.ts'
import { inWorld } from '../support/world.ts'

test('sms-main-path goes by signed posts as it is written', async () => {
  const file = new URL('../conversation/transcripts/sms-main-path.txt', import.meta.url)
  const script = readFileSync(file, 'utf8')
  expect(goesBySms(script)).toBe(true)
  await inWorld((world) => playBySms(script, world))
})
