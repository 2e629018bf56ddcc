// A channel that is down for long, or silent where it used to be busy: told once, to every coordinator; else nothing.

import { describe, expect, test } from '@jest/globals'
import type { ChannelHealth } from '../../src/channels/channel.ts'
import { measure } from '../../src/channels/measure.ts'
import type { Address } from '../../src/message.ts'
import { createChannelWatch } from '../../src/notify/channel-watch.ts'
import { hoursOf, isStrange, receivedIn } from '../../src/notify/silence.ts'
import { createTraffic, HOUR_MS } from '../../src/notify/traffic.ts'
import type { Store } from '../../src/store/store.ts'
import { at } from './support/cases.ts'
import type { Desk } from './support/desk.ts'
import { type PlayedChannel, playedChannel, taken } from './support/played-channel.ts'
import { desks, MORNING } from './support/send-desk.ts'

const open = desks()
const MINUTE = 60_000
const BY_SMS: Address = 'sms:+628999999991'
const BY_CHAT: Address = 'telegram:991'

/** A desk with a line and a chat, whose health the test sets. `hours`: messages in each hour of the last weeks. */
async function office(past: { readonly perHour: number; readonly weeks: number } | null = null) {
  const health = new Map<string, Partial<ChannelHealth>>()
  const played = (account: string, name: 'sms' | 'telegram'): PlayedChannel => {
    const channel = playedChannel(account, taken, name)
    return { ...channel, health: () => ({ ...channel.health(), ...health.get(account) }) }
  }
  const [line, chat] = [played('line', 'sms'), played('chat', 'telegram')]
  const coordinators = [BY_SMS, BY_CHAT]
  const desk = await open({ channels: [line, chat], coordinators })
  if (past !== null) await remember(desk.store, past)
  const started = process(desk, [line, chat])
  return { desk, line, chat, health, ...started }
}

/** What one process has of it. */
function process(desk: Desk, channels: readonly PlayedChannel[]) {
  const { store, now: clock, city, newId, herald } = desk
  const log = { info() {}, error() {} }
  const parts = { store, channels, clock, log }
  const traffic = createTraffic({ ...parts, holder: newId(), shared: false })
  const { coordinators } = herald
  const watch = createChannelWatch({ ...parts, traffic, city, newId, measure, coordinators })
  const walk = async (to: string | number) => {
    const until = typeof to === 'number' ? desk.now().getTime() + to : at(to).getTime()
    while (desk.now().getTime() < until) {
      desk.setClock(new Date(Math.min(until, desk.now().getTime() + MINUTE)))
      await watch.run()
      await desk.outbox.drain()
    }
  }
  return { traffic, watch, walk }
}

async function remember(store: Store, past: { readonly perHour: number; readonly weeks: number }) {
  const now = Math.floor(MORNING.getTime() / HOUR_MS)
  const received = Array.from({ length: past.weeks * 7 * 24 }, (_, i) => {
    const hour = now - 1 - i
    const local = (hour + 8) % 24
    return { hour, count: local >= 7 && local < 22 ? past.perHour : 0 }
  })
  const lastIn = new Date(MORNING.getTime() - MINUTE)
  const seen = { account: 'line', state: 'up', since: MORNING, lastOut: null } as const
  await store.noteChannels('before', [{ ...seen, lastIn, received }], MORNING)
  await store.forgetViews('before')
}

const said = (...channels: readonly PlayedChannel[]) =>
  channels.flatMap(({ sent }) => sent.map(({ to, text }) => `${to} ${text}`))

describe('a channel that is down', () => {
  test('is told after five minutes, once, to every coordinator by whatever carries; and once that it is well', async () => {
    const { desk, line, chat, health, walk } = await office()
    health.set('chat', { state: 'down', since: MORNING, why: 'no answer' })
    await walk(4 * MINUTE)
    expect(said(line, chat)).toEqual([])
    await walk(30 * MINUTE)
    expect(said(line, chat).sort()).toEqual([
      expect.stringMatching(/^sms:\S+ Kanal Telegram \(chat\) MATI sejak 23\/11\/2026 10\.00:/),
      expect.stringMatching(/^telegram:991 Kanal Telegram \(chat\) MATI/),
    ])
    health.set('chat', { state: 'up', since: desk.now() })
    await walk(10 * MINUTE)
    expect(said(line, chat)).toHaveLength(4)
    expect(said(line, chat).filter((text) => text.includes('PULIH'))).toHaveLength(2)
  })

  test('is told by another account than the one in trouble, where one carries', async () => {
    const { desk, line, chat, health } = await office()
    const spare = playedChannel('spare')
    const { watch } = process(desk, [line, chat, spare])
    health.set('line', { state: 'down', since: new Date(MORNING.getTime() - 10 * MINUTE) })
    await watch.run()
    const rows = await desk.store.leaseDue(desk.now(), MINUTE, 10, 'notice')
    const bySms = rows.filter(({ address }) => address === BY_SMS)
    expect(bySms.map(({ account }) => account)).toEqual(['spare'])
  })

  test('for less than that, again and again, is not told', async () => {
    const { desk, line, chat, health, walk } = await office()
    for (let times = 0; times < 5; times++) {
      health.set('chat', { state: 'down', since: desk.now() })
      await walk(4 * MINUTE)
      health.set('chat', { state: 'up', since: desk.now() })
      await walk(2 * MINUTE)
    }
    expect(said(line, chat)).toEqual([])
  })

  test('is told once though two processes see it, and is not well while one of them does', async () => {
    const { desk, line, chat, health, watch, walk } = await office()
    const well = playedChannel('chat', taken, 'telegram')
    const other = process(desk, [line, well])
    health.set('chat', { state: 'down', since: MORNING })
    await other.traffic.tell()
    await walk(6 * MINUTE)
    await Promise.all([watch.run(), other.watch.run()])
    await desk.outbox.drain()
    await other.walk(3 * MINUTE)
    expect(said(line, chat).filter((text) => text.includes('MATI'))).toHaveLength(2)
    await walk(3 * MINUTE)
    expect(said(line, chat, well).filter((text) => text.includes('PULIH'))).toEqual([])
  })

  test('that a process saw which has stopped says nothing any more', async () => {
    const { line, chat, health, traffic, desk } = await office()
    health.set('chat', { state: 'down', since: new Date(MORNING.getTime() - 60 * MINUTE) })
    await traffic.tell()
    await traffic.stop()
    health.delete('chat')
    const next = process(desk, [line, chat])
    await next.walk(10 * MINUTE)
    expect(said(line, chat)).toEqual([])
  })
})

describe('a channel that is silent', () => {
  test('where it used to be busy, is told once, and once that something came', async () => {
    const { desk, line, chat, health, traffic, walk } = await office({ perHour: 40, weeks: 4 })
    await walk(20 * MINUTE)
    expect(said(line, chat)).toEqual([])
    await walk(3 * HOUR_MS)
    expect(said(line, chat).sort()).toEqual([
      expect.stringMatching(/^sms:\S+ Kanal SMS \(line\) SUNYI sejak 23\/11\/2026 09\.59/),
      expect.stringMatching(/^telegram:991 Kanal SMS \(line\) SUNYI/),
    ])
    health.set('line', { lastIn: desk.now() })
    traffic.received('line')
    await walk(5 * MINUTE)
    expect(said(line, chat).filter((text) => text.includes('PULIH'))).toHaveLength(2)
  })

  test.each([
    ['in its quiet hours', { perHour: 40, weeks: 4 }, '2026-11-23 23.00', '2026-11-24 06.50'],
    ['that was never busy', { perHour: 0, weeks: 6 }, '2026-11-23 10.00', '2026-11-23 20.00'],
    ['whose past is too short', { perHour: 40, weeks: 2 }, '2026-11-23 10.00', '2026-11-23 16.00'],
  ])('%s is not told', async (_, past, from, until) => {
    const { desk, line, chat, health, watch, walk } = await office(past)
    health.set('line', { lastIn: at(from) })
    desk.setClock(at(from))
    await watch.run()
    await walk(until)
    expect(said(line, chat)).toEqual([])
  })

  test('is not told right after a start, however long nothing came before', async () => {
    const { desk, line, chat } = await office({ perHour: 40, weeks: 4 })
    desk.setClock(at('2026-11-23 15.00'))
    const fresh = process(desk, [line, chat])
    await fresh.walk(25 * MINUTE)
    expect(said(line, chat)).toEqual([])
    await fresh.walk(20 * MINUTE)
    expect(said(line, chat)).toHaveLength(2)
  })

  test('keeps its past, and what was told, over a restart', async () => {
    const { desk, line, chat, traffic, walk } = await office({ perHour: 40, weeks: 4 })
    await walk(2 * HOUR_MS)
    await traffic.stop()
    const next = process(desk, [line, chat])
    await next.walk(HOUR_MS)
    expect(said(line, chat)).toHaveLength(2)
    expect(next.traffic.past('line')?.lastIn).toEqual(new Date(MORNING.getTime() - MINUTE))
    expect(next.traffic.past('line')?.alarms.silent).not.toBeNull()
  })
})

describe('what was usual', () => {
  const from = new Date('2026-11-23T02:30:00Z')
  const to = new Date('2026-11-23T04:15:00Z')
  const stretch = hoursOf(from, to)
  const hour = Math.floor(from.getTime() / HOUR_MS)

  test('is taken from parts of hours', () => {
    expect(stretch.map(({ share }) => share)).toEqual([0.5, 1, 0.25])
    const week = [0, 1, 2].map((i) => ({ hour: hour + i - 168, received: 10 * (i + 1) }))
    expect(receivedIn(stretch, week, 1)).toBe(5 + 20 + 7.5)
  })

  test('is not known where in one of the hours nobody was there', () => {
    expect(receivedIn(stretch, [{ hour: hour - 168, received: 99 }], 1)).toBeNull()
  })

  test.each([
    [[20, 20, 20], true],
    [[0, 20, 20], true],
    [[0, 0, 20, 20, 20, 20], false],
    [[20, 20], false],
    [[20, 20, null, null], false],
    [[14, 14, 90], false],
  ])('in weeks of %p, nothing at all is strange: %p', (weeks, strange) => {
    expect(isStrange(weeks)).toBe(strange)
  })
})

test('what could not be stored is counted with the next', async () => {
  const { desk, line } = await office()
  let away = true
  const noteChannels: Store['noteChannels'] = async (...given) => {
    if (away) throw new Error('away')
    return desk.store.noteChannels(...given)
  }
  const forgetViews = desk.store.forgetViews
  const store = { noteChannels, forgetViews }
  const log = { error() {} }
  const parts = { channels: [line], clock: desk.now, holder: 'x', shared: false, log }
  const traffic = createTraffic({ store, ...parts })
  traffic.received('line')
  await expect(traffic.tell()).rejects.toThrow('away')
  traffic.received('line')
  away = false
  await traffic.tell()
  const now = Math.floor(MORNING.getTime() / HOUR_MS)
  expect(await desk.store.traffic('line', now, now)).toEqual([{ hour: now, received: 2 }])
})
