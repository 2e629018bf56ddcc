// One message for each person and hour, whoever sends it; and extensions that nobody decided.

import { describe, expect, test } from '@jest/globals'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  file,
  HOUR,
  type InStore,
  later,
  lease,
  moved,
  NOW,
  outbound,
  say,
} from '../given.ts'

const EIGHT = '2026-11-25T08'
const NINE = '2026-11-25T09'

async function ping(store: Store, hour: string, ...people: readonly string[]) {
  const { addressId } = await conversationOf(store, BUDI)
  return store.commitClocks([], [outbound(addressId)], { hour, people })
}

export function describePings(inStore: InStore): void {
  describe('a ping', () => {
    test(
      'goes to each person once in an hour, and again in the next one',
      inStore(async (store) => {
        await say(store, BUDI)
        expect(await ping(store, EIGHT, 'rina', 'dewi')).toBe('committed')
        expect(await store.pingedIn(EIGHT)).toEqual(new Set(['rina', 'dewi']))
        expect(await ping(store, EIGHT, 'amir', 'rina')).toBe('stale')
        expect(await store.pingedIn(EIGHT)).toEqual(new Set(['rina', 'dewi']))
        expect(await lease(store)).toHaveLength(1)
        expect(await ping(store, NINE, 'rina', 'rina')).toBe('committed')
        expect(await store.pingedIn(NINE)).toEqual(new Set(['rina']))
      }),
    )

    test(
      'that two send at once is sent by one',
      inStore(async (store) => {
        await say(store, BUDI)
        const outcomes = [ping(store, EIGHT, 'rina', 'dewi'), ping(store, EIGHT, 'dewi', 'rina')]
        expect((await Promise.all(outcomes)).sort()).toEqual(['committed', 'stale'])
      }),
    )

    test(
      'claims no hour when one of its steps was taken already',
      inStore(async (store) => {
        const filed = await file(store, BUDI, '12345670')
        const late = {
          ...{ ticket: filed.ticket, expectVersion: 7, clock: 'verify' as const },
          ...{ expectNextAt: null, complaint: filed },
        }
        const pinged = { hour: EIGHT, people: ['rina'] }
        expect(await store.commitClocks([late], [], pinged)).toBe('stale')
        expect(await store.pingedIn(EIGHT)).toEqual(new Set())
      }),
    )
  })

  test(
    'extensions that were asked for are found when their time is up, oldest first',
    inStore(async (store) => {
      for (const [ticket, ms] of [
        ['10000001', HOUR],
        ['10000002', 0],
        ['10000003', -HOUR],
      ] as const) {
        const filed = await file(store, BUDI, ticket)
        const asked = { days: 5, until: later(ms), by: 'rina' }
        const changes = [moved(filed, { asked }, { move: 'extend' })]
        await store.commitMove({ now: NOW, changes, outbound: [] })
      }
      const due = await store.askedDue(NOW, 9)
      expect(due.map(({ ticket }) => ticket)).toEqual(['10000003', '10000002'])
      expect(due[0]).toEqual(await store.complaint('10000003'))
      expect(await store.askedDue(NOW, 1)).toHaveLength(1)
    }),
  )
}
