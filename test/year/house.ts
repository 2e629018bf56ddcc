// Two processes of the gateway over one database, a clock that is pushed, and crashes: what a simulated year lives in.
// Both tick at the same moment, so they truly race for every step; one that crashed is followed by another.

import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { type Assembly, assemble } from '../../src/assembly.ts'
import type { Channel, ChannelEvent, Receive, SendResult } from '../../src/channels/channel.ts'
import type { City } from '../../src/city/city.ts'
import {
  type Address,
  channelOf,
  type InboundMessage,
  type OutboundMessage,
} from '../../src/message.ts'
import { createMetrics } from '../../src/metrics.ts'
import { readSettings } from '../../src/settings.ts'
import { logOptions } from '../../src/startup.ts'
import type { Store } from '../../src/store/store.ts'
import { type Dice, diceFor } from './chance.ts'

const TOKEN = 'the-api-token'

export interface HouseParts {
  readonly city: City
  readonly seed: number
  readonly from: Date
  readonly openStore: (clock: () => Date, newId: () => string) => Promise<Store>
  /** Whether each process has a store of its own over one database; else both share one. */
  readonly apart: boolean
  readonly onSent: (message: OutboundMessage) => void
  /** What a provider says to a message to this address. */
  readonly answer: (to: Address) => SendResult['outcome']
  readonly onLog: (line: string) => void
  readonly mediaDir: string
}

export interface House {
  now(): Date
  /** Pushes the clock, never back. */
  setClock(to: number): void
  /** A message reaches one of the processes; one that dies with it hands it to the other, as a provider comes again. */
  says(from: Address, text: string, choice?: string | null): Promise<void>
  ask(path: string, body?: object): Promise<{ readonly status: number; readonly text: string }>
  /** What time alone brings about: by both processes at the same moment, or by one of them. */
  tick(both: boolean): Promise<void>
  /** One of them sends what is due. */
  send(): Promise<void>
  /** Resolves when nobody asks the store anything any more: what a message brought about is sent by then. */
  settle(): Promise<void>
  /** One of them ends at one of its next calls of the store, or one call fails. */
  trouble(): void
  readonly store: Store
  readonly troubles: { crashes: number; faults: number }
  close(): Promise<void>
}

interface Process {
  readonly assembly: Assembly
  readonly url: string
  readonly hear: (event: ChannelEvent) => Promise<void>
  readonly gone: Promise<'gone'>
  /** Calls of the store still to go until it ends (or fails once); null: none is planned. */
  plan: { left: number; what: 'end' | 'fail' } | null
  alive: boolean
}

const NEVER = new Promise<never>(() => {})
const CALLS_UNTIL_TROUBLE = 40

export async function openHouse(parts: HouseParts): Promise<House> {
  let now = parts.from.getTime()
  let made = 0
  let heard = 0
  const clock = () => new Date(now)
  // In letters: a million of them in figures look like the ends of as many numbers.
  const newId = () => `id-${String(++made).replace(/\d/g, (digit) => 'abcdefghij'[+digit] ?? '')}`
  const dice = diceFor(parts.seed, 'house')
  const first = await parts.openStore(clock, newId)
  const stores = [first, parts.apart ? await parts.openStore(clock, newId) : first]
  // Nobody ticks by the time of the world: the year alone says when.
  await first.takeLease('schedule', 'the-year', 100 * 365 * 86_400_000)
  const troubles = { crashes: 0, faults: 0 }
  const busy = { calls: 0 }
  const processes: Process[] = []
  const dead: Process[] = []

  async function begin(place: number): Promise<Process> {
    let end: (gone: 'gone') => void = () => {}
    const gone = new Promise<'gone'>((resolve) => {
      end = resolve
    })
    const receives = new Map<string, Receive>()
    const process: { self: Process | null } = { self: null }
    const crash = (self: Process) => {
      self.alive = false
      dead.push(self)
      troubles.crashes += 1
      end('gone')
    }
    const store = breaking(stores[place] as Store, process, crash, troubles, busy)
    const assembly = await assemble({
      ...{ settings: settings(parts.mediaDir), city: parts.city, store, clock, newId },
      channels: (['sms', 'telegram'] as const).map((name) => plain(name, process, receives)),
      chance: chanceOf(diceFor(parts.seed, 'chance', made)),
      log: pino(logOptions('info'), { write: parts.onLog }),
      ...{ metrics: createMetrics(), version: 'test' },
    })
    await new Promise<void>((resolve) => assembly.server.listen(0, '127.0.0.1', resolve))
    await assembly.start()
    const { port } = assembly.server.address() as AddressInfo
    const hear = async (event: ChannelEvent) => {
      const account = event.type === 'message' ? event.message.account : 'sms'
      await receives.get(account)?.(event)
    }
    const self = { assembly, url: `http://127.0.0.1:${port}`, hear, gone, plan: null, alive: true }
    process.self = self
    return self
  }

  function plain(
    name: 'sms' | 'telegram',
    process: { readonly self: Process | null },
    receives: Map<string, Receive>,
  ): Channel {
    return {
      ...{ name, account: name, buttons: name === 'telegram' },
      start: async (receive) => void receives.set(name, receive),
      send: async (message) => {
        if (process.self?.alive === false) return NEVER
        const outcome = parts.answer(message.to)
        if (outcome === 'rejected') return { outcome, reason: 'no such number' }
        parts.onSent(message)
        return { outcome: 'accepted', providerIds: [`p-${message.id}-${++heard}`] }
      },
      stop: async () => {},
      check: async () => ({ ok: true, detail: '' }),
      health: () => ({ state: 'up', since: clock(), lastIn: null, lastOut: null, why: null }),
    }
  }

  /** Whoever died is followed by another; what it had in hand is left as it was. */
  async function revive(): Promise<void> {
    for (const [place, one] of processes.entries()) {
      if (one.alive) continue
      void one.assembly.stop().catch(() => {})
      one.assembly.server.closeAllConnections()
      processes[place] = await begin(place)
    }
  }

  /** Done by each of these at once, as far as they live. */
  async function byEach(work: (assembly: Assembly) => Promise<void>, places: readonly number[]) {
    const each = places.map((place) => processes[place] as Process)
    await Promise.all(each.map((one) => Promise.race([work(one.assembly), one.gone])))
    await revive()
  }

  for (const place of [0, 1]) processes.push(await begin(place))
  const house: House = {
    now: clock,
    store: first,
    troubles,
    setClock(to) {
      if (to < now) throw new Error('the clock was pushed back')
      now = to
    },
    async says(from, text, choice = null) {
      const account = channelOf(from)
      const message: InboundMessage = {
        ...{ channel: account, account, providerId: `in-${++heard}`, from, text, choice },
        ...{ media: [], position: null, quotedId: null, album: null, edits: null, start: null },
        ...{ answerable: true, consent: null },
      }
      for (let place = dice.between(0, 1), tries = 0; ; place = 1 - place, tries++) {
        const one = processes[place] as Process
        const heardBy = one.hear({ type: 'message', message }).then(
          () => 'heard' as const,
          (error: unknown) => error,
        )
        const went = await Promise.race([heardBy, one.gone])
        await revive()
        if (went === 'heard') return
        if (tries > 3) throw went
      }
    },
    async ask(path, body) {
      for (let tries = 0; ; tries++) {
        const one = processes[tries % 2] as Process
        const asked = fetch(one.url + path, {
          headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
          ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        }).then(
          async (answer) => ({ status: answer.status, text: await answer.text() }),
          () => null,
        )
        const went = await Promise.race([asked, one.gone])
        await revive()
        if (went !== 'gone' && went !== null && went.status < 500) return went
        if (tries > 3) throw new Error(`${path}: ${JSON.stringify(went)}`)
      }
    },
    async tick(both) {
      const before = troubles.crashes + troubles.faults
      await byEach((assembly) => assembly.tick(), both ? [0, 1] : [dice.between(0, 1)])
      await house.settle()
      // The next minute, or the other process, does what was left.
      if (troubles.crashes + troubles.faults > before) {
        now += 60_000
        await house.tick(true)
      }
    },
    async send() {
      await byEach((assembly) => assembly.drain(), [dice.between(0, 1)])
      await house.settle()
    },
    async settle() {
      for (let quiet = 0; quiet < 2; quiet++) {
        await new Promise(setImmediate)
        if (busy.calls > 0) quiet = -1
      }
      await revive()
    },
    trouble() {
      const one = processes[dice.between(0, 1)] as Process
      const left = dice.between(1, CALLS_UNTIL_TROUBLE)
      one.plan = { left, what: dice.percent(60) ? 'end' : 'fail' }
    },
    async close() {
      for (const one of processes) one.plan = null
      await Promise.all(processes.map((one) => one.assembly.stop()))
      for (const store of new Set(stores)) await store.close()
    },
  }
  return house
}

function settings(mediaDir: string) {
  const read = readSettings({ API_TOKEN: TOKEN, MEDIA_DIR: mediaDir })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.settings
}

function chanceOf(dice: Dice): (below: number) => number {
  return (below) => Math.floor(dice.roll() * below)
}

/** The same store until the process ends at one of its calls, before or after it; from then on nothing answers. */
function breaking(
  store: Store,
  process: { readonly self: Process | null },
  crash: (self: Process) => void,
  troubles: House['troubles'],
  busy: { calls: number },
): Store {
  let ends = 0
  const broken = Object.entries(store).map(([name, call]) => [
    name,
    async (...args: never[]): Promise<unknown> => {
      if (name === 'close') return
      const run = async () => {
        busy.calls += 1
        try {
          return await (call as (...given: never[]) => Promise<unknown>)(...args)
        } finally {
          busy.calls -= 1
        }
      }
      const { self } = process
      if (hasEnded(self)) return NEVER
      const plan = self?.plan ?? null
      // Asked by the time of the world, so not in the same order in every run.
      const counts = name !== 'takeLease'
      if (counts && self !== null && plan !== null && --plan.left <= 0) {
        self.plan = null
        if (plan.what === 'fail') {
          troubles.faults += 1
          throw new Error(`${name} failed, as planned`)
        }
        if (++ends % 2 === 0) await run()
        crash(self)
        return NEVER
      }
      const result = await run()
      return hasEnded(self) ? NEVER : result
    },
  ])
  return Object.fromEntries(broken) as Store
}

function hasEnded(process: Process | null): boolean {
  return process !== null && !process.alive
}
