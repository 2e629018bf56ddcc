// Ten transcripts through the Cloud API's wire format, both ways, in step with the pure conversation, and those that
// have something to press: buttons, lists, pins, voice notes, edits.

import { expect, test } from '@jest/globals'
import { openCloud } from '../channels/whatsapp/cloud/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { scriptOf, TRANSCRIPTS } from './scripts.ts'

/** Not those with albums, with a link that carries something, or with a picture and a pin at once: WhatsApp has none. */
const PRESSED = [
  ...['chat-late-press', 'chat-edits', 'chat-corrections', 'chat-more-categories'],
  'chat-place-like',
]

test.each([...TRANSCRIPTS, ...PRESSED])(
  '%s goes through the Cloud API as the conversation says it',
  async (name) => {
    const script = scriptOf(name)
    const { lines, replies } = await playInStep(script, openCloud)
    expect(lines).toBe(script.match(/^citizen\d*:/gm)?.length)
    expect(replies).toBeGreaterThan(5)
  },
)
