// What a provider refuses: each refusal is its own outcome, a silence is none, and a wait is kept to its end.

import { expect } from '@jest/globals'
import { message, openDesk, writes } from '../../notify/support/desk.ts'
import {
  type ChannelBench,
  type FactName,
  type Given,
  outbound,
  type Proof,
  WAIT_MS,
} from './given.ts'

const outcomeOf = (bench: ChannelBench) => bench.channel.send(outbound(bench.addressOf(1)))

/** The sentences of a provider repeat numbers; ours must not. */
function expectNobody(bench: ChannelBench, result: object): void {
  const [, name = ''] = bench.addressOf(1).split(':')
  expect(JSON.stringify(result)).not.toContain(name.replace(/^\+/, ''))
}

export const TROUBLES = {
  'reads throttled, with the wait': async ({ bench }) => {
    bench.trouble('throttled')
    const result = await outcomeOf(bench)
    expect(result).toMatchObject({ outcome: 'throttled', afterMs: WAIT_MS })
    expectNobody(bench, result)
  },

  'reads rejected': async ({ bench }) => {
    bench.trouble('rejected')
    const result = await outcomeOf(bench)
    expect(result.outcome).toBe('rejected')
    expectNobody(bench, result)
  },

  'reads opted out': async ({ bench }) => {
    bench.trouble('opted-out')
    expect(await outcomeOf(bench)).toEqual({ outcome: 'opted-out' })
  },

  'reads suspended': async ({ bench }) => {
    bench.trouble('suspended')
    const result = await outcomeOf(bench)
    expect(result.outcome).toBe('suspended')
    expectNobody(bench, result)
    expect(bench.channel.health()).toMatchObject({ state: 'paused', why: expect.any(String) })
    await outcomeOf(bench)
    expect(bench.channel.health()).toMatchObject({ state: 'up', why: null })
  },

  'reads silence as unknown': async ({ bench }) => {
    bench.trouble('silence')
    expect((await outcomeOf(bench)).outcome).toBe('unknown')
  },

  'never sends before a wait is over': async (given) => {
    const { bench, now } = given
    const desk = await openDesk({ now: now(), channels: [bench.channel] })
    const pushTo = (ms: number) => push(given, desk, ms)
    try {
      bench.trouble('throttled')
      const { account } = bench.channel
      await writes(desk, bench.addressOf(1), {
        account,
        outbound: (to) => [message(desk, to, { account })],
      })
      await desk.outbox.drain()
      expect([bench.attempts(), bench.arrived().length]).toEqual([1, 0])
      await pushTo(WAIT_MS - 1)
      expect(bench.attempts()).toBe(1)
      await pushTo(WAIT_MS)
      expect([bench.attempts(), bench.arrived().length]).toEqual([2, 1])
    } finally {
      await desk.outbox.stop()
      await desk.store.close()
    }
  },
} satisfies Partial<Record<FactName, Proof>>

/** Moves the clock on and lets everything that may go, go. */
async function push(given: Given, desk: Awaited<ReturnType<typeof openDesk>>, ms: number) {
  given.push(ms)
  desk.setClock(given.now())
  await desk.outbox.drain()
}
