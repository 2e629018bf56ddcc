// How a channel begins, ends and speaks of itself: nothing in hand is dropped, nothing is claimed that is not so.

import { expect } from '@jest/globals'
import { type FactName, outbound, type Proof, withinMs } from './given.ts'

const SLOW_MS = 60

export const LIFE = {
  'waits at its stop for what is being sent': async ({ bench }) => {
    bench.slow(SLOW_MS)
    const ended: string[] = []
    const send = bench.channel.send(outbound(bench.addressOf(1)))
    await bench.attempted(1)
    await Promise.all([
      send.then(({ outcome }) => ended.push(outcome)),
      bench.channel.stop().then(() => ended.push('stopped')),
    ])
    expect(ended).toEqual(['accepted', 'stopped'])
  },

  'waits at its stop for what is being stored': async ({ bench, storing }) => {
    const ended: string[] = []
    let begun = false
    storing(async () => {
      begun = true
      await new Promise((go) => setTimeout(go, SLOW_MS))
      ended.push('stored')
    })
    const written = bench.writes({ text: 'halo' })
    await withinMs(() => begun, 5_000)
    await bench.channel.stop()
    ended.push('stopped')
    await bench.close()
    await written.catch(() => false)
    expect(ended).toEqual(['stored', 'stopped'])
  },

  'hands on nothing after its stop': async ({ bench, events }) => {
    await bench.writes({ text: 'satu' })
    await bench.channel.stop()
    const before = bench.acknowledged()
    const heard = bench.writes({ text: 'dua' }).catch(() => false)
    await withinMs(() => events.length > 1, SLOW_MS)
    await bench.close()
    await heard
    expect([events.length, bench.acknowledged()]).toEqual([1, before])
  },

  'checks its account without sending': async ({ bench }) => {
    const check = await bench.channel.check()
    expect(check).toMatchObject({ ok: true })
    expect(check.detail).not.toBe('')
    expect(bench.attempts()).toBe(0)
  },

  'tells in its check what is wrong, and where to look': async ({ bench }) => {
    const other = await bench.wrongly()
    const { ok, detail } = await other.check()
    await other.close()
    expect(ok).toBe(false)
    expect(detail).toMatch(bench.settings)
  },

  'tells its health truly': async ({ bench, now, push }) => {
    const { channel } = bench
    const health = () => channel.health()
    expect(health()).toMatchObject({ state: 'up', why: null, lastIn: null, lastOut: null })
    push(1_000)
    await bench.writes({ text: 'halo' })
    await withinMs(() => health().lastIn !== null, 1_000)
    const heardAt = now()
    push(1_000)
    await channel.send(outbound(bench.addressOf(1)))
    expect(health()).toMatchObject({ state: 'up', lastIn: heardAt, lastOut: now() })
    push(1_000)
    await channel.stop()
    expect(health()).toMatchObject({ state: 'down', since: now() })
    expect(health().why).not.toBe(null)
  },
} satisfies Partial<Record<FactName, Proof>>
