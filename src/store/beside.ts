// The store for an operator's command beside a running gateway: no lock, no migration, nothing held for long.
// It reads by a read-only connection, page by page; the rare write is one short transaction.

import Database from 'better-sqlite3'
import type { Clock, NewId } from '../clock.ts'
import { ageOf, PRAGMAS, sourceOver } from './connect.ts'
import { createStore, type Decided, type Driver } from './driver.ts'
import { isPostgres, openStore } from './open.ts'
import { lookAtPostgres } from './postgres-look.ts'
import { readsOver, type Writes, writesOver } from './queries-over.ts'
import { createSeal, type Seal } from './seal.ts'
import { openForReading, PATIENCE_MS, sqlitePath, troubles } from './sqlite-file.ts'
import type { Store } from './store.ts'

export interface BesideParts {
  readonly url: string
  /** 32 bytes. */
  readonly dataKey: Buffer
  readonly clock: Clock
  readonly newId: NewId
}

/** The gateway waits meanwhile, and no longer than this. */
const WIPE_MS = 100

/** What may be done beside a gateway: it decides nothing and sends nothing. */
export type BesideStore = Pick<
  Store,
  'filedBetween' | 'audit' | 'retain' | 'invite' | 'getFacts' | 'factsUnder' | 'close'
>

/** Rejects when the database is not there, not ours, or not as old as this program. */
export async function openBeside(parts: BesideParts): Promise<BesideStore> {
  const { url, dataKey, newId } = parts
  if (isPostgres(url)) return besidePostgres(parts)
  return createStore(besideSqlite(sqlitePath(url, 'there is nothing to read'), dataKey, newId))
}

/** As any process opens it, once it is certain that this would change nothing. */
async function besidePostgres(parts: BesideParts): Promise<BesideStore> {
  const { age, troubles, name } = await lookAtPostgres(parts.url, createSeal(parts.dataKey))
  const wrong = [...troubles, ...(age === 'older' || age === 'none' ? [olderTrouble(name)] : [])]
  if (wrong.length > 0) throw new Error(wrong.join('; '))
  return openStore({ ...parts, log: { warn() {}, error() {} } })
}

function besideSqlite(path: string, dataKey: Buffer, newId: NewId): Driver {
  const seal = createSeal(dataKey)
  const reader = openForReading(path)
  const old = ageOf(reader) === 'older' ? [olderTrouble(path)] : []
  const wrong = [...troubles(reader, path, seal), ...old]
  if (wrong.length > 0) {
    reader.close()
    throw new Error(wrong.join('; '))
  }
  const reads = readsOver(sourceOver(reader, seal))
  let wipes = false
  return {
    read: (job) => job(reads),
    write: (job) =>
      writeOnce(path, seal, newId, async (queries) => {
        const decided = await job(queries)
        wipes ||= decided.wipe === true
        return decided
      }),
    close: async () => {
      reader.close()
      if (wipes) wipe(path)
    },
  }
}

function olderTrouble(name: string): string {
  return `${name} was written by an older version; start the gateway once, it brings it up to date`
}

/** What was removed stands in the log until that is written back. Where the gateway is busy, its own next one does it. */
function wipe(path: string): void {
  const writer = new Database(path, { fileMustExist: true, timeout: WIPE_MS })
  try {
    writer.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    writer.close()
  }
}

/** Waits for the gateway's commit in hand, not the gateway for ours: one row takes it no longer than one of its own. */
async function writeOnce<T>(
  path: string,
  seal: Seal,
  newId: NewId,
  job: (queries: Writes) => Promise<Decided<T>>,
): Promise<T> {
  const writer = new Database(path, { fileMustExist: true, timeout: PATIENCE_MS })
  try {
    for (const pragma of PRAGMAS) writer.pragma(pragma)
    writer.exec('BEGIN IMMEDIATE')
    const { keep, value } = await job(writesOver(sourceOver(writer, seal), newId))
    writer.exec(keep ? 'COMMIT' : 'ROLLBACK')
    return value
  } finally {
    // What was not committed goes with the connection.
    writer.close()
  }
}
