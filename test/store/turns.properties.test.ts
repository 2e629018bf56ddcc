// Many turns at once, some of them copies: each message takes effect exactly once, whoever comes first.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Address } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import { emptiedDatabase } from '../support/postgres.ts'
import { conversationOf, inbound, message, outbound, PARTS, turn } from './given.ts'

const PEOPLE: readonly Address[] = ['sms:+628110000001', 'sms:+628110000002']

const delivery = fc.record({
  person: fc.nat({ max: PEOPLE.length - 1 }),
  message: fc.nat({ max: 9 }),
})

/** PostgreSQL takes a hundred times as long to be emptied: fewer runs. */
const DATABASES = [
  { name: 'SQLite', url: async () => 'sqlite::memory:', numRuns: 40 },
  { name: 'PostgreSQL', url: emptiedDatabase, numRuns: 8 },
] as const

test.each(DATABASES)(
  'every message that was acknowledged is answered once, in any order and however often it comes: $name',
  async ({ url, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 30 }), async (deliveries) => {
        const store = await openStore({ ...PARTS, url: await url() })
        /** As the gateway does: decide again when overtaken. */
        async function receive(person: number, n: number): Promise<string> {
          const address = PEOPLE[person] ?? 'sms:+628110000001'
          const providerId = `SM-${person}-${n}`
          for (;;) {
            const known = await conversationOf(store, address)
            const outcome = await store.commitTurn(
              turn(known, {
                inbound: inbound(address, { message: message(address, { providerId }) }),
                outbound: [outbound(known.addressId, { id: `${providerId} ${known.version}` })],
              }),
            )
            if (outcome !== 'stale') return outcome
          }
        }
        try {
          const told = await Promise.all(deliveries.map((one) => receive(one.person, one.message)))
          const different = new Set(deliveries.map((one) => `${one.person}-${one.message}`)).size
          expect(told.filter((outcome) => outcome === 'committed')).toHaveLength(different)
          const versions = await Promise.all(PEOPLE.map((one) => conversationOf(store, one)))
          expect(versions.reduce((sum, one) => sum + one.version, 0)).toBe(different)
          const waiting = (await store.counts(PARTS.clock())).pending.sms?.count ?? 0
          expect(waiting).toBe(different)
        } finally {
          await store.close()
        }
      }),
      { numRuns },
    )
  },
)
