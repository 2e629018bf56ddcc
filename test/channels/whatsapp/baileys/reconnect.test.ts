// Endings of a connection, pace and silence: each row of their tables.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createPace } from '../../../../src/channels/whatsapp/baileys/pace.ts'
import { afterEnding } from '../../../../src/channels/whatsapp/baileys/reconnect.ts'
import { silenceOf } from '../../../../src/channels/whatsapp/baileys/watchdog.ts'

const MINUTE = 60_000
const ended = (code: number, strikes = 0, chance = 0.5) => afterEnding({ code, strikes, chance })

describe('a connection that ended', () => {
  test('with 515 is made again at once', () => {
    expect(ended(515)).toMatchObject({ type: 'again', inMs: 0, relink: false })
  })

  test('with 515 over and over is not made again in a circle', () => {
    expect(ended(515, 9)).toMatchObject({ type: 'again', inMs: expect.any(Number) })
    expect((ended(515, 9) as { inMs: number }).inMs).toBeGreaterThan(MINUTE)
  })

  test.each([428, 408, 503])('with %i is made again ever later, up to five minutes', (code) => {
    const waits = Array.from({ length: 20 }, (_, strikes) => ended(code, strikes))
    const inMs = waits.map((next) => (next.type === 'again' ? next.inMs : -1))
    expect(inMs[0]).toBeLessThan(2_001)
    expect(inMs.every((ms, place) => ms >= (inMs[place - 1] ?? 0))).toBe(true)
    expect(inMs.at(-1)).toBeLessThanOrEqual(5 * MINUTE)
    expect(inMs.at(-1)).toBeGreaterThan(2 * MINUTE)
  })

  test('is not made again by all at the same moment', () => {
    expect(ended(428, 4, 0)).not.toEqual(ended(428, 4, 0.9))
  })

  test('with 440 waits a minute at least, whatever chance says', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.double({ min: 0, max: 0.999, noNaN: true }), (strikes, chance) => {
        const next = ended(440, strikes, chance)
        expect(next).toMatchObject({ type: 'again', relink: false })
        expect((next as { inMs: number }).inMs).toBeGreaterThanOrEqual(MINUTE)
      }),
    )
  })

  test('with 401 stops, and says that it must be linked again', () => {
    expect(ended(401)).toMatchObject({ type: 'stop', relink: true, why: /link it again/ })
  })

  test('with 403 stops, keeps the login, and says where to look', () => {
    expect(ended(403)).toMatchObject({ type: 'stop', relink: false, why: /look at the phone/ })
  })

  test('with 405 stops, and says that the library is too old', () => {
    expect(ended(405)).toMatchObject({ type: 'stop', relink: false, why: /upgrade Kentongan/ })
  })

  test('with 411 is linked anew', () => {
    expect(ended(411)).toMatchObject({ type: 'again', relink: true })
  })

  test('with 500 is made again four times, and no fifth', () => {
    const types = [0, 1, 2, 3, 4, 5].map((strikes) => ended(500, strikes).type)
    expect(types).toEqual(['again', 'again', 'again', 'again', 'stop', 'stop'])
  })

  test('with a code nobody knows is made again, never at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.nat(40), (code, strikes) => {
        const next = ended(code, strikes)
        if (next.type === 'stop' || code === 515) return
        expect(next.inMs).toBeGreaterThanOrEqual(1_000)
      }),
    )
  })
})

describe('the pace', () => {
  const paced = (chance = 0.5) => {
    let now = 1_000_000
    const pace = createPace(
      () => now,
      () => chance,
    )
    const push = (ms: number) => {
      now += ms
    }
    return { pace, push }
  }

  test('lets the first message of a chat go at once, the second after one to three seconds', () => {
    for (const [chance, ms] of [
      [0, 1_000],
      [0.5, 2_000],
      [0.999, 2_998],
    ] as const) {
      const { pace } = paced(chance)
      expect(pace.slot('a', 5_000)).toEqual({ type: 'given', inMs: 0 })
      expect(pace.slot('a', 5_000)).toEqual({ type: 'given', inMs: ms })
    }
  })

  test('takes no slot that nobody waits for', () => {
    const { pace, push } = paced()
    pace.slot('a', 0)
    expect(pace.slot('a', 500)).toEqual({ type: 'none', inMs: 2_000 })
    push(2_000)
    expect(pace.slot('a', 500)).toEqual({ type: 'given', inMs: 0 })
  })

  test('holds up nobody for a chat that waits for itself', () => {
    const { pace } = paced()
    pace.slot('a', 5_000)
    pace.slot('a', 5_000)
    expect(pace.slot('b', 5_000)).toEqual({ type: 'given', inMs: 500 })
  })

  test('keeps its distance in any order of chats', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(2_000))), (steps) => {
        let now = 0
        const pace = createPace(
          () => now,
          () => 0,
        )
        const last = new Map<number, number>()
        for (const [chat, ms] of steps) {
          now += ms
          const slot = pace.slot(String(chat), 60_000)
          const at = now + slot.inMs
          expect(at - (last.get(chat) ?? -1_000)).toBeGreaterThanOrEqual(1_000)
          last.set(chat, at)
        }
      }),
    )
  })

  test('forgets chats that have long been free', () => {
    const { pace, push } = paced(0)
    for (let chat = 0; chat < 5_000; chat += 1) {
      pace.slot(`c${chat}`, 5_000)
      push(1_000)
    }
    expect(pace.slot('c0', 0)).toEqual({ type: 'given', inMs: 0 })
  })
})

describe('a connection that is watched', () => {
  const base = { beganAt: 0, openAt: 1_000, frameAt: null, lifeAt: null, linking: false }

  test('is well while frames come', () => {
    expect(silenceOf({ ...base, frameAt: 300_000 }, 360_000)).toBeNull()
  })

  test('is dead when it is open, yet brings no frame for a minute and a half', () => {
    expect(silenceOf({ ...base, frameAt: 300_000 }, 391_000)).toMatch(/silent/)
  })

  test('is dead when it does not open', () => {
    expect(silenceOf({ ...base, openAt: null }, 59_000)).toBeNull()
    expect(silenceOf({ ...base, openAt: null }, 61_000)).toMatch(/did not open/)
  })

  test('is given the time people need to link it', () => {
    expect(silenceOf({ ...base, openAt: null, linking: true }, 600_000)).toBeNull()
  })

  test('is renewed when it answers, yet has brought nothing for six hours', () => {
    const hour = 60 * MINUTE
    const seen = (at: number) => silenceOf({ ...base, frameAt: at, lifeAt: hour }, at)
    expect(seen(6.9 * hour)).toBeNull()
    expect(seen(7.1 * hour)).toMatch(/six hours/)
  })
})
