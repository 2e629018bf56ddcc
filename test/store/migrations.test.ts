// From the first release on: what an older version stored is all there after the tables were brought up to date.

import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { freshDatabase, withDatabase } from '../support/postgres.ts'
import { enrol } from './enrolled.ts'
import { firstMigration, ROWS } from './first-release.ts'
import { BUDI, conversationOf, later, lease, NOW, PARTS, receipt, SITI, say } from './given.ts'
import { newPath, refusal, withFile } from './temporary.ts'

const insertOf = (table: string, row: object, slot: (n: number) => string) => {
  const columns = Object.keys(row).map((name) => `"${name}"`)
  return `insert into ${table} (${columns}) values (${columns.map((_, i) => slot(i + 1))})`
}

/** Dialect by dialect: a database of the first release, and its rows as they stand now. */
const DIALECTS = [
  {
    name: 'SQLite',
    make: async () => {
      const path = newPath()
      const { statements, when } = firstMigration('sqlite')
      const db = new Database(path)
      for (const sql of statements) db.exec(sql)
      db.exec(
        'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
      )
      db.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('x', when)
      for (const [table, rows] of Object.entries(ROWS))
        for (const row of rows) db.prepare(insertOf(table, row, () => '?')).run(Object.values(row))
      db.close()
      return `sqlite:${path}`
    },
    tables: async (url: string) =>
      withFile(url.slice('sqlite:'.length), (db) =>
        db
          .prepare(
            "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\'",
          )
          .pluck()
          .all(),
      ),
    rows: async (url: string, table: string) =>
      withFile(url.slice('sqlite:'.length), (db) => db.prepare(`select * from ${table}`).all()),
    makeNewer: async (url: string) =>
      withFile(url.slice('sqlite:'.length), (db) =>
        db.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)"),
      ),
  },
  {
    name: 'PostgreSQL',
    make: async () => {
      const url = await freshDatabase()
      const { statements, when } = firstMigration('postgres')
      await withDatabase(url, async (db) => {
        for (const sql of statements) await db.query(sql)
        await db.query(
          'create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
        )
        const applied =
          'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)'
        await db.query(applied, ['x', when])
        for (const [table, rows] of Object.entries(ROWS))
          for (const row of rows) {
            const always = table === 'outbox' || table === 'events'
            const sql = insertOf(table, row, (n) => `$${n}`)
            await db.query(
              always ? sql.replace(' values ', ' overriding system value values ') : sql,
              Object.values(row),
            )
          }
      })
      return url
    },
    tables: (url: string) =>
      withDatabase(url, async (db) => {
        const { rows } = await db.query(
          "select tablename from pg_tables where schemaname = 'public'",
        )
        return (rows as { tablename: string }[]).map(({ tablename }) => tablename)
      }),
    rows: (url: string, table: string) =>
      withDatabase(url, async (db) => {
        const { rows } = await db.query(`select * from ${table}`)
        return rows.map((row) =>
          Object.fromEntries(
            Object.entries(row as Record<string, unknown>).map(([name, value]) => {
              const known = ROWS[table]?.some((one) => typeof one[name] === 'number') === true
              return [name, known && value !== null ? Number(value) : value]
            }),
          ),
        )
      }),
    makeNewer: (url: string) =>
      withDatabase(url, async (db) => {
        await db.query(
          "insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9000000000000000)",
        )
      }),
  },
]

describe.each(DIALECTS)('a database of the first release on $name', ({ make, ...look }) => {
  const open = (url: string) => openStore({ ...PARTS, url })

  async function inStore(fact: (store: Store, url: string) => Promise<void>): Promise<void> {
    const url = await make()
    const store = await open(url)
    try {
      await fact(store, url)
    } finally {
      await store.close()
    }
  }

  test('has a row in every table of its day', async () => {
    const url = await make()
    const known = Object.keys(ROWS)
    for (const table of known)
      expect(await look.rows(url, table)).toHaveLength(ROWS[table]?.length ?? 0)
    if (url.startsWith('sqlite:')) expect((await look.tables(url)).sort()).toEqual(known.sort())
  })

  test('loses no row and changes no value when it is opened', () =>
    inStore(async (_, url) => {
      for (const [table, rows] of Object.entries(ROWS)) {
        const now = await look.rows(url, table)
        for (const row of rows) expect(now).toContainEqual(expect.objectContaining(row))
      }
    }))

  test('is read whole through the port', () =>
    inStore(async (store) => {
      const known = await conversationOf(store, BUDI)
      expect(known).toMatchObject({ version: 4, language: 'bjn', stoppedAt: NOW, state: '{"v":1}' })
      expect(known.mine[0]).toMatchObject({ lastNote: 'tolong segera' })
      const file = await store.caseFile('12345670')
      expect(file?.complaint).toMatchObject({ agency: 'works', externalId: 'N-1', rating: 4 })
      expect(file?.history.map(({ move, note }) => [move, note])).toEqual([
        ['file', null],
        ['assign', 'tolong segera'],
      ])
      expect(file?.messages.map(({ text }) => text)).toEqual(['lamp out', 'thank you', 'assigned'])
      expect(await store.dueClocks(NOW, 9)).toHaveLength(1)
      expect(await store.dueConversations(later(1), 9)).toEqual([
        { address: BUDI, wakeAt: later(1) },
      ])
      expect((await store.listeners('12345670'))[0]).toMatchObject({
        address: BUDI,
        reporter: true,
      })
      const unknown = { album: null, edits: null, start: null }
      const stuck = { inboundId: 'i2', address: BUDI, message: unknown }
      expect((await store.stuck(9))[0]).toMatchObject(stuck)
      expect(await store.getFact('calendar')).toBe('x')
      expect(await store.counts(NOW)).toMatchObject({ stuck: 1, orphanReceipts: 1 })
    }))

  test('knows what its history says of first answers and of how often they did not do', () =>
    inStore(async (store) => {
      const fresh = { holder: null, asked: null, firstAnsweredAt: null, reopens: 0 }
      expect(await store.complaint('12345670')).toMatchObject(fresh)
      const taken = { ...fresh, firstAnsweredAt: later(2), reopens: 1 }
      expect(await store.complaint('10000003')).toMatchObject(taken)
    }))

  test('goes on: what waited is sent, receipts find their message, new people come', () =>
    inStore(async (store) => {
      expect((await lease(store)).map(({ id }) => id)).toEqual(['o1'])
      const effect = await store.recordReceipt(receipt('SM9'), NOW, later(1))
      expect(effect).toMatchObject({ known: true, outboundId: 'o2', status: 'delivered' })
      expect(await say(store, SITI)).toBe('committed')
      expect(await say(store, BUDI)).toBe('committed')
      expect(await enrol(store, BUDI)).toMatchObject({ number: 1 })
    }))

  test('that a newer version has changed is not opened, and says so', async () => {
    const url = await make()
    await (await open(url)).close()
    await look.makeNewer(url)
    expect(await refusal(open(url))).toContain('was written by a newer version; start that version')
  })
})
