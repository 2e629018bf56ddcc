// SQLite as a driver: one writer behind a queue, one reader, one lock, one file that must stay where it is.
// A file that was deleted or replaced under us acknowledges nothing more, and heals without a restart.

import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock, NewId } from '../clock.ts'
import { type Connections, connect, makePrivate } from './connect.ts'
import type { Driver } from './driver.ts'
import { inodeOf, type Lock, takeLock } from './lock.ts'
import type { Seal } from './seal.ts'
import { createWriter } from './writer.ts'

export interface SqliteParts {
  /** Null: in memory, with one connection for both reading and writing. */
  readonly path: string | null
  readonly seal: Seal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: StoreLog
  /** False: one commit per call, to measure what grouping brings. */
  readonly grouped: boolean
  readonly pragmas: readonly string[]
}

export interface StoreLog {
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** A file that stays away longer than this is written anew from what is still open. */
const RESCUE_AFTER_MS = 10_000
/** Somebody reads the log: looked at again this soon. */
const WIPE_AGAIN_MS = 1_000

export function openSqlite(parts: SqliteParts): Driver {
  const { path, clock, log } = parts
  let lock: Lock | null = path === null ? null : locked(path)
  let missingSince: Date | null = null
  let closed = false
  let wiping: NodeJS.Timeout | undefined
  let current: Connections | null
  try {
    current = connect(parts)
  } catch (error) {
    lock?.release()
    throw error
  }

  function connections(): Connections {
    if (closed) throw new Error('the store is closed')
    if (current === null) throw new Error(`the database ${path} is not open; the log says why`)
    return current
  }

  function inPlace(): boolean {
    return path === null || (current !== null && inodeOf(path) === current.inode)
  }

  function beforeCommit(): void {
    if (!inPlace())
      throw new Error(`the database ${path} was deleted or replaced; nothing was stored`)
    missingSince = null
  }

  /** Never throws: whatever goes wrong is tried again after the next refused group. */
  function heal(): void {
    if (closed || path === null || inPlace()) return
    try {
      if (inodeOf(path) !== null) replaced(path)
      else if (missingLongEnough()) rescue(path)
    } catch (error) {
      log.error({ err: error, path }, 'the database could not be opened again; trying on')
    }
  }

  function missingLongEnough(): boolean {
    missingSince ??= clock()
    return clock().getTime() - missingSince.getTime() >= RESCUE_AFTER_MS
  }

  /** Another file stands there: what we hold is kept beside it, then it is opened. */
  function replaced(at: string): void {
    if (current !== null) {
      // SQLite does not do this when it closes a file that was moved; without it the file, put back, lacks its newest turns.
      current.writer.pragma('wal_checkpoint(TRUNCATE)')
      const aside = `${at}.before-${clock().getTime()}`
      copyTo(aside, current)
      log.error({ path: at, aside }, 'another database was put in place; the former one is kept')
    }
    reopen(at)
  }

  /** Nothing stands there: what we hold is written back. Holding nothing, an empty file would be a lie. */
  function rescue(at: string): void {
    if (current === null) throw new Error(`there is no database at ${at}; put one in place`)
    const draft = `${at}.rescue`
    rmSync(draft, { force: true })
    copyTo(draft, current)
    closeCurrent(at)
    renameSync(draft, at)
    settleOnDisk(dirname(at))
    log.error({ path: at }, 'the database had been deleted; it was written anew from what was open')
    reopen(at)
  }

  /**
   * What was removed still stands in the log until its pages are written back. A reader that holds the log, or a
   * group in hand, puts it off; closing does it too.
   */
  function wipe(): void {
    clearTimeout(wiping)
    if (closed || current === null || path === null) return
    const { writer: connection } = current
    if (!connection.inTransaction && checkpointed(connection)) return
    wiping = setTimeout(wipe, WIPE_AGAIN_MS).unref()
  }

  function closeCurrent(at: string): void {
    const walInode = current?.walInode
    current?.close()
    current = null
    // Our own log left beside a new file would be replayed into it.
    if (walInode !== null && inodeOf(`${at}-wal`) === walInode) rmSync(`${at}-wal`)
    rmSync(`${at}-shm`, { force: true })
  }

  function reopen(at: string): void {
    closeCurrent(at)
    if (lock?.stands() !== true) {
      lock?.release()
      lock = null
      lock = takeLock(at)
    }
    current = connect(parts)
    missingSince = null
    log.warn({ path: at }, 'the database is open again')
  }

  const writer = createWriter({
    connection: () => connections().writer,
    beforeCommit,
    afterFailure: heal,
    grouped: parts.grouped,
  })
  // A process that was killed between a commit and this has left it to us.
  wipe()

  return {
    async read(job) {
      // Whoever asks reads first: without this nobody would come as far as a write that heals.
      if (current === null) heal()
      return job(connections().reads)
    },
    async write(job) {
      let wipes = false
      const value = await writer.run(async () => {
        const decided = await job(connections().writes)
        wipes = decided.wipe === true && decided.keep
        return decided
      })
      if (wipes) wipe()
      return value
    },
    async close() {
      await writer.close()
      closed = true
      clearTimeout(wiping)
      current?.close()
      current = null
      lock?.release()
    },
  }
}

/** The whole log is in the file, and the log is empty. */
function checkpointed(connection: Connections['writer']): boolean {
  const [row] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return row?.busy === 0
}

function locked(path: string): Lock {
  makePrivate(path)
  return takeLock(path)
}

/** A whole copy that is on the disk when this returns, readable by its owner alone. */
function copyTo(path: string, { writer }: Connections): void {
  makePrivate(path)
  writer.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`)
  settleOnDisk(path)
}

function settleOnDisk(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
