// Opening a store on PostgreSQL: migrated once however many start, and refused in one sentence with the cure.
// The sentence never holds the password.

import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { openStore } from '../../../src/store/open.ts'
import { freshDatabase, withDatabase } from '../../support/postgres.ts'
import { BUDI, PARTS, say } from '../given.ts'
import { keptLog, refusal } from '../temporary.ts'

test('several processes that start at once find it migrated once', async () => {
  const url = await freshDatabase()
  const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ ...PARTS, url })))
  for (const store of stores) expect(await say(store, BUDI)).toBe('committed')
  await Promise.all(stores.map((store) => store.close()))
  const { rows } = await withDatabase(url, (db) =>
    db.query('select hash from drizzle.__drizzle_migrations'),
  )
  const hashes = (rows as { hash: string }[]).map((row) => row.hash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a database sealed with another key is refused, and left as it was', async () => {
  const url = await freshDatabase()
  await (await openStore({ ...PARTS, url })).close()
  const why = await refusal(openStore({ ...PARTS, url, dataKey: Buffer.alloc(32, 9) }))
  expect(why).toMatch(/^DATA_KEY does not fit the database t_\w+ at 127\.0\.0\.1:\d+: /)
})

test('a database of a newer version is refused', async () => {
  const url = await freshDatabase()
  await (await openStore({ ...PARTS, url })).close()
  await withDatabase(url, (db) =>
    db.query(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9000000000000)",
    ),
  )
  expect(await refusal(openStore({ ...PARTS, url }))).toContain('was written by a newer version')
})

test('a wrong password is told without it', async () => {
  const url = new URL(await freshDatabase())
  await withDatabase(url.href, (db) => db.query("create role clerk login password 'right'"))
  url.username = 'clerk'
  url.password = 'hunter2'
  const why = await refusal(openStore({ ...PARTS, url: url.href }))
  expect(why).toContain('does not let clerk in (28P01)')
  expect(why).not.toContain('hunter2')
  await withDatabase(await freshDatabase(), (db) => db.query('drop role clerk'))
})

test('a user who may not make tables is told so, and may use those that are made', async () => {
  const owner = await freshDatabase()
  await withDatabase(owner, (db) => db.query("create role reader login password 'right'"))
  const url = Object.assign(new URL(owner), { username: 'reader', password: 'right' }).href
  const why = await refusal(openStore({ ...PARTS, url }))
  expect(why).toMatch(/^PostgreSQL does not let reader do .*; make reader its owner, or /)
  await (await openStore({ ...PARTS, url: owner })).close()
  await withDatabase(owner, (db) =>
    db.query(
      'grant all on all tables in schema public to reader; grant all on all sequences in schema public to reader;' +
        'grant usage on schema drizzle to reader; grant select on all tables in schema drizzle to reader',
    ),
  )
  const store = await openStore({ ...PARTS, url })
  expect(await say(store, BUDI)).toBe('committed')
  await store.close()
  await withDatabase(owner, (db) => db.query('drop owned by reader; drop role reader'))
})

test('a database that is not there is told by its name', async () => {
  const url = new URL(await freshDatabase())
  url.pathname = '/elsewhere'
  expect(await refusal(openStore({ ...PARTS, url: url.href }))).toContain(
    'has no database elsewhere',
  )
})

test('a server that is not there is told by its address', async () => {
  const url = `postgres://kentongan:hunter2@127.0.0.1:${await closedPort()}/k`
  const why = await refusal(openStore({ ...PARTS, url }))
  expect(why).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/)
})

test('a URL that is none is not repeated', async () => {
  const why = await refusal(openStore({ ...PARTS, url: 'postgres://a:hunter2@:::/k' }))
  expect(why).toContain('set postgres://USER:PASSWORD@HOST:PORT/DATABASE')
  expect(why).not.toContain('hunter2')
})

test('commits that are not waited for are warned of', async () => {
  const url = await freshDatabase()
  const { told, log } = keptLog()
  await withDatabase(url, async (db) => {
    await db.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`)
  })
  await (await openStore({ ...PARTS, url, log })).close()
  expect(told.map(({ text }) => text).join()).toContain('synchronous_commit is off')
})

test('a message that holds what PostgreSQL cannot keep is stored without it', async () => {
  const store = await openStore({ ...PARTS, url: await freshDatabase() })
  expect(await say(store, BUDI, { state: 'a\0b' })).toBe('committed')
  await store.close()
})

test('an error tells neither the words of a message nor the row', async () => {
  const url = await freshDatabase()
  const store = await openStore({ ...PARTS, url })
  await withDatabase(url, (db) =>
    db.query("alter table addresses add constraint short check (state not like '%secret%')"),
  )
  const error: unknown = await say(store, BUDI, { state: 'my secret words' }).catch((e) => e)
  const { message, stack, ...rest } = error as Error & Record<string, unknown>
  expect(message).toContain('short')
  expect(JSON.stringify([message, stack, rest, String(rest.cause)])).not.toContain('secret')
  await store.close()
})

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 1) : 1))
    })
  })
}
