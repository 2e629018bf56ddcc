// A copy of the SQLite database while the gateway writes to it: consistent, whole, on the disk, its owner's alone.
// The copy appears under its name only when all of that is true, and never in the place of another file.

import {
  closeSync,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Contents } from './contents.ts'
import { type MediaFile, mediaIn } from './media-list.ts'
import { contentsOf, damage, openForReading, settleOnDisk } from './sqlite-file.ts'

export interface BackupParts {
  /** The gateway's file; it may be in use. */
  readonly database: string
  /** Where the copy goes; nothing may be there. */
  readonly file: string
  readonly mediaDir: string
  readonly now: Date
}

export interface Backup {
  readonly contents: Contents
  readonly bytes: number
  readonly media: readonly MediaFile[]
}

/** In the copy alone: when it was made, and the files that lay in MEDIA_DIR then. */
export const BACKUP_TABLES = ['backup', 'backup_media'] as const

/** Rejects with a clear message, and leaves nothing behind. */
export async function backUp({ database, file, mediaDir, now }: BackupParts): Promise<Backup> {
  if (existsSync(file)) throw new Error(`${file} exists already; name another file, or remove it`)
  // What cannot be copied is told before anything is written.
  openForReading(database).close()
  const folder = folderBeside(file)
  const draft = join(folder, 'copy')
  try {
    copyInto(draft, database)
    // Listed after the copy: a file is there before the row that names it.
    const media = await mediaIn(mediaDir)
    const contents = complete(draft, media, now)
    settleOnDisk(draft)
    putInPlace(draft, file)
    return { contents, media, bytes: statSync(file).size }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A draft under a name of its own: two copies that are made at once would else write into each other. */
function folderBeside(file: string): string {
  try {
    return mkdtempSync(`${file}.part-`)
  } catch (error) {
    throw cannotWrite(file, error)
  }
}

/** One snapshot, however long it takes; the gateway goes on writing beside it. */
function copyInto(draft: string, database: string): void {
  const source = openForReading(database)
  try {
    makeOurs(draft)
    source.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`)
  } finally {
    source.close()
  }
}

/** Empty, and its owner's alone before the first word is in it. */
export function makeOurs(draft: string): void {
  rmSync(draft, { force: true })
  try {
    closeSync(openSync(draft, 'wx', 0o600))
  } catch (error) {
    throw cannotWrite(draft, error)
  }
}

function cannotWrite(path: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException
  return new Error(`cannot write ${path} (${code}); name a folder this user may write to`)
}

/** Writes the list into the copy, and makes sure that every page of it can be read again. */
function complete(draft: string, media: readonly MediaFile[], now: Date): Contents {
  const copy = new Database(draft)
  try {
    // Nobody else has it, and a copy that was not finished is thrown away: no journal beside it.
    copy.pragma('journal_mode = MEMORY')
    copy.exec('create table backup (taken_at integer not null)')
    copy.exec('create table backup_media (path text primary key, bytes integer, digest text)')
    copy.prepare('insert into backup values (?)').run(now.getTime())
    const insert = copy.prepare('insert into backup_media values (?, ?, ?)')
    copy.transaction(() => {
      for (const { path, bytes, digest } of media) insert.run(path, bytes, digest)
    })()
    const wrong = damage(copy)
    if (wrong !== null) throw new Error(`the copy is not whole (${wrong}); look at the disk`)
    return contentsOf(copy)
  } finally {
    copy.close()
  }
}

/** A name is linked only where there is none; where files cannot be linked, looking has to do. */
function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || existsSync(file))
      throw new Error(`${file} appeared meanwhile; it was left as it is, name another file`)
    renameSync(draft, file)
  }
  settleOnDisk(dirname(file))
}
