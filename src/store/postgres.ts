// PostgreSQL as a driver: a pool, one transaction for each write, what belongs together sent in one round trip.
// Whatever happens to the server, a call resolves or rejects within seconds, and the next one tries again.

import pg from 'pg'
import type { Clock, NewId } from '../clock.ts'
import type { Decided, Driver } from './driver.ts'
import { codeOf, saneAfter, withoutWords, worthAnother } from './postgres-errors.ts'
import { sourceOver } from './postgres-source.ts'
import { preparePostgres } from './postgres-start.ts'
import { type Reads, readsOver, type Writes, writesOver } from './queries-over.ts'
import type { Seal } from './seal.ts'
import type { StoreLog } from './sqlite.ts'

export interface PostgresParts {
  /** `postgres://user:password@host:port/database?sslmode=…`; what it says of timeouts goes before ours. */
  readonly url: string
  readonly seal: Seal
  readonly clock: Clock
  /** How far `clock` is shifted from the time of the world, for trials. */
  readonly clockOffsetMs: number
  readonly newId: NewId
  readonly log: StoreLog
}

/** Of one process. A server takes 100 unless told: room for several processes and whoever looks on. */
const CONNECTIONS = 10
/** For a connection, a new one or a free one of the pool. */
const CONNECT_MS = 2_000
/** Ordered so that the server gives up first and says why; the last is for a server that says nothing. */
const LOCK_MS = 2_000
const STATEMENT_MS = 2_500
const ANSWER_MS = 3_000
/** A process that hangs inside a transaction holds up others no longer than this. */
const IDLE_IN_TRANSACTION_MS = 10_000
const IDLE_MS = 300_000
const TRIES = 4
/** What has taken longer is not tried again: whoever asks shall hear within seconds. */
const PATIENCE_MS = 2_000

interface Attempt {
  /** From here on it may have been done, whatever we hear. */
  committing: boolean
}

/** Rejects with one sentence: unreachable, refused, wrong key, written by a newer version. */
export async function openPostgres(parts: PostgresParts): Promise<Driver> {
  const { url, log } = parts
  await preparePostgres(url, parts.seal, log)
  const pool = new pg.Pool({ connectionString: url, ...OPTIONS })
  const { readsOn, writesOn } = queriesOver(parts)
  const inHand = new Set<Promise<unknown>>()
  let closed = false
  pool.on('error', (error) => log.warn({ code: codeOf(error) }, 'a database connection was lost'))
  // In use it has no listener but this one; without, a lost connection would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))

  /** Runs on a connection of its own, which is thrown away when anything went wrong on it. */
  async function onConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      const reason = withoutWords(error)
      client.release(!saneAfter(reason))
      throw reason
    }
  }

  async function retried<T>(work: (attempt: Attempt) => Promise<T>): Promise<T> {
    let late = false
    const patience = setTimeout(() => {
      late = true
    }, PATIENCE_MS)
    try {
      for (let tries = 1; ; tries++) {
        const attempt: Attempt = { committing: false }
        try {
          return await work(attempt)
        } catch (error) {
          if (late || tries === TRIES || attempt.committing || !worthAnother(error)) throw error
        }
      }
    } finally {
      clearTimeout(patience)
    }
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    inHand.add(work)
    const done = () => void inHand.delete(work)
    work.then(done, done)
    return work
  }

  const inTransaction = <T>(job: (queries: Writes) => Promise<Decided<T>>): Promise<T> =>
    retried((attempt) =>
      onConnection((client) => transact(client, attempt, () => job(writesOn(client)))),
    )

  return {
    read(job) {
      if (closed) return Promise.reject(new Error('the store is closed'))
      return tracked(retried(() => onConnection((client) => job(readsOn(client)))))
    },
    write(job) {
      if (closed) return Promise.reject(new Error('the store is closed'))
      return tracked(inTransaction(job))
    },
    async close() {
      if (closed) return
      closed = true
      await Promise.allSettled([...inHand])
      await pool.end()
    },
  }
}

const OPTIONS = {
  max: CONNECTIONS,
  pipeline: true,
  application_name: 'kentongan',
  connectionTimeoutMillis: CONNECT_MS,
  lock_timeout: LOCK_MS,
  statement_timeout: STATEMENT_MS,
  query_timeout: ANSWER_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  keepAlive: true,
  // A new one has to prepare its statements anew.
  idleTimeoutMillis: IDLE_MS,
} as const

/** BEGIN leaves together with the first statements of the job; what they answer is judged before COMMIT. */
async function transact<T>(
  client: pg.PoolClient,
  attempt: Attempt,
  job: () => Promise<Decided<T>>,
): Promise<T> {
  const begun = client.query('begin isolation level read committed')
  begun.catch(() => {})
  try {
    const { keep, value } = await job()
    await begun
    if (!keep) {
      await client.query('rollback')
      return value
    }
    attempt.committing = true
    const { command } = await client.query('commit')
    // So PostgreSQL answers where a statement failed and nobody looked.
    if (command !== 'COMMIT') throw new Error(`the database answered COMMIT with ${command}`)
    return value
  } catch (error) {
    // A connection that is in doubt is closed instead, and that undoes it as well.
    if (!attempt.committing && saneAfter(withoutWords(error)))
      await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Prepared statements belong to a connection, and so do the queries. Made when first used on it. */
function queriesOver(parts: PostgresParts) {
  const sources = perClient((client) => sourceOver(client, parts))
  return {
    readsOn: perClient((client): Reads => readsOver(sources(client))),
    writesOn: perClient((client): Writes => writesOver(sources(client), parts.newId)),
  }
}

function perClient<T>(make: (client: pg.PoolClient) => T): (client: pg.PoolClient) => T {
  const made = new WeakMap<pg.PoolClient, { readonly it: T }>()
  return (client) => {
    const known = made.get(client) ?? { it: make(client) }
    made.set(client, known)
    return known.it
  }
}
