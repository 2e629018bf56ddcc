// Several processes over one store: the schedule runs in one of them, and moves when that one ends.

import { describe, expect, test } from '@jest/globals'
import type { Store } from '../../src/store/store.ts'
import { at } from './support/cases.ts'
import { type Desk, writes } from './support/desk.ts'
import { playedChannel, taken } from './support/played-channel.ts'
import { ANA, desks, MORNING, says, texts } from './support/send-desk.ts'

const desk = desks()

/** Desks over one store, each a process of its own; `woken` names the one that woke the conversation. */
async function processes(count: number) {
  const woken: number[] = []
  /** How often each asked in vain. */
  const refused = Array.from({ length: count }, () => 0)
  const first = await desk({ shared: true })
  const tell: (() => void)[] = []
  const all: Desk[] = []
  const something = () => {
    for (const each of tell.splice(0)) each()
  }
  for (let place = 0; place < count; place++) {
    const onTimeout = async () => {
      woken.push(place)
      something()
    }
    const takeLease: Store['takeLease'] = async (...args) => {
      const token = await first.store.takeLease(...args)
      if (token === null) refused[place] = (refused[place] ?? 0) + 1
      something()
      return token
    }
    const store = { ...open(first.store), takeLease }
    all.push(await desk({ shared: true, store, onTimeout }))
  }
  async function until(fits: () => boolean): Promise<void> {
    while (!fits()) await new Promise<void>((resolve) => tell.push(resolve))
  }
  return { all, woken, refused, until, first }
}

/** The store itself is closed by the first desk. */
const open = (store: Store): Store => ({ ...store, close: async () => {} })

describe('of three processes', () => {
  test('one keeps the schedule', async () => {
    const { all, woken, refused, until, first } = await processes(3)
    await writes(first, ANA, { wakeAt: MORNING })
    for (const each of all) each.schedule.start()
    await until(() => woken.length > 0 && refused.filter((times) => times > 1).length === 2)
    expect(new Set(woken).size).toBe(1)
    expect(refused[woken[0] ?? 0]).toBe(0)
  })

  test('another goes on at once when that one is stopped', async () => {
    const { all, woken, refused, until, first } = await processes(2)
    await writes(first, ANA, { wakeAt: MORNING })
    for (const each of all) each.schedule.start()
    await until(() => woken.length > 0 && refused.some((times) => times > 0))
    const holder = woken[0] ?? 0
    const began = performance.now()
    await all[holder]?.schedule.stop()
    await until(() => woken.includes(1 - holder))
    expect(performance.now() - began).toBeLessThan(2_500)
  })

  test('another goes on within 30 s when that one dies', async () => {
    const { all, woken, refused, until, first } = await processes(1)
    await writes(first, ANA, { wakeAt: MORNING })
    expect(await first.store.takeLease('schedule', 'dead', 1_500)).not.toBeNull()
    const began = performance.now()
    all[0]?.schedule.start()
    await until(() => woken.length > 0)
    expect(refused[0]).toBeGreaterThan(0)
    expect(performance.now() - began).toBeLessThan(30_000)
  })
})

test('what another process committed and did not live to send, this one sends', async () => {
  let sent = () => {}
  const sending = new Promise<void>((resolve) => {
    sent = resolve
  })
  const line = playedChannel('line', () => {
    sent()
    return taken()
  })
  const first = await desk({ shared: true })
  const living = await desk({ shared: true, store: open(first.store), channels: [line] })
  living.schedule.start()
  await first.store.takeLease('schedule', 'another that lives', 60_000)
  await says(ANA, first, { text: 'a', expiresAt: at('2026-11-24 10.00') })
  const began = performance.now()
  await sending
  expect(texts(line.sent)).toEqual(['a'])
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('a store that is away for a moment does not end the schedule', async () => {
  let away = true
  const first = await desk({ shared: true })
  const takeLease: Store['takeLease'] = async (...args) => {
    if (!away) return first.store.takeLease(...args)
    away = false
    throw new Error('away')
  }
  let woke = () => {}
  const woken = new Promise<void>((resolve) => {
    woke = resolve
  })
  const store = { ...open(first.store), takeLease }
  const d = await desk({ shared: true, store, onTimeout: async () => woke() })
  await writes(d, ANA, { wakeAt: MORNING })
  d.schedule.start()
  await woken
})
