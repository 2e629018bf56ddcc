// leaseDue: one head for each lane, in order, to one asker at a time.

import { describe, expect, test } from '@jest/globals'
import {
  BUDI,
  conversationOf,
  type InStore,
  LEASE_MS,
  later,
  lease,
  MINUTE,
  NOW,
  post,
  SITI,
  say,
  sendAll,
} from '../given.ts'

const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id)
const notice = { lane: 'notice', kind: 'assigned' } as const

export function describeLanes(inStore: InStore): void {
  describe('a lane', () => {
    test(
      'hands out its first message whole',
      inStore(async (store) => {
        const choices = [{ value: 'yes', label: 'Ya' }]
        const more = { ticket: null, text: 'hello', segments: 2, choices }
        const [row] = await post(store, BUDI, { id: 'one', ...more })
        const [leased] = await lease(store)
        expect(leased).toMatchObject({
          id: 'one',
          address: BUDI,
          account: 'twilio',
          lane: 'reply',
          kind: 'reply',
          ...more,
          nextPart: 0,
          attempts: 0,
          createdAt: NOW,
          expiresAt: row?.expiresAt,
          closed: false,
        })
      }),
    )

    test(
      'lets the second message go only after the first was accepted',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one' }, { id: 'two' })
        expect(ids(await lease(store))).toEqual(['one'])
        expect(await lease(store)).toEqual([])
        await sendAll(store, later(LEASE_MS))
        expect(ids(await lease(store, later(LEASE_MS)))).toEqual(['two'])
      }),
    )

    test(
      'waits for nobody else: other people and the other lane go on',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'a', ...notice }, { id: 'b', ...notice }, { id: 'c' })
        await post(store, SITI, { id: 'd' })
        expect(ids(await lease(store))).toEqual(['c', 'd', 'a'])
      }),
    )

    test(
      'lets go at most as many as were asked for, replies first',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'a', ...notice })
        await post(store, SITI, { id: 'b' })
        expect(ids(await lease(store, NOW, 1))).toEqual(['b'])
      }),
    )

    test(
      'gives only one kind of lane when asked for it',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'a', ...notice }, { id: 'b' })
        expect(ids(await store.leaseDue(NOW, LEASE_MS, 10, 'notice'))).toEqual(['a'])
        expect(ids(await store.leaseDue(NOW, LEASE_MS, 10, 'reply'))).toEqual(['b'])
      }),
    )

    test(
      'has a message again when its lease ran out',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one' }, { id: 'two' })
        const [first] = await lease(store)
        expect(await lease(store, later(LEASE_MS - 1))).toEqual([])
        const [second] = await lease(store, later(LEASE_MS))
        expect(second?.id).toBe('one')
        expect(second?.lease).not.toBe(first?.lease)
      }),
    )

    test(
      'holds a message from its due time on; until then it stands beside',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', dueAt: later(MINUTE) }, { id: 'two' })
        expect(ids(await sendAll(store))).toEqual(['two'])
        expect(ids(await lease(store, later(MINUTE)))).toEqual(['one'])
      }),
    )

    test(
      'does not overtake a message in hand when an earlier one falls due',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', dueAt: later(1) }, { id: 'two' })
        expect(ids(await lease(store))).toEqual(['two'])
        expect(await lease(store, later(1))).toEqual([])
        expect(ids(await lease(store, later(LEASE_MS)))).toEqual(['one'])
      }),
    )

    test(
      'still hands out what the account may no longer carry, and says so',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one' })
        await store.setOptOut(BUDI, 'twilio', true, NOW)
        expect((await lease(store))[0]?.closed).toBe(true)
        await store.setOptOut(BUDI, 'twilio', false, NOW)
        expect((await lease(store, later(LEASE_MS)))[0]?.closed).toBe(false)
      }),
    )

    test(
      'is no longer closed once the person wants notices again by that account',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one' })
        await store.setOptOut(BUDI, 'twilio', true, NOW)
        await say(store, BUDI)
        expect((await lease(store))[0]?.closed).toBe(true)
        expect((await conversationOf(store, BUDI)).closed).toBe(true)
        await say(store, BUDI, { resumes: true })
        expect((await conversationOf(store, BUDI)).closed).toBe(false)
        expect((await lease(store, later(LEASE_MS)))[0]?.closed).toBe(false)
      }),
    )

    test(
      'knows no opt-out of an address nobody knows',
      inStore(async (store) => {
        await expect(store.setOptOut(SITI, 'twilio', true, NOW)).resolves.toBeUndefined()
      }),
    )
  })

  describe('a message that has waited too long', () => {
    test(
      'expires once and no longer stands in the way',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', expiresAt: later(MINUTE) }, { id: 'two' })
        expect(await store.expire(later(MINUTE - 1))).toBe(0)
        expect(await store.expire(later(MINUTE))).toBe(1)
        expect(await store.expire(later(MINUTE))).toBe(0)
        expect(ids(await lease(store, later(MINUTE)))).toEqual(['two'])
      }),
    )

    test(
      'does not expire while it is in hand',
      inStore(async (store) => {
        await post(store, BUDI, { id: 'one', expiresAt: later(1) })
        await lease(store)
        expect(await store.expire(later(1))).toBe(0)
        expect(await store.expire(later(LEASE_MS))).toBe(1)
      }),
    )
  })
}
