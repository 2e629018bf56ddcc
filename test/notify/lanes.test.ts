// Lanes over a real store: what keeps its order, and what never waits for what.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import { at } from './support/cases.ts'
import { playedChannel, taken } from './support/played-channel.ts'
import { ANA, BUDI, desks, later, says, texts } from './support/send-desk.ts'

const desk = desks()

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
