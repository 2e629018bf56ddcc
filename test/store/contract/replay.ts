// Stuck messages are found oldest first, page by page, and are stuck no more once they are decided again.

import { describe, expect, test } from '@jest/globals'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  HOUR,
  type InStore,
  inbound,
  later,
  message,
  outbound,
  SITI,
  say,
  turn,
} from '../given.ts'

const STUCK = { outcome: 'stuck', stuck: 'TypeError at reduce' }

/** A message of Budi that could not be decided, as it was stored. */
async function stuckOf(store: Store, ms: number, text: string) {
  const stored = inbound(BUDI, {
    message: message(BUDI, { text }),
    receivedAt: later(ms),
    ...STUCK,
  })
  await say(store, BUDI, { inbound: stored })
  return stored
}

export function describeReplay(inStore: InStore): void {
  describe('stuck messages', () => {
    test(
      'come oldest first, and page by page each once, also those of one moment',
      inStore(async (store) => {
        for (const [ms, text] of [
          [3, 'c'],
          [1, 'a'],
          [3, 'd'],
          [2, 'b'],
        ] as const)
          await stuckOf(store, ms, text)
        const first = await store.stuck(3)
        const rest = await store.stuck(3, first.at(-1))
        const texts = [...first, ...rest].map(({ message: { text } }) => text)
        expect(texts.slice(0, 2)).toEqual(['a', 'b'])
        expect(texts.slice(2).sort()).toEqual(['c', 'd'])
        expect(await store.stuck(3, rest.at(-1))).toEqual([])
      }),
    )

    test(
      'are handed on as they came: what they edit, their album, what a link carried',
      inStore(async (store) => {
        const came = { edits: 'M-1', album: 'A-7', start: 'kel-1', quotedId: 'M-0' }
        const whole = message(BUDI, { text: 'lamp out', ...came })
        await say(store, BUDI, { inbound: inbound(BUDI, { message: whole, ...STUCK }) })
        expect((await store.stuck(9)).map((one) => one.message)).toEqual([whole])
      }),
    )

    test(
      'are not found once their sender is erased',
      inStore(async (store) => {
        await stuckOf(store, 0, 'lamp out')
        await say(store, BUDI, { inbound: null, erase: { onDuty: [] } })
        expect(await store.stuck(9)).toEqual([])
      }),
    )

    test(
      'decided again keep their row and place, and are stuck no more',
      inStore(async (store) => {
        const stored = await stuckOf(store, 0, 'lamp out')
        const known = await conversationOf(store, BUDI)
        const again = {
          ...turn(known, { now: later(HOUR), outbound: [outbound(known.addressId)] }),
          inbound: {
            ...stored,
            id: 'another',
            receivedAt: later(HOUR),
            outcome: 'answered',
            stuck: null,
          },
          replay: true,
        }
        expect(await store.commitTurn(again)).toBe('committed')
        expect(await store.stuck(9)).toEqual([])
        expect((await store.counts(later(HOUR))).stuck).toBe(0)
        const after = await conversationOf(store, BUDI, later(HOUR))
        expect(after.lastHeardAt).toEqual(known.lastHeardAt)
        expect(after.messagesThisHour).toBe(0)
        expect(await store.commitTurn({ ...again, expectVersion: after.version })).toBe('duplicate')
      }),
    )

    test(
      'overtaken by another turn of the person stay stuck',
      inStore(async (store) => {
        const stored = await stuckOf(store, 0, 'lamp out')
        const known = await conversationOf(store, BUDI)
        await say(store, BUDI)
        const again = { ...turn(known), inbound: { ...stored, stuck: null }, replay: true }
        expect(await store.commitTurn(again)).toBe('stale')
        expect(await store.stuck(9)).toHaveLength(1)
      }),
    )

    test(
      'are the only ones that can be decided again',
      inStore(async (store) => {
        const answered = inbound(SITI)
        await say(store, SITI, { inbound: answered })
        const known = await conversationOf(store, SITI)
        const again = { ...turn(known), inbound: answered, replay: true }
        expect(await store.commitTurn(again)).toBe('duplicate')
      }),
    )
  })
}
