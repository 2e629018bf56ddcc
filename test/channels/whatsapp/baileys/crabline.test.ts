// Words of both sides over a real connection: crabline's WhatsApp, with Noise and Signal encryption.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startWhatsAppServer } from '@openclaw/crabline'
import { pino } from 'pino'
import { z } from 'zod'
import { createWhatsAppBaileys } from '../../../../src/channels/whatsapp/baileys/baileys.ts'
import type { OutboundMessage } from '../../../../src/message.ts'
import { linkedCreds } from '../../../support/fake-whatsapp.ts'
import { BOT, CITIZEN } from '../../../support/whatsapp/phones.ts'
import { link, memoryVault, soleState, until } from './harness.ts'

const outbound = (): OutboundMessage => ({
  ...{ id: 'm-1', to: `whatsapp:${CITIZEN}`, text: 'Laporan diterima.', choices: [] },
  ...{ attachments: [], nextPart: 0 },
})

const recorded = z.looseObject({ type: z.string() })

test('words of both sides cross a real connection: in, and out with Signal encryption', async () => {
  const vault = memoryVault()
  const recorderPath = join(mkdtempSync(join(tmpdir(), 'crabline-')), 'wa.jsonl')
  const events: unknown[] = []
  const server = await startWhatsAppServer({
    ...{ selfJid: `${BOT}@s.whatsapp.net`, recorderPath },
    onEvent: (event: unknown) => void events.push(recorded.parse(event)),
  })
  await link(vault, linkedCreds())
  const heard: string[] = []
  const { adminInboundUrl, baileysWebSocketUrl } = server.manifest.endpoints
  const channel = createWhatsAppBaileys({
    ...{ vault, state: soleState(), number: null, url: baileysWebSocketUrl, timeoutMs: 20_000 },
    ...{
      showLink: () => {},
      chatKey: () => 'k',
      sentText: async () => null,
      isKnown: async () => true,
      readMedia: async () => null,
    },
    ...{ clock: () => new Date('2026-03-16T01:00:00Z'), chance: () => 0 },
    log: pino({ level: 'silent' }),
  })
  try {
    await channel.start(async (event) => {
      if (event.type === 'message') heard.push(event.message.text)
    })
    expect(await channel.send(outbound())).toEqual({ outcome: 'window-closed' })
    const body = {
      chatJid: `${CITIZEN}@s.whatsapp.net`,
      senderJid: `${CITIZEN}@s.whatsapp.net`,
      text: 'lampu mati',
    }
    await fetch(adminInboundUrl, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Crabline-Admin-Token': server.manifest.adminToken,
      },
      body: JSON.stringify(body),
    })
    await until(() => heard.length === 1)
    expect(heard).toEqual(['lampu mati'])
    expect(await channel.send(outbound())).toMatchObject({ outcome: 'accepted' })
    await until(() => JSON.stringify(events).includes('Laporan diterima.'))
  } finally {
    await channel.stop()
    await server.close()
  }
})
