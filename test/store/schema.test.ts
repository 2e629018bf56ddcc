// Both databases have the same tables: columns, what may be null, keys, references and indexes, partial ones too.
// So a query written once means the same on both.

import { expect, test } from '@jest/globals'
import { getTableName, is, SQL } from 'drizzle-orm'
import { getTableConfig as ofPostgres, PgDialect, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as ofSqlite, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { openStore } from '../../src/store/open.ts'
import * as postgres from '../../src/store/schema.postgres.ts'
import * as sqlite from '../../src/store/schema.sqlite.ts'
import { freshDatabase, withDatabase } from '../support/postgres.ts'
import { PARTS } from './given.ts'
import { newPath, openAt, withFile } from './temporary.ts'

interface Column {
  readonly name: string
  readonly notNull: boolean
  readonly primary: boolean
  readonly isUnique: boolean
  readonly default: unknown
  getSQLType(): string
}

const KINDS: Readonly<Record<string, string>> = {
  integer: 'number',
  bigint: 'number',
  text: 'text',
  'text COLLATE "C"': 'text',
}

const columnOf = (column: Column) => ({
  name: column.name,
  kind: KINDS[column.getSQLType()],
  notNull: column.notNull,
  primary: column.primary,
  unique: column.isUnique,
  default: column.default ?? null,
})

type Named = { readonly name?: string | undefined }
const names = (columns: readonly Named[]) => columns.map((column) => column.name)

/** What both kinds of tables say of themselves. */
interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly primaryKeys: readonly { readonly columns: readonly Named[] }[]
  readonly foreignKeys: readonly {
    readonly onDelete: string | undefined
    reference(): {
      readonly columns: readonly Named[]
      readonly foreignTable: object
      readonly foreignColumns: readonly Named[]
    }
  }[]
  readonly indexes: readonly {
    readonly config: {
      readonly name?: string | undefined
      readonly columns: readonly unknown[]
      readonly where?: SQL | undefined
      readonly unique?: boolean | undefined
    }
  }[]
  readonly uniqueConstraints: readonly unknown[]
  readonly checks: readonly unknown[]
}

function shapeOf(table: Table, written: (condition: SQL) => string) {
  return {
    name: table.name,
    columns: table.columns.map(columnOf),
    primaryKeys: table.primaryKeys.map((key) => names(key.columns)),
    references: table.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference()
      const onDelete = key.onDelete ?? 'no action'
      return [names(columns), nameOf(foreignTable), names(foreignColumns), onDelete]
    }),
    indexes: table.indexes.map(({ config }) => ({
      name: config.name,
      columns: names(config.columns as readonly Named[]),
      where: config.where === undefined ? null : written(config.where),
      unique: config.unique,
    })),
    others: [table.uniqueConstraints.length, table.checks.length],
  }
}

const nameOf = (table: object) => getTableName(table as PgTable)
const sqliteWords = new SQLiteSyncDialect()
const sqliteShape = (table: SQLiteTable) =>
  shapeOf(ofSqlite(table), (condition) => sqliteWords.sqlToQuery(condition).sql)
const postgresWords = new PgDialect()
const postgresShape = (table: PgTable) =>
  shapeOf(ofPostgres(table), (condition) => postgresWords.sqlToQuery(condition).sql)

const tablesOf = <T>(schema: object, kind: (value: unknown) => value is T) =>
  Object.entries(schema).filter((entry): entry is [string, T] => kind(entry[1]))

const isSqlite = (value: unknown): value is SQLiteTable => is(value, SQLiteTable)
const isPostgres = (value: unknown): value is PgTable => is(value, PgTable)

test('both schemas have the same tables by the same names', () => {
  const [one, other] = [tablesOf(sqlite, isSqlite), tablesOf(postgres, isPostgres)]
  expect(one.length).toBeGreaterThan(15)
  expect(other.map(([key]) => key)).toEqual(one.map(([key]) => key))
})

test.each(tablesOf(sqlite, isSqlite))('%s is the same on both', (key, table) => {
  const twin = new Map(tablesOf(postgres, isPostgres)).get(key)
  if (twin === undefined) throw new Error(`PostgreSQL has no ${key}`)
  const shape = sqliteShape(table)
  expect(shape.columns.every(({ kind }) => kind !== undefined)).toBe(true)
  expect(postgresShape(twin)).toEqual(shape)
})

test('where an index is partial, its condition was compared', () => {
  const partial = tablesOf(sqlite, isSqlite).flatMap(([, table]) =>
    ofSqlite(table).indexes.filter(({ config }) => config.where instanceof SQL),
  )
  expect(partial.length).toBeGreaterThan(10)
})

test('the migrations make every index of the schema, on both', async () => {
  const wanted = tablesOf(sqlite, isSqlite)
    .flatMap(([, table]) => ofSqlite(table).indexes.map(({ config }) => config.name))
    .sort()
  const path = newPath()
  await (await openAt(path)).close()
  const query = "select name from sqlite_master where type = 'index' and sql is not null"
  const inFile = withFile(path, (db) => db.prepare(query).all()) as readonly Named[]
  expect(
    names(inFile)
      .filter((name) => wanted.includes(name ?? ''))
      .sort(),
  ).toEqual(wanted)
  const url = await freshDatabase()
  await (await openStore({ ...PARTS, url })).close()
  const { rows } = await withDatabase(url, (db) =>
    db.query("select indexname as name from pg_indexes where schemaname = 'public'"),
  )
  const made = names(rows as readonly Named[])
  expect(made.filter((name) => wanted.includes(name ?? '')).sort()).toEqual(wanted)
})
