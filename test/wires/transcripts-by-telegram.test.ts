// The same ten transcripts through Telegram's wire format, polled and posted, in step with the pure conversation;
// and those that have something to press.

import { describe, expect, test } from '@jest/globals'
import { openTelegram } from '../channels/telegram/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { PRESSED, scriptOf, TRANSCRIPTS } from './scripts.ts'

describe.each(['polling', 'webhook'] as const)('By %s', (way) => {
  test.each([...TRANSCRIPTS, ...PRESSED])('%s goes as the conversation says it', async (name) => {
    const script = scriptOf(name)
    const { lines, replies } = await playInStep(script, openTelegram(way))
    expect(lines).toBe(script.match(/^citizen\d*:/gm)?.length)
    expect(replies).toBeGreaterThan(5)
  })
})
