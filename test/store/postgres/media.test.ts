// Attachments among several processes on one database: each is fetched by one, and no file is removed that is stored.
// Each store here is a process of its own, as far as the database can tell.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/store.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { conversationOf, DAY, later, MINUTE, NOW, PARTS, PHOTO, say, turn } from '../given.ts'

let stores: readonly Store[]
beforeAll(async () => {
  const url = await freshDatabase()
  stores = await Promise.all(Array.from({ length: 3 }, () => openStore({ ...PARTS, url })))
})
afterAll(() => Promise.all(stores.map((store) => store.close())))

const store = (n: number) => stores[n] as Store
const person = (n: number): Address => `sms:+62812000${String(n).padStart(4, '0')}`

let made = 0
async function attach(address: Address): Promise<string> {
  const id = `media-${++made}`
  await say(store(0), address, { media: [{ id, part: 0, ref: PHOTO, until: later(DAY) }] })
  return id
}

test('each attachment is handed to one of the processes that ask at once', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => attach(person(n))))
  const leased = await Promise.all(
    [0, 1, 2, 0, 1, 2].map((n) => store(n).leaseMedia(NOW, MINUTE, 10)),
  )
  const given = leased.flat().map(({ id }) => id)
  expect(new Set(given).size).toBe(given.length)
  const rest = await store(0).leaseMedia(NOW, MINUTE, 99)
  expect([...given, ...rest.map(({ id }) => id)].sort()).toEqual(ids.sort())
})

test('a file is removed by one and stored by another never at the same time', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 25; round++) {
    const digest = String(round).padStart(64, '0')
    const keep = async (address: Address) => {
      const id = await attach(address)
      const row = (await store(0).leaseMedia(NOW, MINUTE, 99)).find((one) => one.id === id)
      return { id, lease: row?.lease ?? '' }
    }
    const [first, second] = [person(1000 + round), person(2000 + round)]
    const one = await keep(first)
    await store(0).claimMedia(one.id, one.lease, digest, NOW)
    const known = await conversationOf(store(0), first)
    await store(0).commitTurn(turn(known, { now: later(DAY), erase: { onDuty: [] } }))
    const two = await keep(second)
    const at = later(DAY)
    const [claimed, wiping] = await Promise.all([
      store(1).claimMedia(two.id, two.lease, digest, at),
      store(2).leaseWipes(at, MINUTE, 9),
    ])
    expect([claimed, wiping]).toEqual(claimed === 'ours' ? ['ours', []] : ['busy', [digest]])
    outcomes.add(claimed)
    if (claimed === 'busy') await store(2).wiped(digest)
  }
  expect(outcomes.size).toBeGreaterThan(0)
})
