// Updates as Telegram posts them, made before anything is measured, and the Bot API that a measured gateway asks.
// The same people and words as bench/messages.ts has for Twilio.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MATTERS } from './messages.ts'

export const BOT_TOKEN = '7000000002:AAbench'
export const SECRET = 'bench-secret'
export const UPDATES_PATH = '/channels/telegram/updates'

const BOT = { id: 7_000_000_002, is_bot: true, first_name: 'Lapor', username: 'lapor_bot' }
const DATE = 1_773_622_800

/** One person writes a complaint, then asks for its state. */
export function updates(count: number, round: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => {
    const person = Math.floor(index / 2)
    const id = 700_000_000 + round * 100_000 + person
    const who = { id, first_name: 'Warga' }
    const text = index % 2 === 0 ? `${MATTERS[person % MATTERS.length]} (no ${person})` : 'STATUS'
    const message = {
      ...{ message_id: index + 1, date: DATE, text },
      ...{
        from: { ...who, is_bot: false, language_code: 'id' },
        chat: { ...who, type: 'private' },
      },
    }
    return { update_id: round * 1_000_000 + index + 1, message }
  })
}

/** As Telegram posts them. */
export function posts(count: number, round: number) {
  return updates(count, round).map((update) => ({
    method: 'POST' as const,
    path: UPDATES_PATH,
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': SECRET,
    },
    body: JSON.stringify(update),
  }))
}

export interface BotApi {
  readonly url: string
  /** From now on getUpdates answers with these. Resolves when all are confirmed. */
  serve(updates: readonly object[]): Promise<void>
  end(): void
}

const BATCH = 100

/** It asks to wait for an hour whenever something is sent, so that nothing is while turns are counted. */
export async function startBotApi(): Promise<BotApi> {
  let waiting: readonly { readonly update_id: number }[] = []
  let done: () => void = () => {}
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const method = req.url?.split('/').at(-1) ?? ''
      const answer = (status: number, body: object) => {
        res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (method === 'sendMessage') {
        const parameters = { retry_after: 3600 }
        answer(429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters })
      } else if (method === 'getUpdates') {
        const { offset = 0, timeout = 0 } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
        waiting = waiting.filter((update) => update.update_id >= offset)
        const result = waiting.slice(0, BATCH)
        if (result.length === 0) done()
        // An empty answer comes late, as the real one's does.
        if (result.length > 0 || timeout === 0) answer(200, { ok: true, result })
        else setTimeout(() => answer(200, { ok: true, result: [] }), 1_000).unref()
      } else answer(200, { ok: true, result: method === 'getMe' ? BOT : true })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (updates) =>
      new Promise((resolve) => {
        waiting = updates as typeof waiting
        done = resolve
      }),
    end: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
