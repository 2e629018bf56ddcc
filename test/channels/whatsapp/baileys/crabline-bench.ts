// A linked phone over crabline's WhatsApp, as a bench: brings words and records what we say, both encrypted for real.
// Rule: what it cannot do says so; its books know only words.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWhatsAppServer } from '@openclaw/crabline'
import { pino } from 'pino'
import { createWhatsAppBaileys } from '../../../../src/channels/whatsapp/baileys/baileys.ts'
import { addressOf } from '../../../../src/message.ts'
import { linkedCreds } from '../../../support/fake-whatsapp.ts'
import { BOT } from '../../../support/whatsapp/phones.ts'
import { type Arrived, type OpenChannel, withinMs } from '../../contract/given.ts'
import { link, memoryVault, soleState } from './harness.ts'

const LATE_MS = 10_000
const numberOf = (person: number) => `62812345678${89 + person}`

export const openCrablineWhatsApp: OpenChannel = async ({ clock, readMedia }) => {
  const folder = await mkdtemp(join(tmpdir(), 'kentongan-crabline-'))
  const server = await startWhatsAppServer({
    ...{ selfJid: `${BOT}@s.whatsapp.net`, recorderPath: join(folder, 'wa.jsonl') },
  })
  const { adminInboundUrl, baileysWebSocketUrl: url } = server.manifest.endpoints
  const vault = memoryVault()
  await link(vault, linkedCreds())
  const made = createWhatsAppBaileys({
    ...{ vault, url, readMedia, clock, state: soleState(), number: null, showLink: () => {} },
    ...{
      chatKey: (address) => `k${address.slice(-4)}`,
      sentText: async () => null,
      isKnown: async () => true,
    },
    ...{ chance: () => 0, timeoutMs: 3_000, log: pino({ level: 'silent' }) },
    // A clock that jumps by days is no silence.
    lookMs: 1e9,
    gaps: { shortestMs: 0, longestMs: 0, anyMs: 0 },
  })
  const said: Arrived[] = []
  let stored = 0
  return {
    channel: {
      ...made,
      start: (receive) =>
        made.start(async (event) => {
          await receive(event)
          if (event.type === 'message') stored += 1
        }),
      // Taken once crabline has decrypted and recorded it.
      send: async (message) => {
        const result = await made.send(message)
        if (result.outcome === 'accepted') {
          const [providerId = ''] = result.providerIds
          said.push({ to: message.to, text: message.text, providerId, buttons: [] })
        }
        return result
      },
    },
    settings: /WHATSAPP_BAILEYS/,
    ...{ carriesFiles: false, limit: 4096, longestIn: 4096 },
    addressOf: (person) => addressOf('whatsapp', numberOf(person)),
    writes: async ({ by = 1, text = '' }) => {
      const before = stored
      const jid = `${numberOf(by)}@s.whatsapp.net`
      const { ok, status } = await fetch(adminInboundUrl, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Crabline-Admin-Token': server.manifest.adminToken,
        },
        body: JSON.stringify({ chatJid: jid, senderJid: jid, text }),
      })
      if (!ok) throw new Error(`crabline answered ${status}`)
      return withinMs(() => stored > before, LATE_MS)
    },
    repeats: async () => false,
    retries: async () => false,
    acknowledged: () => 0,
    at: () => {},
    forges: async () => 0,
    echoes: async () => {},
    strays: async () => {},
    arrived: () => said,
    attempts: () => said.length,
    attempted: async () => {},
    presses: () => Promise.reject(new Error('crabline brings no presses')),
    trouble: () => {},
    slow: () => {},
    wrongly: () => Promise.reject(new Error('crabline takes any login')),
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
