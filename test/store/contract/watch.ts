// How channels fare, as several processes tell it: they add up, the latest counts, an incident is opened once.

import { describe, expect, test } from '@jest/globals'
import type { AccountView } from '../../../src/store/watch-port.ts'
import {
  conversationOf,
  HOUR,
  type InStore,
  later,
  lease,
  MINUTE,
  NOW,
  outbound,
  SITI,
  say,
} from '../given.ts'

const NOW_HOUR = Math.floor(NOW.getTime() / HOUR)
const WEEKS = 7 * 24

const view = (change: Partial<AccountView> = {}): AccountView => ({
  account: 'twilio',
  state: 'up',
  since: NOW,
  lastIn: null,
  lastOut: null,
  received: [],
  ...change,
})

export function describeWatch(inStore: InStore): void {
  describe('channels over time', () => {
    test(
      'what several processes received adds up; an hour without a message is told from one without a process',
      inStore(async (store) => {
        const hour = NOW_HOUR
        await store.noteChannels('a', [view({ received: [{ hour, count: 2 }] })], NOW)
        await store.noteChannels('b', [view({ received: [{ hour, count: 3 }] })], NOW)
        await store.noteChannels('a', [view({ received: [{ hour: hour - 2, count: 0 }] })], NOW)
        expect(await store.traffic('twilio', hour - 3, hour)).toEqual([
          { hour: hour - 2, received: 0 },
          { hour, received: 5 },
        ])
        expect(await store.traffic('telegram', hour - 3, hour)).toEqual([])
      }),
    )

    test(
      'the last in and out are the latest of any process, whatever a new one has not seen',
      inStore(async (store) => {
        await store.noteChannels('a', [view({ lastIn: later(5), lastOut: later(1) })], NOW)
        await store.noteChannels('b', [view({ lastIn: later(3), lastOut: later(2) })], NOW)
        const [past] = await store.noteChannels('c', [view()], NOW)
        const alarms = { down: null, silent: null }
        expect(past).toEqual({ account: 'twilio', lastIn: later(5), lastOut: later(2), alarms })
      }),
    )

    test(
      'views are told by process, each its last, until it looks no more',
      inStore(async (store) => {
        await store.noteChannels('a', [view({ state: 'down', since: later(-MINUTE) })], NOW)
        await store.noteChannels('a', [view({ state: 'paused', since: later(1) })], later(1))
        await store.noteChannels('b', [view(), view({ account: 'telegram' })], later(2))
        const seen = await store.channelViews('twilio', NOW)
        expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['paused', 'up']))
        expect(await store.channelViews('twilio', later(2))).toEqual([{ state: 'up', since: NOW }])
        await store.forgetViews('b')
        expect(await store.channelViews('telegram', NOW)).toEqual([])
        expect(await store.channelViews('twilio', NOW)).toHaveLength(1)
      }),
    )

    test(
      'old hours and the views of processes that are gone do not stay for ever',
      inStore(async (store) => {
        const old = { hour: NOW_HOUR - 9 * WEEKS, count: 1 }
        const kept = { hour: NOW_HOUR - 6 * WEEKS, count: 1 }
        await store.noteChannels('a', [view({ received: [old, kept] })], NOW)
        expect(await store.traffic('twilio', 0, NOW_HOUR)).toHaveLength(1)
        await store.noteChannels('b', [view()], later(2 * HOUR))
        expect(await store.channelViews('twilio', later(-HOUR))).toHaveLength(1)
      }),
    )

    test(
      'an incident is opened once, with what is said of it, and ended once',
      inStore(async (store) => {
        await say(store, SITI)
        const { addressId } = await conversationOf(store, SITI)
        const opened = { account: 'twilio', kind: 'down', expected: null, next: NOW } as const
        const messages = () => [outbound(addressId, { lane: 'notice', kind: 'ping_channel' })]
        const both = await Promise.all([
          store.commitAlarm(opened, messages()),
          store.commitAlarm(opened, messages()),
        ])
        expect([...both].sort()).toEqual(['committed', 'stale'])
        expect(await lease(store)).toHaveLength(1)
        const [past] = await store.noteChannels('a', [view()], NOW)
        expect(past?.alarms).toEqual({ down: NOW, silent: null })
        const ended = { ...opened, expected: NOW, next: null }
        expect(await store.commitAlarm({ ...ended, expected: later(1) }, [])).toBe('stale')
        expect(await store.commitAlarm(ended, [])).toBe('committed')
        expect(await store.commitAlarm(ended, [])).toBe('stale')
        expect(await store.commitAlarm(opened, [])).toBe('committed')
      }),
    )
  })
}
