// Accounts: which one carries a message, and when one must pause.

import { describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import { type Store, StoreAway } from '../../src/store/store.ts'
import { playedChannel, taken } from './support/played-channel.ts'
import { ANA, BUDI, desks, later, says, texts } from './support/send-desk.ts'

const desk = desks()

/** Asks to wait 30 s at the first send, then takes everything. */
const throttledOnce = () =>
  playedChannel(
    'line',
    (_message, before): SendResult =>
      before === 0 ? { outcome: 'throttled', reason: '429', afterMs: 30_000 } : taken(),
  )

describe('accounts', () => {
  test('a throttled account holds both lanes of everybody', async () => {
    const line = throttledOnce()
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

  test.each([
    ['of a message alone holds nobody else', true, ['a', 'b']],
    ['of the account holds everybody', undefined, ['a']],
  ])('a wait in the middle of a message, %s', async (_, alone, sent) => {
    const stopped = { reason: 'busy', afterMs: 86_400_000, ...(alone ? { alone } : {}) }
    const line = playedChannel('line', (_message, before): SendResult => {
      const partly = { outcome: 'partly', providerIds: ['p'], nextPart: 1, ...stopped } as const
      return before === 0 ? partly : taken()
    })
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    await says(BUDI, d, { text: 'b' })
    await d.outbox.drain()
    expect(texts(line.sent)).toEqual(sent)
  })

  test('while every account must wait nothing is leased, so an outage writes nothing', async () => {
    const line = throttledOnce()
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    await says(BUDI, d, { text: 'b' })
    await d.outbox.drain()
    const [waiting] = await d.store.leaseDue(later(1), 60_000, 16)
    expect(waiting).toMatchObject({ text: 'b', attempts: 0 })
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
    const line = throttledOnce()
    const d = await desk({ channels: [line] })
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    const next = await d.restart()
    await says(BUDI, next, { text: 'b' })
    next.setClock(later(29))
    await next.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
  })

  test('what was sent is not sent again though the store was away when the wait ended', async () => {
    const line = throttledOnce()
    const first = await desk({ channels: [line] })
    await says(ANA, first, { text: 'a' })
    await first.outbox.drain()
    let away = true
    const swapFact: Store['swapFact'] = async (...args) => {
      if (!away) return first.store.swapFact(...args)
      away = false
      throw new StoreAway('away')
    }
    const d = await desk({ channels: [line], store: { ...first.store, swapFact } })
    for (const seconds of [30, 120]) {
      d.setClock(later(seconds))
      await d.outbox.drain()
    }
    expect(texts(line.sent)).toEqual(['a', 'a'])
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

describe('over one store, another process', () => {
  test('waits too when an account asked this one to wait', async () => {
    const line = throttledOnce()
    const d = await desk({ channels: [line] })
    const other = await d.restart()
    // It has sent before, and knows of no pause.
    await other.outbox.drain()
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    await says(BUDI, other, { text: 'b' })
    other.setClock(later(29))
    await other.outbox.drain()
    expect(texts(line.sent)).toEqual(['a'])
    other.setClock(later(31))
    await other.outbox.drain()
    expect(texts(line.sent).slice(1).sort()).toEqual(['a', 'b'])
  })

  test('does not shorten a wait by a shorter one', async () => {
    const waits = [60_000, 1_000]
    const line = playedChannel('line', (_message, before): SendResult => {
      const afterMs = waits[before]
      return afterMs === undefined ? taken() : { outcome: 'throttled', reason: '429', afterMs }
    })
    const d = await desk({ channels: [line] })
    const other = await d.restart()
    await says(ANA, d, { text: 'a' })
    await says(BUDI, d, { text: 'b' })
    await Promise.all([d.outbox.drain(), other.outbox.drain()])
    const first = line.sent.length
    d.setClock(later(59))
    other.setClock(later(59))
    await Promise.all([d.outbox.drain(), other.outbox.drain()])
    expect(line.sent).toHaveLength(first)
  })

  test('does not try a suspended account while this one tries it', async () => {
    const line = playedChannel('line', async (): Promise<SendResult> => {
      await new Promise((resolve) => setImmediate(resolve))
      return { outcome: 'suspended', reason: 'pay first' }
    })
    const d = await desk({ channels: [line] })
    const other = await d.restart()
    await says(ANA, d, { text: 'a' })
    await d.outbox.drain()
    await says(BUDI, d, { text: 'b' })
    await says('sms:+628444000001', d, { text: 'c' })
    for (const each of [d, other]) each.setClock(later(61))
    await Promise.all([d.outbox.drain(), other.outbox.drain()])
    expect(line.sent).toHaveLength(2)
  })
})
