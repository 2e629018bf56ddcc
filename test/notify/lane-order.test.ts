// Whatever providers answer and wherever the process ends: each lane keeps its order and nothing is lost.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SendResult } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import type { Lane } from '../../src/store/outbox-port.ts'
import type { Store } from '../../src/store/store.ts'
import { at } from './support/cases.ts'
import { type Desk, message, openDesk, writes } from './support/desk.ts'
import { playedChannel, taken } from './support/played-channel.ts'

const PEOPLE: readonly Address[] = ['sms:+6281100001', 'sms:+6281100002', 'sms:+6281100003']

/** What happens to one send. The crashes end the process before or after its settlement is written. */
const FATES = ['accepted', 'retry', 'throttled', 'unknown', 'crash-before', 'crash-after'] as const
type Fate = (typeof FATES)[number]

type Happening =
  | { readonly type: 'written'; readonly person: number; readonly lane: Lane }
  | { readonly type: 'drained' }
  | { readonly type: 'later'; readonly seconds: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    type: fc.constant('written' as const),
    person: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
    lane: fc.constantFrom<Lane>('reply', 'notice'),
  }),
  fc.constant({ type: 'drained' as const }),
  fc.record({ type: fc.constant('later' as const), seconds: fc.integer({ min: 1, max: 120 }) }),
)

function resultOf(fate: Fate | undefined): SendResult {
  switch (fate) {
    case 'retry':
      return { outcome: 'retry', reason: 'busy' }
    case 'throttled':
      return { outcome: 'throttled', reason: '429', afterMs: 20_000 }
    case 'unknown':
      return { outcome: 'unknown', reason: 'no answer' }
    default:
      return taken()
  }
}

/** A store whose process ends at the settlements that were fated so. */
function mortal(store: Store, crashes: Map<string, Fate>): Store {
  return {
    ...store,
    settle: async (id, lease, settlement) => {
      const fate = crashes.get(id)
      crashes.delete(id)
      if (fate === 'crash-before') throw new Error('the process ended')
      const settled = await store.settle(id, lease, settlement)
      if (fate === 'crash-after') throw new Error('the process ended')
      return settled
    },
  }
}

async function story(happenings: readonly Happening[], fates: readonly Fate[]) {
  const left = [...fates]
  const crashes = new Map<string, Fate>()
  const accepted: string[] = []
  const repeatable = new Set<string>()
  const line = playedChannel('line', ({ id, text }) => {
    const fate = left.shift()
    const result = resultOf(fate)
    if (result.outcome === 'accepted') accepted.push(text)
    if (fate === 'crash-before' || fate === 'crash-after') crashes.set(id, fate)
    if (fate === 'crash-before' || fate === 'unknown') repeatable.add(text)
    return result
  })
  let desk: Desk = await openDesk({ now: at('2026-11-23 08.00'), channels: [line] })
  const { store } = desk
  const written = new Map<string, string[]>()
  let count = 0
  const drain = async () => {
    await desk.outbox.drain()
    await desk.outbox.stop()
    desk = await desk.restart({ store: mortal(store, crashes) })
  }
  await drain()
  for (const one of happenings) {
    if (one.type === 'drained') await drain()
    else if (one.type === 'later') {
      desk.setClock(new Date(desk.now().getTime() + one.seconds * 1000))
    } else {
      const text = `${one.person} ${one.lane} ${count++}`
      const lane = `${one.person} ${one.lane}`
      written.set(lane, [...(written.get(lane) ?? []), text])
      const address = PEOPLE[one.person] ?? 'sms:+6281100009'
      await writes(desk, address, {
        outbound: (to) => [message(desk, to, { lane: one.lane, text })],
      })
    }
  }
  // Long enough for every wait and every lease of what was fated.
  const waits = async () => Object.keys((await store.counts(desk.now())).pending).length > 0
  for (let i = 0; i < 30 + fates.length && (await waits()); i++) {
    desk.setClock(new Date(desk.now().getTime() + 120_000))
    await drain()
  }
  await desk.outbox.stop()
  await store.close()
  return { written, accepted, repeatable }
}

describe('any interleaving', () => {
  test('of writing, sending, waiting and crashing keeps order, loses nothing, repeats only what was in flight', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 25 }),
        fc.array(fc.constantFrom(...FATES), { maxLength: 15 }),
        async (happenings, fates) => {
          const { written, accepted, repeatable } = await story(happenings, fates)
          for (const [lane, texts] of written) {
            const first = [...new Set(accepted.filter((text) => text.startsWith(`${lane} `)))]
            expect(first).toEqual(texts)
          }
          const repeated = accepted.filter((text, i) => accepted.indexOf(text) !== i)
          expect(repeated.filter((text) => !repeatable.has(text))).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })
})
