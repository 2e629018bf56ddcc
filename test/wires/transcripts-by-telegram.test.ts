// The same ten transcripts through Telegram's wire format, polled and posted, in step with the pure conversation;
// posted, those too that have something to press (the soak plays them polled).

import { describe, expect, test } from '@jest/globals'
import { openTelegram } from '../channels/telegram/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { PRESSED, scriptOf, TRANSCRIPTS } from './scripts.ts'

describe.each(['polling', 'webhook'] as const)('By %s', (way) => {
  test.each(way === 'webhook' ? [...TRANSCRIPTS, ...PRESSED] : TRANSCRIPTS)(
    '%s goes as the conversation says it',
    async (name) => {
      const script = scriptOf(name)
      const { lines, replies } = await playInStep(script, openTelegram(way))
      expect(lines).toBe(script.match(/^citizen\d*:/gm)?.length)
      expect(replies).toBeGreaterThan(5)
    },
  )
})
