// The one writer of SQLite: jobs of one event-loop tick share one transaction and one wait for the disk.
// Nobody learns the outcome of a job, a refused one neither, before the COMMIT has returned.

import type { Database, Statement } from 'better-sqlite3'
import type { Decided } from './driver.ts'

/** Awaits nothing but queries on the writing connection, and may be run twice. */
export type Job<T> = () => Promise<Decided<T>>

export interface Writer {
  run<T>(job: Job<T>): Promise<T>
  /** Resolves when nothing is queued or in hand; nothing more is taken. */
  close(): Promise<void>
}

export interface WriterParts {
  /** Asked at the start of every group: the connection may have been replaced. */
  connection(): Database
  /** Throws when what was written would not reach the file (it was deleted or replaced). */
  beforeCommit(): void
  /** After a group was refused, before the next one. */
  afterFailure(): void
  /** False: every job has its own transaction. Only to measure what grouping brings. */
  grouped: boolean
}

interface Queued {
  readonly job: Job<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** Longer groups would keep the event loop busy for too long. */
const GROUP_LIMIT = 100

/** A full disk ended the whole transaction: everything in the group is undone. */
class GroupUndone extends Error {}

export function createWriter(parts: WriterParts): Writer {
  const queue: Queued[] = []
  const idle: (() => void)[] = []
  let busy = false
  let closed = false

  /** Waits while each turn of the event loop still brings more: fewer, fuller groups. */
  function gather(before: number): void {
    const waiting = queue.length
    if (waiting === before || waiting >= GROUP_LIMIT || !parts.grouped) void flush()
    else setImmediate(gather, waiting)
  }

  async function flush(): Promise<void> {
    const group = queue.splice(0, parts.grouped ? GROUP_LIMIT : 1)
    try {
      await runTogether(group)
    } catch (error) {
      if (!(error instanceof GroupUndone)) throw error
      for (const one of group) await runTogether([one])
    }
    if (queue.length > 0) {
      gather(0)
      return
    }
    busy = false
    for (const wake of idle.splice(0)) wake()
  }

  async function runTogether(group: readonly Queued[]): Promise<void> {
    const tell: (() => void)[] = []
    let connection: Database | null = null
    try {
      connection = parts.connection()
      const say = statementsOf(connection)
      say.begin.run()
      for (const one of group) tell.push(await runOne(connection, say, one))
      parts.beforeCommit()
      say.commit.run()
    } catch (error) {
      // None: the database is not open, and asking again would throw out of here and end the process.
      if (connection !== null) rollBack(connection)
      if (error instanceof GroupUndone && group.length > 1) throw error
      const reason = error instanceof GroupUndone ? error.cause : error
      for (const one of group) one.reject(reason)
      parts.afterFailure()
      return
    }
    for (const outcome of tell) outcome()
  }

  return {
    run<T>(job: Job<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('the store is closed'))
      return new Promise<T>((resolve, reject) => {
        queue.push({ job, resolve: (value) => resolve(value as T), reject })
        if (busy) return
        busy = true
        gather(0)
      })
    },
    close() {
      closed = true
      return busy ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()
    },
  }
}

/** Runs a job in its savepoint; hands back what to tell its caller once the group is committed. */
async function runOne(connection: Database, say: Statements, one: Queued): Promise<() => void> {
  say.savepoint.run()
  try {
    const decided = await one.job()
    if (!decided.keep) say.rollbackTo.run()
    say.release.run()
    return () => one.resolve(decided.value)
  } catch (error) {
    if (!connection.inTransaction) throw new GroupUndone('group undone', { cause: error })
    say.rollbackTo.run()
    say.release.run()
    return () => one.reject(error)
  }
}

function rollBack(connection: Database): void {
  if (connection.open && connection.inTransaction) connection.exec('ROLLBACK')
}

interface Statements {
  readonly begin: Statement
  readonly commit: Statement
  readonly savepoint: Statement
  readonly rollbackTo: Statement
  readonly release: Statement
}

const prepared = new WeakMap<Database, Statements>()

function statementsOf(connection: Database): Statements {
  const known = prepared.get(connection)
  if (known !== undefined) return known
  const statements: Statements = {
    begin: connection.prepare('BEGIN IMMEDIATE'),
    commit: connection.prepare('COMMIT'),
    savepoint: connection.prepare('SAVEPOINT job'),
    rollbackTo: connection.prepare('ROLLBACK TO job'),
    release: connection.prepare('RELEASE job'),
  }
  prepared.set(connection, statements)
  return statements
}
