// One gateway per database file: a lock beside it that the operating system drops when the process dies.
// It is an SQLite file held in an exclusive transaction; an old lock file left behind means nothing.

import { realpathSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

export interface Lock {
  /** False when somebody deleted or replaced the lock file under us. */
  stands(): boolean
  release(): void
}

/** Longer than somebody only looks (`inUse`): a gateway that starts just then must not be refused. */
const LOOKING_MS = 100

/** Throws when another process holds the database at `path`, by whatever name. The file must be there. */
export function takeLock(path: string, waitMs = LOOKING_MS): Lock {
  const lockPath = `${realpathSync(path)}.lock`
  const held = new Database(lockPath, { timeout: waitMs })
  try {
    held.pragma('journal_mode = MEMORY')
    held.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    held.close()
    if (isBusy(error))
      throw new Error(
        `the database ${path} is in use by another gateway; stop that one first, or give this one another DATABASE_URL`,
      )
    throw error
  }
  const taken = inodeOf(lockPath)
  return {
    stands: () => inodeOf(lockPath) === taken,
    release: () => void held.close(),
  }
}

/** Whether a gateway runs on the database at `path`. Looks for a moment, and holds nothing. */
export function inUse(path: string): boolean {
  const lockPath = `${realpathSync(path)}.lock`
  if (inodeOf(lockPath) === null) return false
  const seen = new Database(lockPath, { readonly: true, timeout: 0 })
  try {
    seen.prepare('select 1 from sqlite_master').get()
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    seen.close()
  }
}

/** Which file is at `path` now; null when none is. */
export function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null
}

function isBusy(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code).startsWith('SQLITE_BUSY')
}
