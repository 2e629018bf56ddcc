// counts, stuck messages, facts, the trial write: what the operator sees and the process remembers.

import { describe, expect, test } from '@jest/globals'
import {
  BUDI,
  clock,
  file,
  type InStore,
  inbound,
  later,
  MINUTE,
  message,
  NOW,
  PHOTO,
  post,
  say,
} from '../given.ts'

export function describeOperating(inStore: InStore): void {
  describe('the operator', () => {
    test(
      'sees complaints by state, clocks past their date and what waits, with its age',
      inStore(async (store) => {
        const late = clock('verify', { dueAt: later(-1) })
        await file(store, BUDI, '10000001', { clocks: [late, clock('finish')] })
        await file(store, BUDI, '10000002', {
          state: 'closed',
          clocks: [{ ...late, status: 'met' }],
        })
        await post(
          store,
          BUDI,
          { createdAt: later(-2 * MINUTE) },
          { dueAt: later(MINUTE), lane: 'notice' },
        )
        expect(await store.counts(NOW)).toEqual({
          stuck: 0,
          orphanReceipts: 0,
          complaints: { received: 1, closed: 1 },
          overdue: { verify: 1 },
          pending: { sms: { count: 2, oldestSeconds: 120 } },
          failed: 0,
          expired: 0,
          undelivered: [],
          media: { wanted: 0, oldestSeconds: 0, failing: 0, wipes: 0 },
        })
      }),
    )

    test(
      'sees each stuck message whole, with why it is stuck',
      inStore(async (store) => {
        const sms = message(BUDI, {
          text: 'a photo',
          media: [PHOTO],
          position: { lat: -3.3, lon: 114.6 },
          quotedId: 'Q1',
          choice: 'yes',
          answerable: false,
          consent: 'help',
        })
        const stuck = { outcome: 'stuck', stuck: 'TypeError at reduce' }
        await say(store, BUDI, { inbound: inbound(BUDI, { id: 'in-1', message: sms, ...stuck }) })
        expect(await store.stuck(10)).toEqual([
          {
            inboundId: 'in-1',
            address: BUDI,
            message: sms,
            receivedAt: NOW,
            reason: 'TypeError at reduce',
          },
        ])
        expect((await store.counts(NOW)).stuck).toBe(1)
      }),
    )
  })

  describe('the store', () => {
    test(
      'remembers facts and overwrites them',
      inStore(async (store) => {
        expect(await store.getFact('offset')).toBeNull()
        await store.setFacts({ offset: '1', calendar: 'x' })
        await store.setFacts({ offset: '2' })
        expect(await store.getFact('offset')).toBe('2')
        expect(await store.getFact('calendar')).toBe('x')
      }),
    )

    test(
      'finds facts by their keys and by how these begin, and removes them with others',
      inStore(async (store) => {
        await store.setFacts({ 'a:1': 'x', 'a:2': 'y', 'ab:1': 'z', 'A:1': 'big' })
        expect([...(await store.getFacts(['a:2', 'a:9', 'ab:1']))]).toEqual([
          ['a:2', 'y'],
          ['ab:1', 'z'],
        ])
        await store.setFacts({ 'a:1': null, 'a:3': 'w', 'a:9': null })
        expect(new Map(await store.factsUnder('a:'))).toEqual(
          new Map([
            ['a:2', 'y'],
            ['a:3', 'w'],
          ]),
        )
        expect((await store.factsUnder('%')).size).toBe(0)
      }),
    )

    test(
      'swaps a fact for whoever read it last, and for nobody else',
      inStore(async (store) => {
        expect(await store.swapFact('pause', 'x', '1')).toBe(false)
        expect(await store.swapFact('pause', null, '1')).toBe(true)
        expect(await store.swapFact('pause', null, '2')).toBe(false)
        expect(await store.swapFact('pause', '0', '2')).toBe(false)
        const swaps = ['2', '3'].map((value) => store.swapFact('pause', '1', value))
        expect((await Promise.all(swaps)).filter((swapped) => swapped)).toHaveLength(1)
        expect(await store.getFact('pause')).toMatch(/^[23]$/)
      }),
    )

    test(
      'answers a trial write',
      inStore(async (store) => {
        await expect(store.ping(NOW)).resolves.toBeUndefined()
      }),
    )

    test(
      'takes nothing more once it is closed',
      inStore(async (store) => {
        await store.close()
        await expect(store.ping(NOW)).rejects.toThrow('closed')
        await expect(store.getFact('x')).rejects.toThrow('closed')
      }),
    )
  })
}
