// Webhooks as Meta posts them, signed before anything is measured, and the Graph API that a measured gateway asks.
// The same people and words as bench/messages.ts has for Twilio; each person with a number and the id beside it.

import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WordsOf } from './messages.ts'

export const NUMBER_ID = '106540352242922'
export const APP_SECRET = '0123456789abcdef0123456789abcdef'
export const CLOUD_TOKEN = 'EAAG-bench'
const CLOUD_PATH = '/channels/whatsapp/cloud'

/** Two of each person, one in each webhook, as Meta posts them when it is not behind. */
export function webhooks(count: number, round: number, wordsOf: WordsOf) {
  return Array.from({ length: count }, (_, index) => {
    const person = round * 100_000 + Math.floor(index / 2)
    const [number, id] = [`62813${10_000_000 + person}`, `ID.${1_000_000_000 + person}`]
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550783881', phone_number_id: NUMBER_ID },
      contacts: [{ profile: { name: 'Warga' }, wa_id: number, user_id: id }],
      messages: [
        {
          ...{ from: number, from_user_id: id, timestamp: '1774000000', type: 'text' },
          id: `wamid.${round}.${index}.${'HBgNNjI4MTI5OTkwMDEyMxUCABIYFjNF'}`,
          text: { body: wordsOf(index) },
        },
      ],
    }
    const changes = [{ field: 'messages', value }]
    const entry = [{ id: '102290129340398', changes }]
    return signed(JSON.stringify({ object: 'whatsapp_business_account', entry }))
  })
}

function signed(body: string) {
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex')
  return {
    ...{ method: 'POST' as const, path: CLOUD_PATH, body },
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    },
  }
}

/** It asks to wait for an hour whenever something is sent, so that nothing is while turns are counted. */
export async function startGraphApi(): Promise<{ readonly url: string; end(): void }> {
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      const headers = { 'content-type': 'application/json', 'retry-after': '3600' }
      res.writeHead(429, headers).end(JSON.stringify({ error: { code: 130429 } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
