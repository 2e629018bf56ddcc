// A whole gateway inside the test's process: real SQLite in memory, real HTTP on loopback, a clock to push.
// Its one channel is a plain object of the port: what was sent lies in `sent`.

import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type Assembly, type AssemblyParts, assemble } from '../../src/assembly.ts'
import type { Channel, Receive, SendResult } from '../../src/channels/channel.ts'
import type { Address, InboundMessage, OutboundMessage } from '../../src/message.ts'
import { createMetrics } from '../../src/metrics.ts'
import { readSettings } from '../../src/settings.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { referenceCity } from './city.ts'

export interface InProcess {
  readonly url: string
  readonly store: Store
  readonly assembly: Assembly
  readonly sent: readonly OutboundMessage[]
  /** Resolves once the turn is committed and everything that can go was sent. */
  says(from: Address, text: string, more?: Partial<InboundMessage>): Promise<void>
  push(ms: number): void
  now(): Date
  /** What the channel answers from now on. */
  answer(by: (message: OutboundMessage) => SendResult): void
  stop(): Promise<void>
}

export const TOKEN = 'the-api-token'

export async function openInProcess(
  env: Readonly<Record<string, string>> = {},
  more: Partial<AssemblyParts> = {},
  /** Other channels beside its own. */
  beside: readonly Channel[] = [],
): Promise<InProcess> {
  const read = readSettings({ API_TOKEN: TOKEN, ...env })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  let now = Date.parse('2026-11-25T02:00:00Z')
  let made = 0
  let handed: Receive | null = null
  const sent: OutboundMessage[] = []
  let answer = ({ id }: OutboundMessage): SendResult => ({
    outcome: 'accepted',
    providerIds: [`p-${id}`],
  })
  const clock = () => new Date(now)
  const newId = () => `id-${++made}`
  const log = pino({ level: 'silent' })
  const dataKey = Buffer.alloc(32, 3)
  const store = await openStore({ url: 'sqlite::memory:', dataKey, clock, newId, log })
  const channel: Channel = {
    name: 'sms',
    account: 'plain',
    buttons: false,
    start: async (receive) => {
      handed = receive
    },
    send: async (message) => {
      sent.push(message)
      return answer(message)
    },
    stop: async () => {},
    check: async () => ({ ok: true, detail: '' }),
    health: () => ({ state: 'up', since: clock(), lastIn: null, lastOut: null, why: null }),
  }
  let rolls = 0
  const assembly = await assemble({
    ...{
      settings: read.settings,
      city: referenceCity().city,
      store,
      channels: [channel, ...beside],
    },
    ...{ clock, newId, log, metrics: createMetrics(), version: 'test' },
    chance: (below) => (++rolls * 7919) % below,
    ...more,
  })
  await new Promise<void>((resolve) => assembly.server.listen(0, '127.0.0.1', resolve))
  await assembly.start()
  const { port } = assembly.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    assembly,
    sent,
    says: async (from, text, rest = {}) => {
      const message: InboundMessage = {
        ...{ channel: 'sms', account: 'plain', providerId: `in-${++made}`, from, text },
        ...{ media: [], position: null, quotedId: null, album: null, choice: null },
        ...{ edits: null, start: null, answerable: true, consent: null },
        ...rest,
      }
      await handed?.({ type: 'message', message })
      await assembly.drain()
    },
    now: clock,
    push: (ms) => {
      now += ms
    },
    answer: (by) => {
      answer = by
    },
    stop: () => assembly.stop(),
  }
}
