// What survives when a process ends or the store is away for a moment.

import { describe, expect, test } from '@jest/globals'
import { StoreAway } from '../../src/store/store.ts'
import { playedChannel, taken } from './support/played-channel.ts'
import { ANA, desks, later, says, texts } from './support/send-desk.ts'

const desk = desks()

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
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b'])
    next.setClock(later(61))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b', 'b', 'c'])
  })

  test('a store that is back before the lease is over spares a second sending', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' }, { text: 'b' })
    let calls = 0
    const flaky = {
      ...d.store,
      settle: async (...args: Parameters<typeof d.store.settle>) => {
        calls += 1
        if (calls === 1) throw new StoreAway('away')
        return d.store.settle(...args)
      },
    }
    const next = await d.restart({ store: flaky })
    await next.outbox.drain()
    next.setClock(later(61))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a', 'b'])
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
    await again.outbox.drain()
    away = false
    await again.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
  })
})
