// Telegram behind the channel contract, polled or posted: updates in, calls of the Bot API out, over real HTTP on loopback.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import type { AccountState } from '../../../src/channels/channel.ts'
import { createTelegram, type TelegramOptions } from '../../../src/channels/telegram/telegram.ts'
import { webhooksFirst } from '../../../src/http.ts'
import { addressOf, type MediaKind } from '../../../src/message.ts'
import {
  type FakeAnswer,
  type FakeTelegram,
  startFakeTelegram,
} from '../../support/fake-telegram.ts'
import {
  BOT,
  CITIZEN,
  editUpdate,
  fileOf,
  groupChat,
  type Json,
  messageOf,
  messageUpdate,
  newMessageId,
  photoSizes,
  pressUpdate,
} from '../../support/telegram/updates.ts'
import {
  type ChannelBench,
  type OpenChannel,
  type Trouble,
  WAIT_MS,
  type Written,
  withinMs,
} from '../contract/given.ts'

export type Way = 'polling' | 'webhook'

const PUBLIC = 'https://lapor.example.go.id'
export const SECRET = 'rahasia-701234567890123'
export const UPDATES = '/channels/telegram/updates'
/** Provider ids name a chat by this, not by its number. */
export const chatKey = (chat: string) => `c${chat.length}${chat.slice(-3)}`
const HELD_BACK_MS = 10_000

/** No pace: a test's clock stands still, and what waits for it would wait for ever. */
const NO_LIMITS = {
  overall: { count: 1_000_000, ms: 1 },
  chat: { count: 1_000_000, ms: 1 },
  group: { count: 1_000_000, ms: 1 },
}

const refuse = (status: number, description: string, retryAfter?: number): FakeAnswer => ({
  ...{ type: 'refuse', status, description },
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

const TROUBLES: Readonly<Record<Trouble, FakeAnswer>> = {
  throttled: refuse(429, `Too Many Requests: retry after ${WAIT_MS / 1000}`, WAIT_MS / 1000),
  rejected: refuse(400, `Bad Request: chat not found ${CITIZEN}`),
  'opted-out': refuse(403, 'Forbidden: bot was blocked by the user'),
  suspended: refuse(401, 'Unauthorized'),
  silence: { type: 'hang' },
}

/** What an account keeps, in memory; one process, so every lease is its own. */
function memoryState(): AccountState {
  const kept = new Map<string, string>()
  return {
    get: async (key) => kept.get(key) ?? null,
    setMany: async (entries) => {
      for (const [key, value] of Object.entries(entries)) kept.set(key, value)
    },
    lease: async () => true,
    release: async () => {},
  }
}

/** The options of a channel over this fake, for a clock that a test pushes. */
export function optionsFor(
  fake: Pick<FakeTelegram, 'url' | 'token'>,
  way: Way,
  clock: () => Date,
): TelegramOptions {
  return {
    ...{ token: fake.token, apiRoot: fake.url, clock, chatKey, state: memoryState() },
    webhook: way === 'webhook' ? { publicUrl: PUBLIC, secret: SECRET } : null,
    ...{ log: pino({ level: 'silent' }), timeoutMs: 1_500, limits: NO_LIMITS },
    // A wait for Telegram is short here; how long it would be is looked at where it counts.
    wait: (_ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, 5)
        signal?.addEventListener('abort', () => {
          clearTimeout(timer)
          resolve()
        })
      }),
  }
}

export const openTelegram =
  (way: Way): OpenChannel =>
  async ({ clock, readMedia }) => {
    const fake = await startFakeTelegram({ now: () => clock().getTime() })
    const channel = createTelegram({ ...optionsFor(fake, way, clock), readMedia })
    const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    let base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    fake.reach(base)
    return {
      channel,
      ...benchOver(fake, way, () => !server.listening),
      at: (next) => {
        base = next
        fake.reach(next)
      },
      forges: async () => {
        const headers = {
          'Content-Type': 'application/json',
          'X-Telegram-Bot-Api-Secret-Token': 'geraten',
        }
        const update = { update_id: 1, ...messageUpdate({ text: 'jangan dicatat' }) }
        const body = JSON.stringify(update)
        return (await fetch(base + UPDATES, { method: 'POST', headers, body })).status
      },
      wrongly: async () => {
        const options = optionsFor({ ...fake, token: '1:wrong' }, way, clock)
        const other = createTelegram(options)
        return { check: other.check, close: other.stop }
      },
      close: async () => {
        if (!server.listening) return
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        await fake.stop()
        server.closeAllConnections()
        await closed
      },
    }
  }

type FromFake = Omit<ChannelBench, 'channel' | 'at' | 'forges' | 'wrongly' | 'close'>

function benchOver(fake: FakeTelegram, way: Way, gone: () => boolean): FromFake {
  const brought = new Set<number>()
  const named = new Map<string, Json>()
  let edits = 0
  let last: Json = {}
  const idOf = (person: number) => CITIZEN - 1 + person
  const sends = () => fake.calls.filter(({ method }) => method === 'sendMessage').length

  /** How often the bot came for this update, and could have confirmed it. */
  const tries = (id: number) =>
    way === 'webhook'
      ? fake.deliveries.filter(({ updateId }) => updateId === id).length
      : fake.polls.filter(({ offset }) => offset === null || offset <= id).length

  /** Resolves once it is confirmed, or once the bot came for it again. */
  async function bring(update: Json): Promise<boolean> {
    last = update
    const id = fake.bring(update)
    if (id === null) return false
    brought.add(id)
    const before = way === 'webhook' ? 0 : tries(id)
    const refused = () => tries(id) > before + (way === 'webhook' ? 0 : 1)
    const waits = () => fake.waiting().includes(id)
    await withinMs(() => !waits() || refused() || gone(), HELD_BACK_MS)
    return !waits()
  }

  return {
    settings: /TELEGRAM_BOT_TOKEN/,
    carriesFiles: true,
    limit: 4096,
    longestIn: 4096,
    addressOf: (person) => addressOf('telegram', String(idOf(person))),
    writes: (what) => {
      const message = messageOf({ from: idOf(what.by ?? 1), ...contentOf(what) })
      const edited = what.edits === undefined ? undefined : named.get(what.edits)
      if (what.name !== undefined) named.set(what.name, message)
      if (edited === undefined) return bring({ message })
      edits += 1
      const { message_id, ...content } = contentOf(what)
      const { text: _text, ...rest } = edited
      return bring(editUpdate(rest, { ...content, edit_date: Number(edited.date) + edits }))
    },
    // The same message under a new update id: what was confirmed comes again only like this.
    repeats: () => bring(last),
    retries: () => withinMs(() => fake.waiting().length === 0, HELD_BACK_MS),
    acknowledged: () => [...brought].filter((id) => !fake.waiting().includes(id)).length,
    echoes: async () => {
      await bring({ message: { ...messageOf({ text: 'Laporan diterima.' }), from: BOT } })
    },
    strays: async () => {
      await bring(messageUpdate({ chat: groupChat(), text: 'siap' }))
      await bring(messageUpdate({ pinned_message: messageOf({ text: 'x' }) }))
      await bring({ edited_message: { message_id: 'x' } })
    },
    arrived: () =>
      fake.sent.map(({ chatId, messageId, text, buttons, file }) => ({
        to: addressOf('telegram', String(chatId)),
        providerId: `${chatKey(String(chatId))}:${messageId}`,
        text,
        file: file?.bytes,
        buttons: buttons.flat().map((button) => button.text),
      })),
    attempts: sends,
    attempted: async (count) => void (await withinMs(() => sends() >= count, 5_000)),
    presses: (on, label) => {
      const sent = fake.sent.find(
        ({ chatId, messageId }) => `${chatKey(String(chatId))}:${messageId}` === on.providerId,
      )
      const data = sent?.buttons.flat().find(({ text }) => text === label)?.data
      if (sent === undefined || data == null) throw new Error(`there is no button ${label}`)
      return bring(pressUpdate(sent.chatId, sent.message, data))
    },
    trouble: (kind) => onNextSend(fake, TROUBLES[kind]),
    slow: (afterMs) => onNextSend(fake, { type: 'accept', afterMs }),
  }
}

function onNextSend(fake: FakeTelegram, answer: FakeAnswer): void {
  let next: FakeAnswer | null = answer
  fake.answerBy(({ method }) => {
    if (method !== 'sendMessage' || next === null) return { type: 'accept' }
    const given = next
    next = null
    return given
  })
}

const FILES: Readonly<Record<MediaKind, Json>> = {
  photo: { photo: photoSizes('p') },
  voice: { voice: fileOf('v', { duration: 4, mime_type: 'audio/ogg' }) },
  video: { video: fileOf('f', { duration: 4, width: 320, height: 240 }) },
  document: { document: fileOf('d', { file_name: 'surat.pdf', mime_type: 'application/pdf' }) },
  sticker: { sticker: fileOf('s', { type: 'regular', emoji: '👍' }) },
}

/** As Telegram words it: below a file the words are its caption. */
function contentOf({ text, media, position, quotes, album, start }: Written): Json {
  const said = start === undefined ? text : `/start ${start}`
  const words = said === undefined || said === '' ? {} : { [media ? 'caption' : 'text']: said }
  const [, quoted] = quotes?.split(':') ?? []
  return {
    message_id: newMessageId(),
    ...words,
    ...(media === undefined ? {} : FILES[media]),
    ...(album === undefined ? {} : { media_group_id: album }),
    ...(position === undefined
      ? {}
      : { location: { latitude: position.lat, longitude: position.lon } }),
    ...(quoted === undefined
      ? {}
      : { reply_to_message: { ...messageOf({ message_id: Number(quoted) }), from: BOT } }),
  }
}
