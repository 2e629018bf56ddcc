// PostgreSQL for a test: a database of its own on the server of the run, or a server of its own to be ended at will.
// Whatever was made here goes when the tests of the file are done.

import { randomUUID } from 'node:crypto'
import { afterAll } from '@jest/globals'
import pg from 'pg'
import * as server from './postgres-server.ts'

const databases: string[] = []
const servers: server.PostgresServer[] = []
let emptied: Emptied | null = null

interface Emptied {
  readonly url: string
  /** Kept for the whole file: a new connection has to learn every table before it can empty it. */
  readonly db: pg.Client
}

afterAll(async () => {
  await emptied?.db.end()
  await Promise.all(servers.splice(0).map((one) => one.remove()))
  if (databases.length > 0) await onServer((db) => drop(db, databases.splice(0)))
})

/** The URL of a new, empty database: `postgres://…`. */
export async function freshDatabase(): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await onServer((db) => db.query(`create database ${name} template template0`))
  databases.push(name)
  return urlOf(name)
}

/**
 * The URL of a database whose tables are there and empty: one for the whole file, so only for tests that come after
 * each other. A tenth of the time that a new one takes.
 */
export async function emptiedDatabase(): Promise<string> {
  if (emptied !== null) {
    await empty(emptied.db)
    return emptied.url
  }
  const url = await freshDatabase()
  emptied = { url, db: await connected(url) }
  return url
}

async function empty(db: pg.Client): Promise<void> {
  const { rows } = await db.query(
    "select tablename from pg_tables where schemaname = 'public' and tablename <> 'meta'",
  )
  const tables = (rows as readonly { readonly tablename: string }[]).map((row) => row.tablename)
  // Deleted without asking what refers to it; truncating would give each of them new files.
  const deletes = tables.map((name) => `delete from ${name}`)
  await db.query(['set session_replication_role = replica', ...deletes].join('; '))
}

/** A server of its own, for tests that stop, kill or freeze it. `durable`: with fsync. */
export async function startPostgres(durable = false): Promise<server.PostgresServer> {
  const started = await server.startPostgres(durable)
  servers.push(started)
  return started
}

/** Runs with a plain connection to this database, as another program would have it. */
export async function withDatabase<T>(
  url: string,
  look: (db: pg.Client) => Promise<T>,
): Promise<T> {
  const db = await connected(url)
  try {
    return await look(db)
  } finally {
    await db.end()
  }
}

async function connected(url: string): Promise<pg.Client> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  return db
}

const onServer = <T>(look: (db: pg.Client) => Promise<T>) => withDatabase(sharedUrl(), look)

function sharedUrl(): string {
  const url = process.env.TEST_POSTGRES_URL
  if (url === undefined) throw new Error('there is no PostgreSQL: run the tests by jest.config.js')
  return url
}

function urlOf(name: string): string {
  const url = new URL(sharedUrl())
  url.pathname = `/${name}`
  return url.href
}

async function drop(db: pg.Client, names: readonly string[]): Promise<void> {
  for (const name of names) await db.query(`drop database ${name} with (force)`)
}
