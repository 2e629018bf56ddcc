// A linked channel over a fake WhatsApp, with a vault that can fail, and processes that can be ended at any point.

import { setImmediate as turn } from 'node:timers/promises'
import { type AuthenticationCreds, BufferJSON, Curve } from '@whiskeysockets/baileys'
import { pino } from 'pino'
import type { AccountState, Channel, ChannelEvent } from '../../../../src/channels/channel.ts'
import type { Vault } from '../../../../src/channels/vault.ts'
import {
  type BaileysOptions,
  createWhatsAppBaileys,
} from '../../../../src/channels/whatsapp/baileys/baileys.ts'
import type { Link } from '../../../../src/channels/whatsapp/baileys/session-port.ts'
import {
  type FakeWhatsApp,
  linkedCreds,
  startFakeWhatsApp,
} from '../../../support/fake-whatsapp.ts'
import { keyOf } from './shapes.ts'

export interface TestVault extends Vault {
  readonly kept: Map<string, Map<string, string>>
  /** Looked at before anything is written; what it throws is the store's failure. */
  before: (kinds: readonly string[]) => Promise<void>
  after: (kinds: readonly string[]) => Promise<void>
  /** Done before anything is read. */
  reading: () => Promise<void>
  names(kind: string): readonly string[]
}

export function memoryVault(): TestVault {
  const kept = new Map<string, Map<string, string>>()
  const of = (kind: string) => kept.get(kind) ?? new Map<string, string>()
  const vault: TestVault = {
    kept,
    before: async () => {},
    after: async () => {},
    reading: async () => {},
    names: (kind) => [...of(kind).keys()],
    get: async (kind, names) => {
      await vault.reading()
      return new Map(
        names.flatMap((name) => (of(kind).has(name) ? [[name, of(kind).get(name) ?? '']] : [])),
      )
    },
    all: async (kind) => new Map(of(kind)),
    set: async (changes) => {
      await vault.before(Object.keys(changes))
      for (const [kind, entries] of Object.entries(changes)) {
        const now = of(kind)
        kept.set(kind, now)
        for (const [name, value] of Object.entries(entries))
          if (value === null) now.delete(name)
          else now.set(name, value)
      }
      await vault.after(Object.keys(changes))
    },
  }
  return vault
}

/** As after the first linking: the login, and the last key that WhatsApp was given. */
export async function link(vault: Vault, creds: AuthenticationCreds): Promise<void> {
  const text = (value: unknown) => JSON.stringify(value, BufferJSON.replacer)
  await vault.set({
    login: { creds: text(creds) },
    'pre-key': { [creds.nextPreKeyId - 1]: text(Curve.generateKeyPair()) },
  })
}

interface Process {
  readonly channel: Channel
  readonly waits: number[]
  readonly links: Link[]
  readonly logged: () => string
  /** As when it is killed: nothing it does from now on reaches vault, inbox or WhatsApp. */
  kill(): void
  isDead(): boolean
}

export interface House {
  readonly fake: FakeWhatsApp
  readonly vault: TestVault
  /** What the inbox holds, by provider id: what comes twice is there once. */
  readonly inbox: Map<string, string>
  readonly events: ChannelEvent[]
  /** Done before an event counts as stored. */
  storing: (event: ChannelEvent) => Promise<void>
  start(more?: Partial<BaileysOptions>): Promise<Process>
  push(ms: number): void
}

export async function inHouse(
  story: (house: House) => Promise<void>,
  linked = true,
): Promise<void> {
  const creds = linkedCreds()
  const fake = await startFakeWhatsApp(linked ? creds : null)
  const vault = memoryVault()
  if (linked) await link(vault, creds)
  let now = Date.parse('2026-03-16T01:00:00Z')
  const running: Process[] = []
  let close: (why: Error) => void = () => {}
  // What a dead process waits for comes to nothing once the house is closed; before, it never comes.
  const never = new Promise<never>((_, reject) => {
    close = reject
  })
  never.catch(() => {})
  const house: House = {
    ...{ fake, vault, inbox: new Map(), events: [], storing: async () => {} },
    push: (ms) => {
      now += ms
    },
    start: async (more = {}) => {
      const one = await startProcess(house, () => new Date(now), more, never)
      running.push(one)
      return one
    },
  }
  try {
    await story(house)
  } finally {
    close(new Error('the house is closed'))
    await Promise.all(running.map(({ channel }) => channel.stop()))
    await fake.stop()
  }
}

async function startProcess(
  house: House,
  clock: () => Date,
  more: Partial<BaileysOptions>,
  never: Promise<never>,
): Promise<Process> {
  const { fake, vault, inbox, events } = house
  const waits: number[] = []
  const links: Link[] = []
  const lines: string[] = []
  let dead = false
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) return never
    const done = await work()
    return dead ? never : done
  }
  const channel = createWhatsAppBaileys({
    ...{ url: fake.url, number: null, state: soleState(), clock, chance: () => 0 },
    vault: {
      get: (kind, names) => alive(() => vault.get(kind, names)),
      all: (kind) => alive(() => vault.all(kind)),
      set: (changes) => alive(() => vault.set(changes)),
    },
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    showLink: (link) => void links.push(link),
    chatKey: (address) => keyOf(address.slice('whatsapp:'.length)),
    sentText: async () => null,
    isKnown: async () => true,
    readMedia: async () => null,
    ...{ timeoutMs: 2_000, sweepMs: 60_000, gaps: { shortestMs: 0, longestMs: 0, anyMs: 0 } },
    // A wait is written down and takes hardly any time.
    wait: async (ms) => {
      waits.push(ms)
      await new Promise((resolve) => setTimeout(resolve, 5))
    },
    ...more,
  })
  await channel.start(async (event) => {
    if (dead) return never
    await Promise.race([house.storing(event), never])
    if (dead) return never
    events.push(event)
    if (event.type === 'message') inbox.set(event.message.providerId, event.message.text)
  })
  return {
    ...{ channel, waits, links, logged: () => lines.join('') },
    isDead: () => dead,
    kill: () => {
      dead = true
      fake.drop()
      void channel.stop()
    },
  }
}

export function soleState(): AccountState {
  return {
    get: async () => null,
    setMany: async () => {},
    lease: async () => true,
    release: async () => {},
  }
}

/** Resolves once it holds; looks again whenever something else has happened. */
export async function until(holds: () => boolean, what = 'it'): Promise<void> {
  for (const end = performance.now() + 5_000; !holds(); await turn()) {
    if (performance.now() > end) throw new Error(`${what} did not come to hold within 5 s`)
  }
}
