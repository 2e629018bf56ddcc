// Each answer of a provider through send, settle and the time of the next attempt.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import { playedChannel, taken } from './support/played-channel.ts'
import { ANA, desks, later, MORNING, says } from './support/send-desk.ts'

const desk = desks()

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

  test('onward: the rest follows at once, and costs no attempt', async () => {
    const { line } = await afterOne({ outcome: 'onward', providerIds: ['p0'], nextPart: 1 })
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
