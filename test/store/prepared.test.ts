// What prepared.ts takes from the inside of the pinned drizzle: its rows are those that drizzle itself makes.
// An upgrade that changes this fails here, by name, and not in a query somewhere above.

import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { eq, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { alias, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { preparedWhenUsed } from '../../src/store/prepared.ts'
import type { Values } from '../../src/store/queries/source.ts'

const people = sqliteTable('people', {
  id: integer('id').primaryKey(),
  fullName: text('full_name').notNull(),
  /** With an encoder and a decoder of drizzle's. */
  isBusy: integer('is_busy', { mode: 'boolean' }),
  likes: text('likes', { mode: 'json' }).$type<readonly string[]>(),
  bornAt: integer('born_at', { mode: 'timestamp_ms' }),
})
const pets = sqliteTable('pets', { id: integer('id').primaryKey(), owner: integer('owner') })

const client = new Database(':memory:')
client.exec(`create table people (id integer primary key, full_name text not null, is_busy integer,
    likes text, born_at integer);
  create table pets (id integer primary key, owner integer);
  insert into people values (1, 'Ana', 1, '["cats"]', 86400000), (2, 'Budi', null, null, null);
  insert into pets values (7, 1), (8, null)`)
const db = drizzle(client)
const given = (name: string) => sql.placeholder(name)

interface Kept {
  readonly stmt?: { readonly raw?: unknown }
  readonly query?: { readonly params?: unknown }
  readonly executeMethod?: unknown
  readonly fields?: unknown
  readonly customResultMapper?: unknown
}

interface Query {
  prepare(): { execute(values?: Values): unknown }
}

/** Both have a statement of their own: ours reads raw rows. */
async function both(query: Query, values: Values = {}) {
  const drizzles = await query.prepare().execute(values)
  const ours = await preparedWhenUsed('ours', query).execute(values)
  return { drizzles, ours }
}

const friends = alias(people, 'friends')
const shout = sql<string>`upper(${people.fullName})`
const counted = db
  .select({ owner: pets.owner, n: sql<number>`count(*)`.as('n') })
  .from(pets)
  .groupBy(pets.owner)
  .as('counted')

const QUERIES: readonly (readonly [string, Query, Values?])[] = [
  ['all columns of a table, those with decoders too', db.select().from(people)],
  [
    'some columns under other names',
    db.select({ who: people.fullName, at: people.bornAt }).from(people),
  ],
  [
    'a table joined that is missing in a row',
    db.select().from(people).leftJoin(pets, eq(pets.owner, people.id)),
  ],
  [
    'tables the other way round, joined from the left',
    db.select({ pet: pets, person: people }).from(pets).leftJoin(people, eq(pets.owner, people.id)),
  ],
  [
    'a table joined that is always there',
    db.select().from(people).innerJoin(pets, eq(pets.owner, people.id)),
  ],
  [
    'single columns of what is missing, one below',
    db
      .select({ name: people.fullName, pet: { id: pets.id, owner: pets.owner } })
      .from(people)
      .leftJoin(pets, eq(pets.owner, people.id)),
  ],
  [
    'columns of two tables in one, which is never null',
    db
      .select({ both: { id: people.id, pet: pets.id } })
      .from(people)
      .leftJoin(pets, eq(pets.owner, people.id)),
  ],
  [
    'a table under another name',
    db
      .select()
      .from(people)
      .leftJoin(friends, eq(friends.id, given('friend'))),
    { friend: 2 },
  ],
  [
    'expressions, with an alias and without',
    db.select({ shout, named: shout.as('named') }).from(people),
  ],
  [
    'an expression with a decoder',
    db.select({ at: sql<Date | null>`${people.bornAt}`.mapWith(people.bornAt) }).from(people),
  ],
  [
    'a column and an expression of a subquery',
    db
      .select({ name: people.fullName, n: counted.n, owner: counted.owner })
      .from(people)
      .leftJoin(counted, eq(counted.owner, people.id)),
  ],
  [
    'what is compared with a given value, encoded by its column',
    db
      .select({ id: people.id })
      .from(people)
      .where(sql`${people.isBusy} = ${sql.param(given('busy'), people.isBusy)}`),
    { busy: true },
  ],
  [
    'a given value in an expression, as it is, twice',
    db
      .select({ id: people.id })
      .from(people)
      .where(sql`${people.id} in (${given('id')}, ${given('id')} + 1)`),
    { id: 1 },
  ],
  [
    'constants among given values',
    db
      .select({ id: people.id })
      .from(people)
      .where(sql`${people.id} = ${1} + ${given('n')}`),
    { n: 1 },
  ],
]

describe('rows are those of drizzle itself:', () => {
  test.each(QUERIES)('%s', async (...[, query, values = {}]) => {
    const { drizzles, ours } = await both(query, values)
    expect(drizzles).not.toEqual([])
    expect(ours).toEqual(drizzles)
  })
})

test('what is written is encoded by its columns, and read back the same', async () => {
  const slots = { id: given('id'), fullName: given('fullName'), likes: given('likes') }
  const row = { isBusy: given('isBusy'), bornAt: given('bornAt') }
  const insert = db.insert(people).values({ ...slots, ...row })
  const values = { fullName: 'Citra', likes: ['rain'], isBusy: false, bornAt: new Date(5) }
  await insert.prepare().execute({ ...values, id: 11 })
  await preparedWhenUsed('insert', insert).execute({ ...values, id: 12 })
  const raw = client.prepare('select full_name, is_busy, likes, born_at from people where id = ?')
  expect(raw.get(12)).toEqual(raw.get(11))
  client.exec('delete from people where id > 10')
})

test('what returns its rows does so, and what does not tells how many it changed', async () => {
  const change = db.update(people).set({ fullName: given('name') as unknown as SQL<string> })
  const one = change.where(eq(people.id, 1))
  const told = await both(one, { name: 'Ana' })
  expect(told.ours).toEqual(told.drizzles)
  expect(told.ours).toMatchObject({ changes: 1 })
  const returning = await both(one.returning({ id: people.id, busy: people.isBusy }), {
    name: 'Ana',
  })
  expect(returning.ours).toEqual(returning.drizzles)
  expect(returning.ours).toEqual([{ id: 1, busy: true }])
})

test('a value that was not given is refused in the same words, and nothing is asked', async () => {
  const query = db
    .select()
    .from(people)
    .where(eq(people.id, given('id')))
  const words = async (run: () => unknown) => {
    try {
      return await run()
    } catch (error) {
      return (error as Error).message
    }
  }
  const drizzles = await words(() => query.prepare().execute({}))
  expect(drizzles).toContain('"id"')
  expect(await words(() => preparedWhenUsed('missing', query).execute({}))).toBe(drizzles)
})

test('each of these is run by our own reading, not handed back to drizzle', () => {
  for (const [, query] of QUERIES) {
    const made = query.prepare() as unknown as Kept
    const { executeMethod, fields, customResultMapper } = made
    expect([executeMethod, Array.isArray(fields), customResultMapper]).toEqual([
      'all',
      true,
      undefined,
    ])
    expect([typeof made.stmt?.raw, Array.isArray(made.query?.params)]).toEqual(['function', true])
  }
})
