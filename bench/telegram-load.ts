// Updates as Telegram posts them, made before anything is measured, and the Bot API that a measured gateway asks.
// The same people and words as bench/messages.ts has for Twilio.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WordsOf } from './messages.ts'

export const BOT_TOKEN = '7000000002:AAbench'
export const SECRET = 'bench-secret'
export const UPDATES_PATH = '/channels/telegram/updates'

const BOT = { id: 7_000_000_002, is_bot: true, first_name: 'Lapor', username: 'lapor_bot' }
const DATE = 1_773_622_800

/** Two of each person. */
export function updates(count: number, round: number, wordsOf: WordsOf): readonly object[] {
  return Array.from({ length: count }, (_, index) => {
    const id = 700_000_000 + round * 100_000 + Math.floor(index / 2)
    const who = { id, first_name: 'Warga' }
    const text = wordsOf(index)
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
export function posts(count: number, round: number, wordsOf: WordsOf) {
  return updates(count, round, wordsOf).map((update) => ({
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
  let idle: () => void = () => {}
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    const answer = (status: number, body: object) => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const poll = (offset: number) => {
      waiting = waiting.filter((update) => update.update_id >= offset)
      const result = waiting.slice(0, BATCH)
      if (result.length > 0) return answer(200, { ok: true, result })
      done()
      // An empty answer comes late, as the real one's does.
      idle = () => poll(0)
    }
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const method = req.url?.split('/').at(-1) ?? ''
      if (method === 'sendMessage') {
        const parameters = { retry_after: 3600 }
        answer(429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters })
      } else if (method === 'getUpdates')
        poll(JSON.parse(Buffer.concat(chunks).toString('utf8')).offset ?? 0)
      else answer(200, { ok: true, result: method === 'getMe' ? BOT : true })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next) =>
      new Promise((resolve) => {
        waiting = next as typeof waiting
        done = resolve
        idle()
      }),
    end: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
