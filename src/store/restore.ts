// A copy put in the place of the database: checked first, then swapped by one rename. The gateway must be stopped.
// Ended at any moment it leaves the old database or the new one, whole; the old one is kept beside it.

import {
  copyFileSync,
  existsSync,
  linkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { BACKUP_TABLES, makeOurs } from './backup.ts'
import { hasTable, makePrivate } from './connect.ts'
import type { Contents } from './contents.ts'
import { inodeOf, takeLock } from './lock.ts'
import type { MediaFile } from './media-list.ts'
import { saidAlready } from './said-already.ts'
import type { Seal } from './seal.ts'
import { contentsOf, damage, openForReading, settleOnDisk, troubles } from './sqlite-file.ts'

export interface RestoreParts {
  readonly file: string
  /** The gateway's file; it need not be there. */
  readonly database: string
  readonly seal: Seal
  readonly now: Date
  /** What waits in the copy is sent, and steps that came due since are said: nothing was sent after it was made. */
  readonly resend: boolean
  /** Told after the copying and before each step of `apply`, so that a trial can end the process exactly there. */
  readonly onStep?: (step: string) => void
}

export interface Restore {
  readonly copy: Contents & {
    /** When it was made; null: not by `backup`. */
    readonly takenAt: Date | null
    /** What lay in MEDIA_DIR then. */
    readonly media: readonly MediaFile[]
  }
  /** What is to be replaced; null: nothing is there. `unreadable` where it cannot be looked at. */
  readonly replaced: Contents | 'unreadable' | null
  /** Puts it in place; hands back the name under which the replaced database is kept, if any. */
  apply(): string | null
  /** Lets go of the database; what was not applied leaves it as it was. */
  close(): void
}

/** Throws with every reason when a gateway runs, or when the file is no whole copy that this key and program can read. */
export function openRestore(parts: RestoreParts): Restore {
  makePrivate(parts.database)
  // A link stays a link: what it points to is replaced.
  const path = realpathSync(parts.database)
  const lock = takeLock(path)
  const draft = `${path}.restoring`
  const close = () => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(draft + end, { force: true })
    if (isEmpty(path)) rmSync(path)
    lock.release()
  }
  try {
    const copy = check(parts)
    copyTo(draft, parts)
    parts.onStep?.('copied')
    const replaced = look(path)
    return { copy, replaced, apply: () => swap(draft, path, replaced, parts), close }
  } catch (error) {
    close()
    throw error
  }
}

function check({ file, database, seal }: RestoreParts): Restore['copy'] {
  const db = openForReading(file)
  try {
    if (inodeOf(file) === inodeOf(database)) throw new Error(`${file} is the database itself`)
    const wrong = damage(db)
    if (wrong !== null) throw new Error(`${file} is not whole (${wrong}); use another copy`)
    const found = troubles(db, file, seal)
    if (found.length > 0) throw new Error(found.join('; '))
    return { ...contentsOf(db), ...listOf(db) }
  } finally {
    db.close()
  }
}

/** What `backup` wrote into it. */
function listOf(db: Database.Database): Pick<Restore['copy'], 'takenAt' | 'media'> {
  if (!hasTable(db, 'backup')) return { takenAt: null, media: [] }
  const taken = db.prepare('select taken_at from backup').pluck().get()
  const media = db.prepare('select path, bytes, digest from backup_media').all()
  return { takenAt: new Date(Number(taken)), media: media as MediaFile[] }
}

/** The database as it will be, beside the one it replaces: one file, on the disk. */
function copyTo(draft: string, { file, now, resend }: RestoreParts): void {
  makeOurs(draft)
  const source = openForReading(file)
  try {
    // Not its bytes alone: a plain copy of a database in use has its newest rows in the log beside it.
    source.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`)
  } finally {
    source.close()
  }
  const db = new Database(draft)
  try {
    db.pragma('journal_mode = MEMORY')
    db.pragma('secure_delete = ON')
    for (const table of BACKUP_TABLES) db.exec(`drop table if exists ${table}`)
    if (!resend) saidAlready(db, now)
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  settleOnDisk(draft)
}

const isEmpty = (path: string) => statSync(path, { throwIfNoEntry: false })?.size === 0

function look(path: string): Restore['replaced'] {
  if (isEmpty(path)) return null
  try {
    const db = openForReading(path)
    try {
      return contentsOf(db)
    } finally {
      db.close()
    }
  } catch {
    return 'unreadable'
  }
}

function swap(
  draft: string,
  path: string,
  replaced: Restore['replaced'],
  { now, onStep = () => {} }: RestoreParts,
): string | null {
  onStep('settle the old one')
  const aside = replaced === null ? null : `${path}.replaced-${now.getTime()}`
  // One that cannot be read is kept as it is, log and all: opening it for writing would mix the two.
  if (replaced !== null && replaced !== 'unreadable') makeOneFile(path)
  onStep('keep the old one')
  if (aside !== null) keep(path, aside)
  onStep('remove its log')
  // A log left beside the new file would be played into it.
  for (const end of ['-wal', '-shm', '-journal']) rmSync(path + end, { force: true })
  settleOnDisk(dirname(path))
  onStep('rename')
  renameSync(draft, path)
  onStep('settle the new one')
  settleOnDisk(dirname(path))
  return aside
}

/** Its log goes into it; fails while anybody reads it. */
function makeOneFile(path: string): void {
  const db = new Database(path)
  try {
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY'))
      throw new Error(`somebody still reads the database ${path}; end that first`)
    throw error
  } finally {
    db.close()
  }
}

/** A second name, so that there is a database under the first at every moment. */
function keep(path: string, aside: string): void {
  for (const end of ['-wal', '-journal', '']) {
    if (!existsSync(path + end)) continue
    try {
      linkSync(path + end, aside + end)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
      copyFileSync(path + end, aside + end)
    }
    settleOnDisk(aside + end)
  }
}
