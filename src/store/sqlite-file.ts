// One SQLite file looked at from outside the gateway: is it ours, whole, sealed with this key, of an age we know.
// Looking changes nothing in it, and disturbs nobody who has it open.

import { closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ageOf, hasTable, keyFits } from './connect.ts'
import {
  ageTrouble,
  COUNTED,
  type Contents,
  contentsFrom,
  type DatabaseState,
  keyTrouble,
} from './contents.ts'
import { inUse } from './lock.ts'
import type { Seal } from './seal.ts'

/** A trial or a copy may wait for a commit of the gateway; nobody waits for it. */
export const PATIENCE_MS = 5_000

/** Throws for what is no file: PostgreSQL, a database in memory. `why` ends the sentence. */
export function sqlitePath(url: string, why: string): string {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ''
  if (path === '' || path === ':memory:')
    throw new Error(`DATABASE_URL names no SQLite file; ${why}`)
  return path
}

/** Opens it for reading alone; throws when it is missing, unreadable, no database, or another program's. */
export function openForReading(path: string): Database.Database {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new Error(`there is no file ${path}`)
  if (!found.isFile()) throw new Error(`${path} is no file`)
  const db = new Database(path, { readonly: true, timeout: PATIENCE_MS })
  try {
    db.pragma('trusted_schema = OFF')
    if (!hasTable(db, 'meta') || !hasTable(db, 'complaints'))
      throw new Error(`${path} is a database, but not one of Kentongan`)
    return db
  } catch (error) {
    db.close()
    if ((error as { code?: unknown }).code === 'SQLITE_NOTADB')
      throw new Error(`${path} is no database`)
    throw error
  }
}

/** What speaks against using this file: a sentence each, with its cure. */
export function troubles(db: Database.Database, name: string, seal: Seal): readonly string[] {
  return [
    ...(keyFits(db, seal) ? [] : [keyTrouble(name)]),
    ...(ageOf(db) === 'newer' ? [ageTrouble(name)] : []),
  ]
}

/** Null when every page and index is in order, else the first thing that is not. Reads the whole file. */
export function damage(db: Database.Database): string | null {
  try {
    const [first] = db.pragma('integrity_check(1)') as { readonly integrity_check: string }[]
    const said = first?.integrity_check ?? 'no answer'
    return said === 'ok' ? null : said
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export function contentsOf(db: Database.Database): Contents {
  return contentsFrom((sql) => counted(db, sql))
}

function counted(db: Database.Database, sql: string): number {
  return Number(db.prepare(sql).pluck().get() ?? 0)
}

export interface FileState extends DatabaseState {
  /** A gateway runs on it. */
  readonly inUse: boolean
}

/** Throws as `openForReading` does. */
export function lookAtFile(path: string, seal: Seal): FileState {
  const db = openForReading(path)
  try {
    return {
      ...contentsOf(db),
      stuck: counted(db, COUNTED.stuck),
      age: ageOf(db),
      troubles: troubles(db, path, seal),
      inUse: inUse(path),
    }
  } finally {
    db.close()
  }
}

/** On the disk when this returns: a file's bytes, or a folder's names. */
export function settleOnDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
