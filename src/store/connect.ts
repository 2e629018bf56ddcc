// Opens the connections to one SQLite file and makes sure of it: pragmas, key, migrations.
// A file that was sealed with another key is not touched.

import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { type Column, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { NewId } from '../clock.ts'
import { inodeOf } from './lock.ts'
import { preparedWhenUsed } from './prepared.ts'
import { given, type Source } from './queries/source.ts'
import { type Reads, readsOver, type Writes, writesOver } from './queries-over.ts'
import * as schema from './schema.sqlite.ts'
import type { Seal } from './seal.ts'

/** Beside this file in src and in dist; scripts/copy-migrations.mjs carries it there. */
const MIGRATIONS = fileURLToPath(new URL('./migrations/sqlite', import.meta.url))

/** What a source is on SQLite, whatever the connection. */
export const SQLITE = {
  pipelines: false,
  // SQLite joins in no other way.
  lookedUp: (column: Column, key: Column) => eq(column, key),
  dbNow: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  leaseNow: given<number>('leaseNow'),
  leaseTime: (now: Date) => now.getTime(),
  locks: null,
} as const

/** Short, because a waiting connection holds up the whole event loop. */
const BUSY_TIMEOUT_MS = 250

const SEAL_CHECK = 'seal'
const SEAL_WORDS = 'kentongan'

export interface Connections {
  readonly writer: Database.Database
  readonly reads: Reads
  readonly writes: Writes
  /** Of the file as it was opened, and of its log; null in memory. */
  readonly inode: number | null
  readonly walInode: number | null
  close(): void
}

export interface ConnectParts {
  /** Null: in memory. */
  readonly path: string | null
  readonly seal: Seal
  readonly newId: NewId
  /** Further pragmas of the writing connection. */
  readonly pragmas: readonly string[]
}

export function connect({ path, seal, newId, pragmas }: ConnectParts): Connections {
  if (path !== null) makePrivate(path)
  const writer = new Database(path ?? ':memory:', { timeout: BUSY_TIMEOUT_MS })
  try {
    for (const pragma of [...PRAGMAS, ...pragmas]) writer.pragma(pragma)
    checkKey(writer, seal, path)
    checkAge(writer, path)
    migrate(drizzle(writer), { migrationsFolder: MIGRATIONS })
    storeKeyCheck(writer, seal)
    // The lock beside the file is ours: whoever held a lease of this file is gone.
    writer.exec('update leases set until = 0')
    // In memory there is only one connection: a second would see another, empty database. Reads never
    // meet a half-done group, because a group runs from BEGIN to COMMIT without leaving the microtasks.
    const reader = path === null ? writer : openReader(path)
    return {
      writer,
      reads: readsOver(sourceOver(reader, seal)),
      writes: writesOver(writingOver(writer, seal), newId),
      inode: path === null ? null : inodeOf(path),
      walInode: path === null ? null : inodeOf(`${path}-wal`),
      close() {
        reader.close()
        writer.close()
      },
    }
  } catch (error) {
    writer.close()
    throw error
  }
}

/** What the queries are given of a connection. */
export function sourceOver(client: Database.Database, seal: Seal): Source {
  const db = drizzle(client, { schema })
  return { db, t: schema, seal, prepare: preparedWhenUsed, ...SQLITE }
}

/**
 * The same for writes. A full disk ends the transaction with the statement that met it: what the job had asked beside
 * that one would be written by itself, and stay when the job is run again.
 */
export function writingOver(client: Database.Database, seal: Seal): Source {
  const within = () => {
    if (!client.inTransaction) throw new Error('the transaction of this write is over')
  }
  return {
    ...sourceOver(client, seal),
    prepare: (name, query) => preparedWhenUsed(name, query, within),
  }
}

/** Of a connection that writes. */
export const PRAGMAS = [
  'journal_mode = WAL',
  // 16 MB of log instead of 4: pages written again and again reach the file once. A tenth less CPU a turn.
  'wal_autocheckpoint = 4000',
  // Else every savepoint of a group copies what it changes into a temporary file: 96 KB a turn of 133 written.
  'temp_store = MEMORY',
  'synchronous = FULL',
  // 16 MB instead of 2: what many turns touch is not read from the file again and again.
  'cache_size = -16384',
  'foreign_keys = ON',
  'secure_delete = ON',
  'trusted_schema = OFF',
]

function openReader(path: string): Database.Database {
  const reader = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  reader.pragma('trusted_schema = OFF')
  // A connection opens the log at its first read; by then somebody may have deleted it.
  reader.prepare('select 1 from meta').get()
  return reader
}

/** The file holds what citizens wrote: only its owner may read it. SQLite gives -wal and -shm the same mode. */
export function makePrivate(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    closeSync(openSync(path, 'a', 0o600))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `cannot write the database ${path} (${why}); make its folder writable for this user, or set DATABASE_URL`,
    )
  }
}

function checkKey(writer: Database.Database, seal: Seal, path: string | null): void {
  if (keyFits(writer, seal)) return
  throw new Error(
    `DATA_KEY does not fit the database ${path}: it was sealed with another key; give that one, or another DATABASE_URL`,
  )
}

/** True also for a database that no key has sealed yet. */
export function keyFits(db: Database.Database, seal: Seal): boolean {
  if (!hasTable(db, 'meta')) return true
  const row = db.prepare('select value from meta where key = ?').get(SEAL_CHECK)
  if (row === undefined) return true
  try {
    return seal.open((row as { value: string }).value, SEAL_CHECK) === SEAL_WORDS
  } catch {
    // A wrong key and a spoilt check look the same.
    return false
  }
}

function storeKeyCheck(writer: Database.Database, seal: Seal): void {
  writer
    .prepare('insert into meta (key, value) values (?, ?) on conflict do nothing')
    .run(SEAL_CHECK, seal.seal(SEAL_WORDS, SEAL_CHECK))
}

/** Refuses a file that a newer version has already changed. */
function checkAge(writer: Database.Database, path: string | null): void {
  if (ageOf(writer) === 'newer')
    throw new Error(
      `the database ${path} was written by a newer version; start that version, or restore an older backup`,
    )
}

/** Whether the tables are as this program has them; `none`: there are none yet. */
export function ageOf(db: Database.Database): 'none' | 'older' | 'same' | 'newer' {
  if (!hasTable(db, '__drizzle_migrations')) return 'none'
  const applied = db.prepare('select max(created_at) as at from __drizzle_migrations').get()
  const journal: unknown = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'))
  const known = (journal as { entries: { when: number }[] }).entries.map((entry) => entry.when)
  const newest = Number((applied as { at: number | null }).at ?? 0)
  if (newest === Math.max(...known)) return 'same'
  return newest > Math.max(...known) ? 'newer' : 'older'
}

export function hasTable(db: Database.Database, name: string): boolean {
  const found = db
    .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
    .get(name)
  return found !== undefined
}
