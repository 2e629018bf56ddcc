// The one connection, over sessions that end as they are told to: what follows each ending, the lease, the watch.

import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import {
  type ConnectionParts,
  createConnection,
  type Told,
} from '../../../../src/channels/whatsapp/baileys/connection.ts'
import { createHealth } from '../../../../src/channels/whatsapp/baileys/health.ts'
import type { Ending } from '../../../../src/channels/whatsapp/baileys/session-port.ts'

interface Line {
  /** Of each session: what it tells, and how it is ended. */
  readonly sessions: { readonly told: Told; end(ending: Ending): void }[]
  readonly waits: number[]
  readonly health: ReturnType<typeof createHealth>
  readonly logged: () => string
  readonly forgotten: () => number
  readonly connection: ReturnType<typeof createConnection>
  push(ms: number): void
}

async function onLine(
  story: (line: Line) => Promise<void>,
  more: Partial<ConnectionParts> = {},
): Promise<void> {
  let now = Date.parse('2026-03-16T01:00:00Z')
  let forgotten = 0
  const lines: string[] = []
  const clock = () => new Date(now)
  const log = pino({ level: 'debug' }, { write: (text: string) => void lines.push(text) })
  const health = createHealth(clock, log)
  const sessions: Line['sessions'] = []
  const waits: number[] = []
  const connection = createConnection({
    open: async (told) => {
      const { promise, resolve } = withResolvers<Ending>()
      sessions.push({ told, end: resolve })
      return {
        ended: promise,
        say: async () => ({ type: 'silent' }),
        uploadDesk: async () => ({ hosts: [], auth: '' }),
        end: async () => resolve({ code: 428, byWhatsApp: false }),
      }
    },
    forget: async () => {
      forgotten += 1
    },
    ...{ state: { lease: async () => true, release: async () => {} }, health },
    ...{ nowMs: () => now, chance: () => 0, onOpen: () => {}, lookMs: 5, renewMs: 5 },
    wait: async (ms) => {
      waits.push(ms)
      await turn()
    },
    ...more,
  })
  const running = connection.run(() => {})
  try {
    await story({
      ...{ sessions, waits, health, connection },
      logged: () => lines.join(''),
      forgotten: () => forgotten,
      push: (ms) => {
        now += ms
      },
    })
  } finally {
    connection.stop()
    await running
  }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 5_000; !holds(); await turn())
    if (performance.now() > end) throw new Error('it did not come to hold within 5 s')
}

const told = (code: number): Ending => ({ code, byWhatsApp: true })

test.each([
  [515, []],
  [428, [1_000]],
  [408, [1_000]],
  [503, [1_000]],
  [440, [60_000]],
])('after %i the next one follows, having waited %j', (code, waited) =>
  onLine(async ({ sessions, waits }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.end(told(code))
    await until(() => sessions.length === 2)
    expect(waits).toEqual(waited)
  }),
)

test.each([
  [401, 1, /link it again/],
  [403, 0, /banned/],
  [405, 0, /upgrade/],
])('after %i nothing follows, and the operator is told what to do', (code, forgets, why) =>
  onLine(async ({ sessions, health, logged, forgotten }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.end(told(code))
    await until(() => health.read().state === 'paused' && forgotten() === forgets)
    expect(health.read().why).toMatch(why)
    expect(logged()).toMatch(/"level":50/)
    await turn()
    expect(sessions).toHaveLength(1)
  }),
)

test('after 411 the next one begins with a new login', () =>
  onLine(async ({ sessions, forgotten }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.end(told(411))
    await until(() => sessions.length === 2)
    expect(forgotten()).toBe(1)
  }))

test('what another than WhatsApp says voids no login', () =>
  onLine(async ({ sessions, health, forgotten }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.end({ code: 401, byWhatsApp: false })
    await until(() => health.read().state === 'paused')
    expect(forgotten()).toBe(0)
  }))

test('one that stood for a minute begins the count anew; one that did not does not', () =>
  onLine(async ({ sessions, waits, push }) => {
    for (const round of [0, 1, 2]) {
      await until(() => sessions.length === round + 1)
      sessions[round]?.told.onOpen()
      sessions[round]?.end(told(503))
    }
    await until(() => sessions.length === 4)
    sessions[3]?.told.onOpen()
    push(61_000)
    sessions[3]?.end(told(503))
    await until(() => sessions.length === 5)
    expect(waits).toEqual([1_000, 2_000, 4_000, 1_000])
  }))

test('a login that cannot be read is tried again', () => {
  let tries = 0
  const open = async () => {
    tries += 1
    throw new Error('the database is away')
  }
  return onLine(async ({ waits }) => until(() => tries > 2 && waits.length > 2), { open })
})

test('one that is open yet silent is ended, and another follows', () =>
  onLine(async ({ sessions, waits, push }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.told.onOpen()
    push(91_000)
    await until(() => sessions.length === 2)
    expect(waits).toEqual([1_000])
  }))

test('while a phone is to be linked it says so, and takes its time', () =>
  onLine(async ({ sessions, health, push }) => {
    await until(() => sessions.length === 1)
    sessions[0]?.told.onLinking()
    push(600_000)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(sessions).toHaveLength(1)
    expect(health.read().why).toMatch(/to be linked/)
  }))

test('only while it is open can it be asked to say something', () =>
  onLine(async ({ sessions, connection }) => {
    await until(() => sessions.length === 1)
    expect(connection.session()).toBeNull()
    sessions[0]?.told.onOpen()
    expect(connection.session()).not.toBeNull()
    sessions[0]?.end(told(503))
    await until(() => sessions.length === 2)
    expect(connection.session()).toBeNull()
  }))

test('without the lease nothing is opened; when it is lost, what is open ends', () => {
  let ours = false
  const state = { lease: async () => ours, release: async () => {} }
  return onLine(
    async ({ sessions, health, connection }) => {
      await until(() => /another process/.test(health.read().why ?? ''))
      expect(sessions).toHaveLength(0)
      ours = true
      await until(() => sessions.length === 1)
      sessions[0]?.told.onOpen()
      ours = false
      await until(() => connection.session() === null)
      await until(() => /another process/.test(health.read().why ?? ''))
    },
    { state },
  )
})
