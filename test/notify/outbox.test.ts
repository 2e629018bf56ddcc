// The outbox over a real store: lanes, waits, accounts, receipts, and what survives a restart.

import { afterEach, describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address, OutboundMessage } from '../../src/message.ts'
import type { NewOutbound } from '../../src/store/store.ts'
import { at } from './support/cases.ts'
import { type Desk, message, openDesk, playedChannel, taken, writes } from './support/desk.ts'

const ANA: Address = 'sms:+628111111111'
const BUDI: Address = 'sms:+628222222222'
const MORNING = at('2026-11-23 10.00')
const open: Desk[] = []

afterEach(async () => {
  for (const desk of open.splice(0)) {
    await desk.outbox.stop()
    await desk.store.close().catch(() => {})
  }
})

async function desk(options: Partial<Parameters<typeof openDesk>[0]> = {}): Promise<Desk> {
  const opened = await openDesk({ now: MORNING, channels: [], ...options })
  open.push(opened)
  return opened
}

const texts = (sent: readonly OutboundMessage[]) => sent.map(({ text }) => text)
const later = (seconds: number, from = MORNING) => new Date(from.getTime() + seconds * 1000)

function says(address: Address, d: Desk, ...more: readonly Partial<NewOutbound>[]) {
  return writes(d, address, { outbound: (to) => more.map((each) => message(d, to, each)) })
}

describe('lanes', () => {
  test('messages of one lane leave in the order they were written', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await says(ANA, d, ...['a', 'b', 'c', 'd', 'e'].map((text) => ({ text })))
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('the second waits while the first is being sent', async () => {
    let inHand = 0
    let most = 0
    const line = playedChannel('line', async () => {
      inHand += 1
      most = Math.max(most, inHand)
      await new Promise((resolve) => setImmediate(resolve))
      inHand -= 1
      return taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, ...Array.from({ length: 8 }, (_, i) => ({ text: String(i) })))
    for (let i = 0; i < 10; i++) d.outbox.wake()
    await d.outbox.drain()
    expect({ most, texts: texts(line.sent) }).toEqual({ most: 1, texts: [...'01234567'] })
  })

  test('two people are served at the same time', async () => {
    let release = () => {}
    const both = new Promise<void>((resolve) => {
      release = resolve
    })
    const line = playedChannel('line', async (_message, before) => {
      if (before === 1) release()
      await both
      return taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await says(BUDI, d, { text: 'b' })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b'])
  })

  test('a message that backs off keeps its place: nothing behind it leaves', async () => {
    const line = playedChannel(
      'line',
      (_message, before): SendResult =>
        before === 0 ? { outcome: 'retry', reason: 'busy', afterMs: 40_000 } : taken(),
    )
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' }, { text: 'b' })
    await d.outbox.drain()
    d.setClock(later(39))
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
    d.setClock(later(40))
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'a', 'b'])
  })

  test('at 22.00, with a notice due at 07.00 and another backing off, a reply leaves at once', async () => {
    const line = playedChannel(
      'line',
      ({ text }): SendResult =>
        text === 'backing off' ? { outcome: 'retry', reason: 'busy', afterMs: 7_200_000 } : taken(),
    )
    const d = await desk({ channels: [line], now: at('2026-11-23 20.30') })
    const notice = { lane: 'notice', kind: 'assign' } as const
    await says(ANA, d, { ...notice, text: 'backing off' })
    await d.outbox.drain()
    d.setClock(at('2026-11-23 22.00'))
    await says(ANA, d, { ...notice, text: 'quiet', dueAt: at('2026-11-24 07.00') })
    await says(ANA, d, { text: 'status' })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['backing off', 'status'])
  })

  test('a notice that comes up again at night waits for the morning; an emergency does not', async () => {
    const line = playedChannel(
      'line',
      (_message, before): SendResult =>
        before < 2 ? { outcome: 'retry', reason: 'busy', afterMs: 3_600_000 } : taken(),
    )
    const d = await desk({ channels: [line], now: at('2026-11-23 20.30') })
    await says(ANA, d, { lane: 'notice', kind: 'assign', text: 'notice' })
    await says(BUDI, d, { lane: 'notice', kind: 'ping_urgent', text: 'fire' })
    await d.outbox.drain()
    d.setClock(at('2026-11-23 21.45'))
    await d.outbox.drain()
    expect(texts(line.sent).slice(2)).toEqual(['fire'])
    d.setClock(at('2026-11-24 07.00'))
    await d.outbox.drain()
    expect(texts(line.sent).slice(3)).toEqual(['notice'])
  })

  test('a reply leaves while as many notices as go at once all hang', async () => {
    let release = () => {}
    const hanging = new Promise<void>((resolve) => {
      release = resolve
    })
    const line = playedChannel('line', async ({ text }) => {
      if (text === 'notice') await hanging
      else release()
      return taken()
    })
    const d = await desk({ channels: [line] })
    for (let i = 0; i < 40; i++) {
      await says(`sms:+62833300${i}` as Address, d, { lane: 'notice', text: 'notice' })
    }
    d.outbox.wake()
    await says(ANA, d, { text: 'status' })
    await d.outbox.drain()
    expect(texts(line.sent).indexOf('status')).toBeLessThanOrEqual(16)
  })

  test('a wake while a send hangs brings out what is new', async () => {
    let release = () => {}
    const hanging = new Promise<void>((resolve) => {
      release = resolve
    })
    const line = playedChannel('line', async ({ text }) => {
      if (text === 'hangs') await hanging
      else release()
      return taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'hangs' })
    d.outbox.wake()
    while (line.sent.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await says(BUDI, d, { text: 'new' })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['hangs', 'new'])
  })
})

describe('what the provider answers', () => {
  async function afterOne(result: SendResult) {
    const line = playedChannel('line', (_message, before) => (before === 0 ? result : taken()))
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    const again = async (seconds: number) => {
      d.setClock(later(seconds))
      await d.outbox.drain()
      return line.sent.length
    }
    return { d, line, again }
  }

  test('accepted: never again', async () => {
    const { again } = await afterOne(taken())
    expect(await again(3600)).toBe(1)
  })

  test('rejected: never again, counted as failed', async () => {
    const { d, again } = await afterOne({ outcome: 'rejected', reason: 'no such number' })
    expect(await again(3600)).toBe(1)
    expect((await d.store.counts(d.now())).failed).toBe(1)
  })

  test('window closed: failed', async () => {
    const { d } = await afterOne({ outcome: 'window-closed' })
    expect((await d.store.counts(d.now())).failed).toBe(1)
  })

  test('unknown: 60 s for a receipt, then again', async () => {
    const { again } = await afterOne({ outcome: 'unknown', reason: 'timeout' })
    expect(await again(59)).toBe(1)
    expect(await again(60)).toBe(2)
  })

  test('unknown, and the receipt says it went: never again', async () => {
    const { d, line, again } = await afterOne({ outcome: 'unknown', reason: 'timeout' })
    await d.outbox.receipt({
      channel: 'sms',
      account: 'line',
      providerId: 'late',
      messageId: line.sent[0]?.id ?? null,
      status: 'delivered',
      code: null,
      failure: null,
    })
    expect(await again(3600)).toBe(1)
  })

  test('retry: the provider’s own wait is never shortened', async () => {
    const { again } = await afterOne({ outcome: 'retry', reason: 'busy', afterMs: 100_000 })
    expect(await again(99)).toBe(1)
    expect(await again(101)).toBe(2)
  })

  test('throttled: not before the wait is over, and then it goes', async () => {
    const { again } = await afterOne({ outcome: 'throttled', reason: '429', afterMs: 30_000 })
    expect(await again(29)).toBe(1)
    expect(await again(30)).toBe(2)
  })

  test('partly: the rest follows from the part that is missing', async () => {
    const partly: SendResult = {
      outcome: 'partly',
      providerIds: ['p0'],
      nextPart: 1,
      reason: 'cut off',
    }
    const { line, again } = await afterOne(partly)
    expect(await again(6)).toBe(2)
    expect(line.sent.map(({ nextPart }) => nextPart)).toEqual([0, 1])
  })

  test('a channel that throws counts as a retry', async () => {
    const line = playedChannel('line', (_message, before) => {
      if (before === 0) throw new Error('socket hang up')
      return taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    d.setClock(later(6))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(2)
  })

  test('a channel that never answers is unknown after its time', async () => {
    const line = playedChannel('line', (_message, before) =>
      before === 0 ? new Promise<SendResult>(() => {}) : taken(),
    )
    const d = await desk({ channels: [line], outbox: { sendTimeoutMs: 5 } })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    d.setClock(later(60))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(2)
  })

  test('backoff grows from seconds to a quarter of an hour', async () => {
    const line = playedChannel('line', (): SendResult => ({ outcome: 'retry', reason: 'busy' }))
    const longest = (below: number) => below - 1
    const d = await desk({ channels: [line], outbox: { chance: longest } })
    await says(ANA, d, { text: 'a' })
    const waits: number[] = []
    let last = MORNING
    for (let second = 0; second < 4800; second += 5) {
      d.setClock(later(second))
      const before = line.sent.length
      await d.outbox.drain()
      if (line.sent.length > before && second > 0) {
        waits.push((d.now().getTime() - last.getTime()) / 1000)
        last = d.now()
      }
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900])
  })

  test('the number that a provider quotes stays out of log and store', async () => {
    const reason = "The 'To' number +628111111111 is not a valid phone number"
    const { d } = await afterOne({ outcome: 'rejected', reason })
    expect(JSON.stringify(d.logged)).not.toContain('8111111111')
  })
})

describe('accounts', () => {
  test('a throttled account holds both lanes of everybody', async () => {
    const line = playedChannel(
      'line',
      (_message, before): SendResult =>
        before === 0 ? { outcome: 'throttled', reason: '429', afterMs: 30_000 } : taken(),
    )
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a', lane: 'notice' })
    await d.outbox.drain()
    await says(BUDI, d, { text: 'b' })
    await says(ANA, d, { text: 'c', lane: 'notice' })
    d.setClock(later(29))
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
    d.setClock(later(30))
    await d.outbox.drain()
    expect(texts(line.sent).slice(1).sort()).toEqual(['a', 'b', 'c'])
    expect(texts(line.sent).indexOf('c')).toBeGreaterThan(texts(line.sent).lastIndexOf('a'))
  })

  test('a shorter wait told later does not shorten the longer one', async () => {
    const waits = [60_000, 1_000]
    const line = playedChannel('line', async (_message, before): Promise<SendResult> => {
      await new Promise((resolve) => setImmediate(resolve))
      const afterMs = waits[before]
      return afterMs === undefined ? taken() : { outcome: 'throttled', reason: '429', afterMs }
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await says(BUDI, d, { text: 'b' })
    await d.outbox.drain()
    d.setClock(later(59))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(2)
    d.setClock(later(60))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(4)
  })

  test('a restart does not shorten the wait of an account', async () => {
    const line = playedChannel(
      'line',
      (_message, before): SendResult =>
        before === 0 ? { outcome: 'throttled', reason: '429', afterMs: 30_000 } : taken(),
    )
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    const next = await d.restart()
    open.unshift(next)
    await says(BUDI, next, { text: 'b' })
    next.setClock(later(29))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
  })

  test('a suspended account is paused, burns no attempts, and is tried by one message at a time', async () => {
    let suspended = true
    const line = playedChannel('line', async (): Promise<SendResult> => {
      await new Promise((resolve) => setImmediate(resolve))
      return suspended ? { outcome: 'suspended', reason: 'pay first' } : taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    for (let i = 0; i < 5; i++) await says(`sms:+62844400${i}` as Address, d, { text: String(i) })
    await d.outbox.drain()
    expect(line.sent).toHaveLength(1)
    expect(d.outbox.warnings().join()).toContain('pay first')
    d.setClock(later(60))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(2)
    d.setClock(later(60 + 119))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(2)
    suspended = false
    d.setClock(later(60 + 120))
    await d.outbox.drain()
    d.setClock(later(60 + 120 + 31))
    await d.outbox.drain()
    expect(texts(line.sent).slice(2).sort()).toEqual([...'01234', 'a'])
    expect(d.outbox.warnings()).toEqual([])
  })

  test('a message goes out by the account it belongs to', async () => {
    const first = playedChannel('first')
    const line = playedChannel('line')
    const d = await desk({ channels: [first, line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    expect([first.sent.length, line.sent.length]).toEqual([0, 1])
  })

  test('when that account is off, by another that carries the address', async () => {
    const other = playedChannel('other')
    const d = await desk({ channels: [playedChannel('bot', taken, 'telegram'), other] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    expect(texts(other.sent)).toEqual(['a'])
  })

  test('when nothing carries the address, it waits, and goes once something does', async () => {
    const d = await desk({ channels: [] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    const line = playedChannel('line')
    const next = await d.restart({ channels: [line] })
    open.unshift(next)
    next.setClock(later(60))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
  })

  test('who opted out of the only account gets nothing more by it', async () => {
    const line = playedChannel('line', (): SendResult => ({ outcome: 'opted-out' }))
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' }, { text: 'b' })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
    expect((await d.store.counts(d.now())).failed).toBe(2)
  })

  test('who opted out of one account is reached by the other', async () => {
    const line = playedChannel('line', (): SendResult => ({ outcome: 'opted-out' }))
    const other = playedChannel('other')
    const d = await desk({ channels: [line, other] })
    await says(ANA, d, { text: 'a' }, { text: 'b' })
    await d.outbox.drain()
    expect([texts(line.sent), texts(other.sent)]).toEqual([['a'], ['a', 'b']])
  })
})

describe('expiry and budget', () => {
  test('what has expired is not sent', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    d.setClock(later(24 * 3600))
    await d.outbox.drain()
    expect(line.sent).toEqual([])
    expect((await d.store.counts(d.now())).expired).toBe(1)
  })

  test('a person’s notices beyond 20 segments wait for the next morning; replies go', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    const notice = { lane: 'notice', kind: 'update', segments: 3 } as const
    const expiresAt = at('2026-11-26 10.00')
    const notices = Array.from({ length: 7 }, (_, i) => ({ ...notice, expiresAt, text: `n${i}` }))
    await says(ANA, d, ...notices, { ...notice, expiresAt, segments: 1, text: 'short' })
    await d.outbox.drain()
    await says(ANA, d, { text: 'status', segments: 2 })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'status'])
    d.setClock(at('2026-11-24 06.59'))
    await d.outbox.drain()
    expect(line.sent).toHaveLength(7)
    d.setClock(at('2026-11-24 07.00'))
    await d.outbox.drain()
    expect(texts(line.sent).slice(7)).toEqual(['n6', 'short'])
  })

  test('the account’s budget holds notices, warns at 80 %, and lets tickets and emergencies go', async () => {
    const line = playedChannel('line')
    const { town } = await import('./support/town.ts')
    const limits = { ...town.limits, segmentsPerAccountPerDay: 10 }
    const d = await desk({ channels: [line], city: { ...town, limits } })
    await says(ANA, d, { text: 'ticket', segments: 8 })
    await d.outbox.drain()
    await d.outbox.look()
    expect(d.outbox.warnings()).toEqual([expect.stringContaining('line has used 8 of its 10')])
    await says(BUDI, d, { lane: 'notice', kind: 'update', segments: 3, text: 'notice' })
    await says(BUDI, d, { lane: 'notice', kind: 'ping_urgent', segments: 3, text: 'fire' })
    await says(ANA, d, { text: 'next ticket', segments: 3 })
    await d.outbox.drain()
    expect(texts(line.sent).slice(1).sort()).toEqual(['fire', 'next ticket'])
  })
})

describe('restarts', () => {
  test('a crash between send and settle repeats that one message and no other', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' }, { text: 'b' }, { text: 'c' })
    let calls = 0
    const dying = {
      ...d.store,
      settle: async (...args: Parameters<typeof d.store.settle>) => {
        calls += 1
        if (calls === 2) throw new Error('the process ended here')
        return d.store.settle(...args)
      },
    }
    const crashed = await d.restart({ store: dying })
    await crashed.outbox.drain()
    await crashed.outbox.stop()
    expect(texts(line.sent)).toEqual(['a', 'b'])
    const next = await d.restart()
    open.unshift(next)
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b'])
    next.setClock(later(61))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b', 'b', 'c'])
  })

  test('stop lets the send in hand settle and leases nothing more', async () => {
    let release = () => {}
    const slow = new Promise<void>((resolve) => {
      release = resolve
    })
    const line = playedChannel('line', async () => {
      await slow
      return taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' }, { text: 'b' })
    d.outbox.wake()
    while (line.sent.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const stopped = d.outbox.stop()
    release()
    await stopped
    expect(texts(line.sent)).toEqual(['a'])
    const next = await d.restart()
    open.unshift(next)
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b'])
  })

  test('a store that is away for a moment loses nothing', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    let away = true
    const flaky = {
      ...d.store,
      leaseDue: async (...args: Parameters<typeof d.store.leaseDue>) => {
        if (away) throw new Error('disk full')
        return d.store.leaseDue(...args)
      },
    }
    const again = await d.restart({ store: flaky })
    open.unshift(again)
    await again.outbox.drain()
    away = false
    await again.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
  })
})
