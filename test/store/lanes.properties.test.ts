// Any interleaving of committing, leasing, crashing, settling and receipts keeps each lane's order and loses nothing.
// A model beside the store remembers what was put in and what the provider has accepted.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Address } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import type { Lane, Leased } from '../../src/store/outbox-port.ts'
import type { Store } from '../../src/store/store.ts'
import { emptiedDatabase } from '../support/postgres.ts'
import { HOUR, LEASE_MS, later, PARTS, post, receipt } from './given.ts'

const PEOPLE: readonly Address[] = ['sms:+628110000001', 'sms:+628110000002']
const STEP_MS = LEASE_MS / 2

const person = fc.nat({ max: PEOPLE.length - 1 })
const lane = fc.constantFrom<Lane>('reply', 'notice')
const delay = fc.constantFrom(0, STEP_MS, 3 * STEP_MS)
const pick = fc.nat({ max: 5 })

type Step =
  | { readonly do: 'commit'; readonly person: number; readonly lane: Lane; readonly delay: number }
  | { readonly do: 'lease'; readonly limit: number }
  /** Settles one of the leases in hand, however old. */
  | { readonly do: 'settle'; readonly pick: number; readonly how: 'sent' | 'retry' | 'put-off' }
  /** The process dies: nobody will settle what is in hand. */
  | { readonly do: 'crash' }
  | { readonly do: 'wait' }
  | { readonly do: 'receipt'; readonly pick: number; readonly status: 'delivered' | 'failed' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), person, lane, delay }),
  fc.record({ do: fc.constant('lease' as const), limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    pick,
    how: fc.constantFrom('sent' as const, 'retry' as const, 'put-off' as const),
  }),
  fc.record({ do: fc.constant('crash' as const) }),
  fc.record({ do: fc.constant('wait' as const) }),
  fc.record({
    do: fc.constant('receipt' as const),
    pick,
    status: fc.constantFrom('delivered' as const, 'failed' as const),
  }),
)

/** What the outside has seen: each message put in, its place, and how far it came. */
interface Known {
  readonly order: number
  readonly lane: string
  dueAt: number
  accepted: boolean
  /** Until then nobody else of the lane may be handed out. */
  leasedUntil: number
}

function model(store: Store) {
  const known = new Map<string, Known>()
  const accepted: string[] = []
  let hand: Leased[] = []
  let elapsed = 0
  const now = () => later(elapsed)

  /** Nothing that stands before a leased message in its lane may still wait, or be in hand as well. */
  function checkOrder(rows: readonly Leased[]): void {
    for (const row of rows) {
      const me = known.get(row.id)
      if (me === undefined) throw new Error(`${row.id} was never put in`)
      expect(me.accepted).toBe(false)
      for (const other of known.values()) {
        if (other.lane !== me.lane) continue
        expect(other.leasedUntil).toBeLessThanOrEqual(now().getTime())
        if (other.order < me.order && other.dueAt <= now().getTime())
          expect(other.accepted).toBe(true)
      }
    }
    for (const { id } of rows) {
      const me = known.get(id)
      if (me !== undefined) me.leasedUntil = now().getTime() + LEASE_MS
    }
    const lanes = rows.map((row) => `${row.addressId} ${row.lane}`)
    expect(new Set(lanes).size).toBe(lanes.length)
  }

  async function settle(row: Leased, how: 'sent' | 'retry' | 'put-off'): Promise<void> {
    const at = now()
    const wait = new Date(at.getTime() + STEP_MS)
    const me = known.get(row.id)
    if (me === undefined) return
    if (how === 'retry') {
      const retry = { status: 'retry', retryAt: wait, reason: 'busy', counts: true } as const
      if (await store.settle(row.id, row.lease, retry)) me.leasedUntil = 0
    } else if (how === 'put-off') {
      const putOff = { status: 'put-off', dueAt: wait, reason: 'quiet' } as const
      if (!(await store.settle(row.id, row.lease, putOff))) return
      me.dueAt = wait.getTime()
      me.leasedUntil = 0
    } else {
      const sent = { status: 'sent', account: 'twilio', providerIds: [row.lease], at } as const
      if (!(await store.settle(row.id, row.lease, sent))) return
      me.accepted = true
      me.leasedUntil = 0
      accepted.push(row.lease)
    }
  }

  async function lease(limit: number): Promise<number> {
    const rows = await store.leaseDue(now(), LEASE_MS, limit)
    checkOrder(rows)
    hand.push(...rows)
    return rows.length
  }

  async function run(one: Step): Promise<void> {
    switch (one.do) {
      case 'commit': {
        const id = `m${known.size}`
        const address = PEOPLE[one.person] ?? 'sms:+628110000001'
        const dueAt = new Date(now().getTime() + one.delay)
        const expiresAt = later(1000 * HOUR)
        await post(store, address, { id, lane: one.lane, createdAt: now(), dueAt, expiresAt })
        const order = known.size
        const name = `${address} ${one.lane}`
        known.set(id, {
          order,
          lane: name,
          dueAt: dueAt.getTime(),
          accepted: false,
          leasedUntil: 0,
        })
        return
      }
      case 'lease':
        await lease(one.limit)
        return
      case 'settle': {
        const [row] = hand.splice(one.pick % Math.max(1, hand.length), 1)
        if (row !== undefined) await settle(row, one.how)
        return
      }
      case 'crash':
        hand = []
        return
      case 'wait':
        elapsed += STEP_MS
        return
      case 'receipt': {
        const providerId = accepted[one.pick % Math.max(1, accepted.length)]
        if (providerId === undefined) return
        const failure = one.status === 'failed' ? 'transient' : null
        const told = receipt(providerId, { status: one.status, failure })
        const effect = await store.recordReceipt(told, now(), now())
        const me = known.get(effect.outboundId ?? '')
        if (me === undefined) return
        me.accepted = effect.status !== 'pending'
        if (me.accepted) me.leasedUntil = 0
      }
    }
  }

  /** Everything is settled as sent until nothing waits any more. */
  async function drain(): Promise<void> {
    for (let rounds = 0; rounds < 200; rounds++) {
      elapsed += LEASE_MS
      hand = []
      if ((await lease(100)) === 0 && [...known.values()].every((one) => one.accepted)) return
      for (const row of hand.splice(0)) await settle(row, 'sent')
    }
    throw new Error('something waits for ever')
  }

  return { run, drain }
}

/** PostgreSQL takes a hundred times as long to be emptied: fewer runs. */
const DATABASES = [
  { name: 'SQLite', url: async () => 'sqlite::memory:', numRuns: 60 },
  { name: 'PostgreSQL', url: emptiedDatabase, numRuns: 8 },
] as const

test.each(DATABASES)(
  'lanes keep their order and lose nothing, whatever happens in between: $name',
  async ({ url, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const store = await openStore({ ...PARTS, url: await url() })
        try {
          const { run, drain } = model(store)
          for (const one of steps) await run(one)
          await drain()
          expect((await store.counts(later(0))).pending).toEqual({})
        } finally {
          await store.close()
        }
      }),
      { numRuns },
    )
  },
)
