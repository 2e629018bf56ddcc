// The ten transcripts through a linked phone, encrypted for real: over our own WhatsApp on loopback, and what words alone
// can play over crabline's, which nobody here wrote.

import { describe, expect, test } from '@jest/globals'
import { openLinkedPhone } from '../channels/whatsapp/baileys/contract-bench.ts'
import { openCrablineWhatsApp } from '../channels/whatsapp/baileys/crabline-bench.ts'
import { playInStep } from '../support/lockstep.ts'
import { scriptOf, TRANSCRIPTS } from './scripts.ts'

test.each(TRANSCRIPTS)('%s goes as the conversation says it', async (name) => {
  const script = scriptOf(name)
  const { lines, replies } = await playInStep(script, openLinkedPhone)
  expect(lines).toBe(script.match(/^citizen\d*:/gm)?.length)
  expect(replies).toBeGreaterThan(5)
})

const words = TRANSCRIPTS.filter((name) => !/^citizen\d*: \(/m.test(scriptOf(name)))

describe('through crabline', () => {
  test.each(words)('%s goes as the conversation says it', async (name) => {
    const { replies } = await playInStep(scriptOf(name), openCrablineWhatsApp)
    expect(replies).toBeGreaterThan(5)
  })
})
