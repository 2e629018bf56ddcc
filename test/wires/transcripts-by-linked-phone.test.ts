// Two of the ten transcripts through a linked phone: Noise and Signal encryption for real, both ways. The soak plays all.

import { expect, test } from '@jest/globals'
import { openLinkedPhone } from '../channels/whatsapp/baileys/contract-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { scriptOf } from './scripts.ts'

test.each(['sms-doubt', 'my-data'])('%s goes as the conversation says it', async (name) => {
  const { replies } = await playInStep(scriptOf(name), openLinkedPhone)
  expect(replies).toBeGreaterThan(5)
})
