// PostgreSQL stopped, killed, frozen, started again: a call resolves or rejects within seconds, and it heals by itself.
// What was acknowledged is still there; a process never ends because a connection did.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import { openStore } from '../../../src/store/open.ts'
import { type Store, StoreAway } from '../../../src/store/store.ts'
import { startPostgres, withDatabase } from '../../support/postgres.ts'
import type { PostgresServer } from '../../support/postgres-server.ts'
import { conversationOf, NOW, PARTS, say } from '../given.ts'
import { keptLog } from '../temporary.ts'

/** Longer than any call may take: 3 s, and what a busy machine adds. */
const LIMIT_MS = 5_000

let server: PostgresServer
let store: Store
const { told, log } = keptLog()

beforeAll(async () => {
  server = await startPostgres(true)
  store = await openStore({ ...PARTS, url: server.url, log })
})
afterAll(() => store.close())

const person = (n: number): Address => `sms:+62811000090${n}`

async function refusedInTime(call: Promise<unknown>): Promise<void> {
  const began = performance.now()
  await expect(call).rejects.toBeInstanceOf(StoreAway)
  expect(performance.now() - began).toBeLessThan(LIMIT_MS)
}

const heard = async (address: Address) => (await conversationOf(store, address)).version

describe('while the server is away', () => {
  test('everything is refused at once, and goes on as soon as it is back', async () => {
    expect(await say(store, person(1))).toBe('committed')
    await server.stop()
    await refusedInTime(conversationOf(store, person(1)))
    await refusedInTime(store.ping(NOW))
    await server.start()
    expect(await say(store, person(1))).toBe('committed')
    expect(await heard(person(1))).toBe(2)
  })

  test('idle connections that were lost are told of, and harm nobody', async () => {
    await Promise.all([1, 2, 3, 4].map(() => store.counts(NOW)))
    await server.kill()
    await server.start()
    expect(await heard(person(1))).toBe(2)
    expect(told.map(({ text }) => text)).toContain('a database connection was lost')
  })

  test('a transaction that was broken off is refused, and nothing of it stays', async () => {
    const turns = Array.from({ length: 40 }, (_, i) => say(store, person(i % 9)))
    const outcomes = Promise.allSettled(turns)
    await server.kill()
    const settled = await outcomes
    await server.start()
    const committed = settled.filter(
      (one) => one.status === 'fulfilled' && one.value === 'committed',
    )
    for (const one of settled)
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(StoreAway)
    const versions = await Promise.all(Array.from({ length: 9 }, (_, i) => heard(person(i))))
    const sum = versions.reduce((all, one) => all + one, 0) - 2
    // What was committed without anybody hearing of it may stand there too.
    expect(sum).toBeGreaterThanOrEqual(committed.length)
    expect(sum).toBeLessThanOrEqual(settled.length)
  })

  test('one that could only be read is written as soon as that is over', async () => {
    await withDatabase(server.url, (db) =>
      db.query('alter database postgres set default_transaction_read_only = on'),
    )
    await server.stop()
    await server.start()
    await refusedInTime(store.ping(NOW))
    await withDatabase(server.url, (db) =>
      db.query('set transaction_read_only = off; alter database postgres reset all'),
    )
    await store.ping(NOW)
  })

  test('what others hold locked is refused as away', async () => {
    await withDatabase(server.url, async (db) => {
      await db.query('begin; lock table meta, inbox in access exclusive mode')
      await refusedInTime(say(store, person(8)))
    })
    expect(await say(store, person(8))).toBe('committed')
  })

  test('a server that does not answer is waited for no longer than seconds', async () => {
    server.freeze()
    await Promise.all([
      refusedInTime(conversationOf(store, person(1))),
      refusedInTime(say(store, person(1))),
      refusedInTime(store.leaseDue(NOW, 1000, 1)),
    ])
    server.thaw()
    expect(await say(store, person(7))).toBe('committed')
  })
})
