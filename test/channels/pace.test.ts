// The limits by themselves, over a clock that is set by hand.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createPace as createPaceOf } from '../../src/channels/pace.ts'
import { LIMITS } from '../../src/channels/telegram/limits.ts'
import { LIMITS as CLOUD, PAIR_MS } from '../../src/channels/whatsapp/cloud/limits.ts'

const FAR = 1e9
const createPace = (nowMs: () => number) => createPaceOf(nowMs, LIMITS)

test('thirty a second over all, whoever they go to', () => {
  const pace = createPace(() => 0)
  const waits = Array.from({ length: 61 }, (_, place) => pace.slot(`${place}`, false, FAR).inMs)
  expect([waits[29], waits[30], waits[59], waits[60]]).toEqual([0, 1_000, 1_000, 2_000])
})

test('WhatsApp: 45 at once to one person, on the whole one in six seconds; 80 a second over all', () => {
  const pace = createPaceOf(() => 0, CLOUD)
  const waits = Array.from({ length: 91 }, () => pace.slot('one', false, FAR).inMs)
  expect([waits[44], waits[45], waits[90]]).toEqual([0, 45 * PAIR_MS, 90 * PAIR_MS])
  const others = Array.from({ length: 36 }, (_, place) => pace.slot(`${place}`, false, FAR).inMs)
  expect([others[34], others[35]]).toEqual([0, 1_000])
})

test('a slot that is too far away is not taken', () => {
  const pace = createPace(() => 0)
  pace.slot('a', false, 0)
  expect(pace.slot('a', false, 500)).toEqual({ type: 'none', inMs: 1_000 })
  expect(pace.slot('a', false, 1_000)).toEqual({ type: 'given', inMs: 1_000 })
})

test('of two waits that were asked for the longer one holds', () => {
  let now = 0
  const pace = createPace(() => now)
  pace.hold(7_000)
  pace.hold(3_000)
  now = 6_999
  expect(pace.heldMs()).toBe(1)
  now = 7_000
  expect(pace.heldMs()).toBe(0)
})

const asked = fc.record({
  chat: fc.nat(8),
  group: fc.boolean(),
  later: fc.nat(700),
  most: fc.constantFrom(0, 900, 3_000),
})

test('no window is ever fuller than its limit', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 120 }), (steps) => {
      let now = 0
      const pace = createPace(() => now)
      const given: { readonly at: number; readonly chat: string; readonly group: boolean }[] = []
      for (const { chat, group, later, most } of steps) {
        now += later
        const name = `${group ? '-' : ''}${chat}`
        const slot = pace.slot(name, group, most)
        if (slot.type === 'given') given.push({ at: now + slot.inMs, chat: name, group })
      }
      const most = (times: readonly number[], ms: number) =>
        Math.max(0, ...times.map((at) => times.filter((one) => one >= at && one < at + ms).length))
      const names = new Set(given.map(({ chat }) => chat))
      expect(
        most(
          given.map(({ at }) => at),
          LIMITS.overall.ms,
        ),
      ).toBeLessThanOrEqual(30)
      for (const name of names) {
        const own = given.filter(({ chat }) => chat === name).map(({ at }) => at)
        expect(most(own, LIMITS.chat.ms)).toBeLessThanOrEqual(1)
        if (name.startsWith('-')) expect(most(own, LIMITS.group.ms)).toBeLessThanOrEqual(20)
      }
    }),
    { numRuns: 200 },
  )
})
