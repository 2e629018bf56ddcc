// Opens a Telegram channel against a fake Bot API, behind real HTTP where it has a webhook.
// Waiting takes no time here: it is written down, and the clock goes on by it.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import type { AccountState, Channel, ChannelEvent } from '../../../src/channels/channel.ts'
import { createTelegram, type TelegramOptions } from '../../../src/channels/telegram/telegram.ts'
import { webhooksFirst } from '../../../src/http.ts'
import type { OutboundMessage } from '../../../src/message.ts'
import { type FakeTelegram, startFakeTelegram } from '../../support/fake-telegram.ts'
import { CITIZEN } from '../../support/telegram/updates.ts'

export const PUBLIC = 'https://lapor.example.go.id/gw'
export const SECRET = 'rahasia-bersama'
export const UPDATES = '/channels/telegram/updates'
const BEGIN = Date.parse('2026-03-16T01:00:00Z')

export interface Bench {
  readonly fake: FakeTelegram
  readonly channel: Channel
  readonly events: ChannelEvent[]
  readonly state: AccountState & { readonly kept: Map<string, string> }
  /** What was waited for, in milliseconds. */
  readonly waits: number[]
  readonly ignored: string[]
  readonly logged: () => string
  readonly forgeries: () => number
  /** Where the webhook answers; PUBLIC is what Telegram believes. */
  readonly base: string
  now(): number
  push(ms: number): void
  /** Done before an event counts as stored. */
  storing(by: (event: ChannelEvent) => Promise<void>): void
  start(): Promise<void>
  /** Another process takes over. */
  restart(): Promise<Bench>
  close(): Promise<void>
}

export type BenchOptions = Partial<TelegramOptions> & { readonly hook?: boolean }

async function openBench(options: BenchOptions = {}): Promise<Bench> {
  return over(await startFakeTelegram(), keptState(), BEGIN, options)
}

async function over(
  fake: FakeTelegram,
  state: Bench['state'],
  began: number,
  { hook = false, ...options }: BenchOptions,
): Promise<Bench> {
  const events: ChannelEvent[] = []
  const lines: string[] = []
  const waits: number[] = []
  const ignored: string[] = []
  let now = began
  let forgeries = 0
  let store = async (_event: ChannelEvent): Promise<void> => {}
  const channel = createTelegram({
    ...{ token: fake.token, apiRoot: fake.url, state, timeoutMs: 2_000 },
    webhook: hook ? { publicUrl: PUBLIC, secret: SECRET } : null,
    chatKey: (chat) => chat,
    clock: () => new Date(now),
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    onForgery: () => {
      forgeries += 1
    },
    onIgnored: (reason) => void ignored.push(reason),
    wait: async (ms) => {
      waits.push(ms)
      now += ms
      await turn()
    },
    ...options,
  })
  const listener = webhooksFirst(channel.webhooks ?? [], (_, res) => res.end())
  const server = createServer((req, res) => {
    // As a proxy does that serves us under a path.
    req.url = req.url?.replace(/^\/gw(?=\/)/, '')
    listener(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const end = async () => {
    await channel.stop()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    ...{ fake, channel, events, state, waits, ignored, base: baseOf(server) },
    logged: () => lines.join(''),
    forgeries: () => forgeries,
    now: () => now,
    push: (ms) => {
      now += ms
    },
    storing: (by) => {
      store = by
    },
    start: () =>
      channel.start(async (event) => {
        await store(event)
        events.push(event)
      }),
    restart: async () => {
      await end()
      return over(fake, state, now, { hook, ...options })
    },
    close: async () => {
      await end()
      await fake.stop()
    },
  }
}

/** Runs over a bench and closes it, however it ends. */
export async function withBench(
  options: BenchOptions,
  story: (bench: Bench) => Promise<void>,
): Promise<void> {
  const bench = await openBench(options)
  try {
    await story(bench)
  } finally {
    await bench.close()
  }
}

export function keptState(): Bench['state'] {
  const kept = new Map<string, string>()
  return {
    kept,
    get: async (key) => kept.get(key) ?? null,
    setMany: async (entries) => {
      for (const [key, value] of Object.entries(entries)) kept.set(key, value)
    },
    lease: async () => true,
    release: async () => {},
  }
}

export function outbound(more: Partial<OutboundMessage> = {}): OutboundMessage {
  const base = { id: 'm-1', to: `telegram:${CITIZEN}`, text: 'Laporan diterima.' } as const
  return { ...base, choices: [], attachments: [], nextPart: 0, ...more }
}

/** The words that were stored, in order. */
export function texts({ events }: Pick<Bench, 'events'>): readonly string[] {
  return events.flatMap((event) => (event.type === 'message' ? [event.message.text] : []))
}

/** Resolves once it holds; looks again whenever something else has happened. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 5_000; !holds(); await turn()) {
    if (performance.now() > end) throw new Error('it did not come to hold within 5 s')
  }
}

function baseOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
