// Two doubles of the Bot API that nobody here wrote, as benches of the contract: what they can do goes through them.
// Rule: loaded only where they are asked for; each bench says by what it lacks which scripts it cannot play.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Channel } from '../../src/channels/channel.ts'
import { createTelegram, type TelegramOptions } from '../../src/channels/telegram/telegram.ts'
import { addressOf } from '../../src/message.ts'
import { type Arrived, type OpenChannel, withinMs } from '../channels/contract/given.ts'
import { optionsFor, SECRET, type Way } from '../channels/telegram/contract-bench.ts'
import { said } from '../support/printed.ts'
import { CITIZEN } from '../support/telegram/updates.ts'

const LATE_MS = 10_000
const idOf = (person: number) => CITIZEN - 1 + person

/** What neither of them can do. */
const CANNOT = {
  carriesFiles: false,
  settings: /TELEGRAM_BOT_TOKEN/,
  ...{ limit: 4096, longestIn: 4096 },
  addressOf: (person: number) => addressOf('telegram', String(idOf(person))),
  repeats: async () => false,
  retries: async () => false,
  acknowledged: () => 0,
  forges: async () => 0,
  echoes: async () => {},
  strays: async () => {},
  attempted: async () => {},
  trouble: () => {},
  slow: () => {},
  wrongly: () => Promise.reject(new Error('this double takes any token')),
}

interface SentButton {
  readonly text: string
  readonly callback_data?: string
}

interface SentParams {
  readonly chat_id?: unknown
  readonly text?: unknown
  readonly reply_markup?: { readonly inline_keyboard?: readonly (readonly SentButton[])[] }
}

/** The channel over a double, whose books tell less than ours: what was stored, and the ids it made of its sends. */
function booked(options: TelegramOptions) {
  const channel = createTelegram(options)
  const made: { readonly to: string; readonly text: string; readonly id: string }[] = []
  let stored = 0
  const kept: Channel = {
    ...channel,
    start: (receive) =>
      channel.start(async (event) => {
        await receive(event)
        if (event.type === 'message') stored += 1
      }),
    send: async (message) => {
      const result = await channel.send(message)
      if (result.outcome === 'accepted')
        for (const id of result.providerIds) made.push({ to: message.to, text: message.text, id })
      return result
    },
  }
  /** What arrived, each under the id that the channel made for this chat and these words. */
  const arrivedAs = (all: readonly SentParams[]): readonly Arrived[] => {
    const left = [...made]
    return all.map(({ chat_id: chat, text, reply_markup: markup }) => {
      const to = addressOf('telegram', String(chat))
      said(String(chat), String(text))
      const place = left.findIndex((one) => one.to === to && one.text === text)
      const [found] = place < 0 ? [] : left.splice(place, 1)
      const buttons = (markup?.inline_keyboard ?? []).flat().map((button) => button.text)
      return { to, text: String(text), providerId: found?.id ?? '', buttons }
    })
  }
  /** Resolves with whether one more message was stored. */
  const storing = async (bring: () => Promise<unknown>): Promise<boolean> => {
    const before = stored
    await bring()
    return withinMs(() => stored > before, LATE_MS)
  }
  return { channel: kept, arrivedAs, storing }
}

/** Stands at a fixed address before a gateway whose own is known only later. */
async function openDoor() {
  let base = ''
  const server = createServer((req, res) => {
    const { method = 'POST', headers } = req
    const onward = request(base + req.url, { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    onward.on('error', () => res.destroy())
    req.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    at: (next: string) => {
      base = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Brings words; polled, or posted with its secret. No media, no presses. */
export const openCrabline =
  (way: Way): OpenChannel =>
  async ({ clock }) => {
    const { startTelegramServer } = await import('@openclaw/crabline')
    const folder = await mkdtemp(join(tmpdir(), 'kentongan-crabline-'))
    const sent: SentParams[] = []
    const server = await startTelegramServer({
      recorderPath: join(folder, 'telegram.jsonl'),
      onEvent: ({ path, body }) => {
        if (path.endsWith('/sendMessage')) sent.push(body as SentParams)
      },
    })
    const { botToken: token, endpoints, adminToken } = server.manifest
    const door = await openDoor()
    const options = optionsFor({ url: endpoints.apiRoot, token }, way, clock)
    const webhook = way === 'webhook' ? { publicUrl: door.url, secret: SECRET } : null
    const { channel, arrivedAs, storing } = booked({ ...options, webhook })
    return {
      ...CANNOT,
      channel,
      at: door.at,
      writes: ({ by = 1, text = '' }) =>
        storing(async () => {
          const id = idOf(by)
          said(String(id), text)
          const { ok, status } = await fetch(endpoints.adminInboundUrl, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
            body: JSON.stringify({ chatId: String(id), chatType: 'private', fromId: id, text }),
          })
          if (!ok) throw new Error(`crabline answered ${status}`)
        }),
      arrived: () => arrivedAs(sent),
      attempts: () => sent.length,
      presses: () => Promise.reject(new Error('crabline brings no presses')),
      close: async () => {
        await door.close()
        await server.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  }

/** Brings words and presses; polled alone, since it knows no secret. No media. */
export const openTestApi: OpenChannel = async ({ clock }) => {
  const { TelegramServer } = await import('telegram-test-api/lib/telegramServer.js')
  const door = await openDoor()
  // It wants to be told its port: one that was free a moment ago.
  await door.close()
  const { port } = new URL(door.url)
  const server = new TelegramServer({ host: '127.0.0.1', port: Number(port) })
  await server.start()
  const token = '7000000003:AAtest'
  const options = optionsFor({ url: `http://127.0.0.1:${port}`, token }, 'polling', clock)
  const { channel, arrivedAs, storing } = booked(options)
  const clientOf = (id: number) => server.getClient(token, { userId: id, chatId: id })
  const sent = () => server.storage.botMessages.map(({ message }) => message as SentParams)
  return {
    ...CANNOT,
    channel,
    at: () => {},
    writes: ({ by = 1, text = '' }) =>
      storing(async () => {
        said(String(idOf(by)), text)
        const client = clientOf(idOf(by))
        await client.sendMessage(client.makeMessage(text))
      }),
    arrived: () => arrivedAs(sent()),
    attempts: () => sent().length,
    presses: (on, label) =>
      storing(async () => {
        const id = Number(on.to.slice('telegram:'.length))
        const place = arrivedAs(sent()).findIndex(({ providerId }) => providerId === on.providerId)
        const rows = sent()[place]?.reply_markup?.inline_keyboard ?? []
        const data = rows.flat().find(({ text }) => text === label)?.callback_data ?? ''
        const message = { message_id: server.storage.botMessages[place]?.messageId ?? 0 }
        const client = clientOf(id)
        await client.sendCallback(client.makeCallbackQuery(data, { message } as never))
      }),
    close: async () => void (await server.stop()),
  }
}
