// What only one process may do at a time: who holds it, for how long, and who came later.

import { describe, expect, test } from '@jest/globals'
import type { InStore } from '../given.ts'

const LONG = 60_000
/** Over as soon as it is taken. */
const NONE = 0

export function describeLeases(inStore: InStore): void {
  describe('a lease', () => {
    test(
      'is held by one at a time',
      inStore(async (store) => {
        expect(await store.takeLease('cron', 'a', LONG)).not.toBeNull()
        expect(await store.takeLease('cron', 'b', LONG)).toBeNull()
      }),
    )

    test(
      'goes to exactly one of those who ask at once',
      inStore(async (store) => {
        const asked = ['a', 'b', 'c', 'd'].map((holder) => store.takeLease('cron', holder, LONG))
        const given = (await Promise.all(asked)).filter((token) => token !== null)
        expect(given).toHaveLength(1)
      }),
    )

    test(
      'is renewed by its holder, who keeps the token',
      inStore(async (store) => {
        const token = await store.takeLease('cron', 'a', LONG)
        expect(await store.takeLease('cron', 'a', LONG)).toBe(token)
      }),
    )

    test(
      'passes on when it has ended, with a greater token',
      inStore(async (store) => {
        const first = await store.takeLease('cron', 'a', NONE)
        const second = await store.takeLease('cron', 'b', LONG)
        expect(second).toBeGreaterThan(first ?? Number.NaN)
        expect(await store.takeLease('cron', 'a', LONG)).toBeNull()
      }),
    )

    test(
      'that ended gives its old holder a greater token too, since another may have had it',
      inStore(async (store) => {
        const first = await store.takeLease('cron', 'a', NONE)
        expect(await store.takeLease('cron', 'a', LONG)).toBeGreaterThan(first ?? Number.NaN)
      }),
    )

    test(
      'that is handed over is free at once, and the tokens go on',
      inStore(async (store) => {
        const first = await store.takeLease('cron', 'a', LONG)
        await store.releaseLease('cron', 'a')
        expect(await store.takeLease('cron', 'b', LONG)).toBeGreaterThan(first ?? Number.NaN)
      }),
    )

    test(
      'is not handed over by somebody else',
      inStore(async (store) => {
        await store.takeLease('cron', 'a', LONG)
        await store.releaseLease('cron', 'b')
        expect(await store.takeLease('cron', 'b', LONG)).toBeNull()
      }),
    )

    test(
      'stands alone beside those of other names',
      inStore(async (store) => {
        expect(await store.takeLease('cron', 'a', LONG)).not.toBeNull()
        expect(await store.takeLease('poll', 'b', LONG)).not.toBeNull()
      }),
    )
  })
}
