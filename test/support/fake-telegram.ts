// The Bot API played over real HTTP on loopback: long polling, webhooks with their secret, sends, files.
// Rule: it knows nothing of the gateway, only what Telegram documents; every call is kept, every trouble can be asked for.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { said } from './printed.ts'
import { type BotChats, type FakeSent, METHODS, newBotChats } from './telegram/methods.ts'
import { createUpdateQueue, type Delivery, type Poll } from './telegram/update-queue.ts'
import { chatOf, type Json, type NewUpdate, wordsOf } from './telegram/updates.ts'
import { bodyOf, fail, json, paramsOf, trouble } from './telegram/wire.ts'

/** What the fake does with one call. `accept` is what it does when told nothing. */
export type FakeAnswer =
  | { readonly type: 'accept'; readonly afterMs?: number }
  | {
      readonly type: 'refuse'
      readonly status: number
      readonly description: string
      /** Seconds, as in `parameters.retry_after`. */
      readonly retryAfter?: number
      readonly migrateTo?: number
    }
  /** A proxy's page in place of JSON. */
  | { readonly type: 'page'; readonly status: number }
  /** JSON that is none of Telegram's, or not what was asked for. */
  | { readonly type: 'strange'; readonly body: unknown }
  /** Does it and never says so. */
  | { readonly type: 'hang' }
  /** Does it, then the line breaks. */
  | { readonly type: 'reset' }

interface FakeCall {
  readonly method: string
  readonly params: Json
  /** By the clock given to the fake. */
  readonly at: number
  readonly answer: FakeAnswer['type']
}

export interface FakeTelegramOptions {
  readonly token?: string
  /** Milliseconds for `FakeCall.at`. */
  readonly now?: () => number
}

export interface FakeTelegram {
  /** What TELEGRAM_API_ROOT is to be. */
  readonly url: string
  readonly token: string
  /** Every call but getUpdates, in order. */
  readonly calls: readonly FakeCall[]
  readonly polls: readonly (Poll & { readonly at: number })[]
  /** What arrived. */
  readonly sent: readonly FakeSent[]
  readonly answered: BotChats['answered']
  readonly commands: BotChats['commands']
  readonly deliveries: readonly Delivery[]
  sentTo(chatId: number): readonly FakeSent[]
  /** Resolves once that many messages have arrived in all. */
  sentCount(count: number): Promise<readonly FakeSent[]>
  /** Resolves once that many presses were answered. */
  answeredCount(count: number): Promise<void>
  /** Resolves once that many getUpdates have come in all. */
  pollCount(count: number): Promise<void>
  /** For the next calls (getUpdates aside), in order; then what `answerBy` says. */
  answer(...answers: readonly FakeAnswer[]): void
  answerBy(decide: (call: Pick<FakeCall, 'method' | 'params'>) => FakeAnswer): void
  /** For the next getUpdates, in order; then it is answered. */
  answerPolls(...answers: readonly FakeAnswer[]): void
  /** The line breaks under every getUpdates that waits. */
  cutPolls(): void
  /** Somebody did something; the id of the update, null when the bot did not ask for its kind. */
  bring(update: NewUpdate): number | null
  /** Ids of updates that the bot has not confirmed. */
  waiting(): readonly number[]
  /** Resolves when all are confirmed. */
  confirmed(): Promise<void>
  restartIds(from: number): void
  /** What was registered by setWebhook. */
  webhook(): { readonly url: string; readonly secret: string | null } | null
  /** Where the host of the webhook's address really is; null: nobody is there. */
  reach(base: string | null): void
  /** `size` in place of the true one, where a test wants it to be too big. */
  addFile(id: string, bytes: Uint8Array, size?: number): void
  stop(): Promise<void>
}

/** Digits, so that the search of all that is printed finds them. */
const SECRET = '701234567890123456789012345678901'
const FAKE_BOT_TOKEN = `7000000001:AA${SECRET}`

export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const token = options.token ?? FAKE_BOT_TOKEN
  const now = options.now ?? Date.now
  const calls: FakeCall[] = []
  const polls: (Poll & { at: number })[] = []
  const chats = newBotChats()
  const planned: FakeAnswer[] = []
  const plannedPolls: FakeAnswer[] = []
  const watches = new Set<() => void>()
  const waitingPolls = new Set<ServerResponse>()
  let decide: (call: Pick<FakeCall, 'method' | 'params'>) => FakeAnswer = () => ({ type: 'accept' })
  said(SECRET, null)

  const look = () => {
    for (const watch of watches) watch()
  }
  /** Resolves once it holds. */
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        if (!holds()) return
        watches.delete(watch)
        resolve()
      }
      watches.add(watch)
      watch()
    })

  const queue = createUpdateQueue(look)

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://fake')
    const [, file, given, rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(pathname) ?? []
    const body = await bodyOf(req)
    if (given !== token) return fail(res, 401, 'Unauthorized')
    if (file !== undefined) return download(res, rest)
    const params = { ...Object.fromEntries(searchParams), ...paramsOf(req, body) }
    if (rest === 'getUpdates') await updates(params, res)
    else await call(rest, params, res)
    look()
  }

  function download(res: ServerResponse, path: string): void {
    const found = chats.files.get(decodeURIComponent(path.replace(/^files\//, '')))
    if (found === undefined) fail(res, 404, 'Not Found')
    else res.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(found.bytes)
  }

  async function updates(params: Json, res: ServerResponse): Promise<void> {
    const poll = pollOf(params)
    polls.push({ ...poll, at: now() })
    look()
    const answer = plannedPolls.shift()
    if (answer !== undefined && answer.type !== 'accept')
      return trouble(res, answer, { ok: true, result: [] })
    if (queue.webhook !== null)
      return fail(
        res,
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    waitingPolls.add(res)
    const polled = await queue.poll(poll, once(res, 'close'))
    waitingPolls.delete(res)
    if (polled.type === 'updates') json(res, 200, { ok: true, result: polled.updates })
    else
      fail(
        res,
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      )
  }

  async function call(method: string, params: Json, res: ServerResponse): Promise<void> {
    said(String(params.chat_id ?? ''), String(params.text ?? params.caption ?? ''))
    const answer = planned.shift() ?? decide({ method, params })
    calls.push({ method, params, at: now(), answer: answer.type })
    if (['refuse', 'page', 'strange'].includes(answer.type)) return trouble(res, answer, null)
    const result = webhookCall(method, params) ?? METHODS[method]?.(chats, params)
    look()
    if (result === undefined) return fail(res, 404, 'Not Found: method not found')
    if (!result.ok) return fail(res, result.status, result.description)
    if (answer.type !== 'accept') return trouble(res, answer, null)
    if (answer.afterMs !== undefined) await new Promise((go) => setTimeout(go, answer.afterMs))
    json(res, 200, result)
  }

  function webhookCall(method: string, params: Json) {
    const url = String(params.url ?? '')
    const allowed = listOf(params.allowed_updates)
    switch (method) {
      case 'setWebhook':
        if (url !== '' && !url.startsWith('https://'))
          return {
            ok: false as const,
            status: 400,
            description: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
          }
        queue.setWebhook(
          url === '' ? null : { url, secret: textOrNull(params.secret_token) },
          allowed,
        )
        return { ok: true as const, result: true }
      case 'deleteWebhook':
        queue.setWebhook(null, null)
        return { ok: true as const, result: true }
      case 'getWebhookInfo':
        return {
          ok: true as const,
          result: {
            ...{ url: queue.webhook?.url ?? '', has_custom_certificate: false },
            pending_update_count: queue.waiting().length,
          },
        }
      default:
        return null
    }
  }

  const server = createServer((req, res) => {
    handle(req, res).catch(() => req.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token, calls, polls, sent: chats.sent, answered: chats.answered },
    ...{ commands: chats.commands, deliveries: queue.deliveries },
    sentTo: (chatId) => chats.sent.filter((one) => one.chatId === chatId),
    sentCount: async (count) => {
      await until(() => chats.sent.length >= count)
      return chats.sent
    },
    answeredCount: (count) => until(() => chats.answered.length >= count),
    pollCount: (count) => until(() => polls.length >= count),
    answer: (...answers) => void planned.push(...answers),
    answerBy: (next) => {
      decide = next
    },
    answerPolls: (...answers) => void plannedPolls.push(...answers),
    cutPolls: () => {
      for (const res of waitingPolls) res.socket?.destroy()
    },
    bring: (update) => {
      for (const words of wordsOf(update)) said(String(chatOf(update) ?? ''), words)
      const { id } = (update.callback_query ?? {}) as { readonly id?: string }
      if (id !== undefined) chats.presses.add(id)
      return queue.bring(update)
    },
    waiting: queue.waiting,
    confirmed: () => until(() => queue.waiting().length === 0),
    restartIds: queue.restartIds,
    webhook: () => queue.webhook,
    reach: queue.reach,
    addFile: (id, bytes, size = bytes.length) => void chats.files.set(id, { bytes, size }),
    stop: async () => {
      queue.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function pollOf({ offset, limit, timeout, allowed_updates }: Json): Poll {
  return {
    offset: offset === undefined ? null : Number(offset),
    limit: Math.min(100, Number(limit ?? 100)),
    timeoutS: Number(timeout ?? 0),
    allowed: listOf(allowed_updates),
  }
}

function listOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? JSON.parse(value) : (value as readonly string[])
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
