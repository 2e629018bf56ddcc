// Opens the connections to one SQLite file and makes sure of it: pragmas, key, migrations.
// A file that was sealed with another key is not touched.

import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { NewId } from '../clock.ts'
import { type Reads, readsOver, type Writes, writesOver } from './driver.ts'
import { inodeOf } from './lock.ts'
import { whenUsed } from './queries/source.ts'
import * as schema from './schema.sqlite.ts'
import type { Seal } from './seal.ts'

/** Beside this file in src and in dist; scripts/copy-migrations.mjs carries it there. */
const MIGRATIONS = fileURLToPath(new URL('./migrations/sqlite', import.meta.url))

/** `Source.dbNow` on SQLite. */
export const DB_NOW = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`

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
    const over = (client: Database.Database) => ({
      db: drizzle(client, { schema }),
      t: schema,
      seal,
      prepare: whenUsed,
      dbNow: DB_NOW,
    })
    return {
      writer,
      reads: readsOver(over(reader)),
      writes: writesOver(over(writer), newId),
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

const PRAGMAS = [
  'journal_mode = WAL',
  // 16 MB of log instead of 4: pages written again and again reach the file once. A tenth less CPU a turn.
  'wal_autocheckpoint = 4000',
  'synchronous = FULL',
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
  if (!hasTable(writer, 'meta')) return
  const row = writer.prepare('select value from meta where key = ?').get(SEAL_CHECK)
  if (row === undefined) return
  try {
    if (seal.open((row as { value: string }).value, SEAL_CHECK) === SEAL_WORDS) return
  } catch {
    // Told below: a wrong key and a spoilt check look the same.
  }
  throw new Error(
    `DATA_KEY does not fit the database ${path}: it was sealed with another key; give that one, or another DATABASE_URL`,
  )
}

function storeKeyCheck(writer: Database.Database, seal: Seal): void {
  writer
    .prepare('insert into meta (key, value) values (?, ?) on conflict do nothing')
    .run(SEAL_CHECK, seal.seal(SEAL_WORDS, SEAL_CHECK))
}

/** Refuses a file that a newer version has already changed. */
function checkAge(writer: Database.Database, path: string | null): void {
  if (!hasTable(writer, '__drizzle_migrations')) return
  const applied = writer.prepare('select max(created_at) as at from __drizzle_migrations').get()
  const journal: unknown = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'))
  const known = (journal as { entries: { when: number }[] }).entries.map((entry) => entry.when)
  if (Number((applied as { at: number | null }).at ?? 0) > Math.max(...known))
    throw new Error(
      `the database ${path} was written by a newer version; start that version, or restore an older backup`,
    )
}

function hasTable(writer: Database.Database, name: string): boolean {
  const found = writer
    .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
    .get(name)
  return found !== undefined
}
