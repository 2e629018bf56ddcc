// Expiry and the daily budget: what is not sent, and what is sent tomorrow.

import { describe, expect, test } from '@jest/globals'
import { at } from './support/cases.ts'
import { playedChannel } from './support/played-channel.ts'
import { ANA, BUDI, desks, later, says, texts } from './support/send-desk.ts'
import { town } from './support/town.ts'

const desk = desks()

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
