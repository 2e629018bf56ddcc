// What every query module is given: the connection, its tables, the seal.
// Typed on SQLite; another dialect hands in its twins with one cast. Queries are awaited, never run in place.

import { type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type * as schema from '../schema.sqlite.ts'
import type { Seal } from '../seal.ts'

type Tables = typeof schema
type Db = BetterSQLite3Database<Tables>

export interface Source {
  readonly db: Db
  readonly t: Tables
  readonly seal: Seal
  readonly prepare: typeof whenUsed
  /** What is asked without waiting in between shares one round trip. False: every statement runs at once, in order. */
  readonly pipelines: boolean
  /**
   * `column` is `key`, of the row read before: looked up by its index once for each such row, whatever the statistics
   * make the database believe. For a few rows of a large table, both sides not null.
   */
  readonly lookedUp: (column: Column, key: Column) => SQL
  /** The database's own clock, in epoch milliseconds. */
  readonly dbNow: SQL<number>
  /**
   * Now, as the lease of a message sees it: what the caller says on SQLite, the database's clock where several
   * processes share it. Bind `leaseNow: leaseTime(now)`.
   */
  readonly leaseNow: SQL<number>
  readonly leaseTime: (now: Date) => number
  /** How several processes keep out of each other's way; null where there is one writer. One of two dialect matters. */
  readonly locks: Locks | null
}

/** All of them end with the transaction. */
export interface Locks {
  /** Of `table` among what this query selects, only rows that nobody else has in hand, and those for us alone. */
  skipLocked<Q>(query: Q, table: object): Q
  /** The rows of this query for us alone; waits for whoever has them. */
  hold<Q>(query: Q): Q
  /** 1 when this name is ours alone now, 0 when somebody else has it. */
  tryName(name: SQL): SQL<number>
  /** Waits until this name is ours alone. */
  waitForName(name: SQL): SQL
}

/** Null: go on. Anything else is what becomes of the whole write. */
type Step<T> = () => Promise<T | null>

/**
 * Takes the steps of a write in their order, up to the first that does not let it go on. Where the driver pipelines
 * all are sent at once and judged afterwards: what came after that first one is undone by the caller, and its errors
 * mean nothing. So a step waits for none before it, and sends its first statement before it waits itself.
 */
export async function inOrder<T>(
  { pipelines }: Pick<Source, 'pipelines'>,
  steps: readonly Step<T>[],
): Promise<T | null> {
  if (!pipelines) {
    for (const step of steps) {
      const outcome = await step()
      if (outcome !== null) return outcome
    }
    return null
  }
  for (const judged of await Promise.allSettled(steps.map((step) => step()))) {
    if (judged.status === 'rejected') throw judged.reason
    if (judged.value !== null) return judged.value
  }
  return null
}

/** A step whose answer decides nothing. */
export const plain = (run: () => PromiseLike<unknown>) => async (): Promise<null> => {
  await run()
  return null
}

/** A place for a value in a prepared query. */
export const slot = (name: string): Placeholder => sql.placeholder(name)

/** The same where drizzle wants an expression: in `set` and in arithmetic. */
export const given = <T>(name: string): SQL<T> => sql`${sql.placeholder(name)}`

/**
 * How many rows at most. Never a bare parameter: SQLite plans by it and so prepares the statement anew each time it
 * is bound. Measured: 220 µs instead of 37 for the complaints of one person.
 */
export const atMost = (name: string): Placeholder =>
  sql`(${sql.placeholder(name)} + 0)` as unknown as Placeholder

/** What a query module keeps of a prepared query. */
export type Prepared<P extends { execute(values?: Values): unknown }> = Pick<P, 'execute'>
export type Values = Record<string, unknown>

/**
 * Prepares a query under a name (PostgreSQL caches by it; SQLite ignores it), at its first use: a store opens
 * four times as fast. Unprepared queries cost 2.2 times the CPU.
 */
export function whenUsed<P extends { execute(values?: Values): unknown }>(
  name: string,
  query: { prepare(): P },
): Prepared<P> {
  let made: P | null = null
  return {
    execute(values?: Values) {
      made ??= (query as { prepare(name: string): P }).prepare(name)
      return made.execute(values)
    },
  } as Prepared<P>
}

/** A slot for each named column: the whole row of an insert. */
export function slots<K extends string>(...names: readonly K[]): Record<K, Placeholder> {
  return Object.fromEntries(names.map((name) => [name, slot(name)])) as Record<K, Placeholder>
}

/** A slot for each column of a table, some left out. */
export function slotsOf<T extends object, K extends string = never>(
  columns: T,
  ...without: readonly K[]
): Record<Exclude<keyof T & string, K>, Placeholder> {
  const left = Object.keys(columns).filter((name) => !without.includes(name as K))
  return slots(...(left as Exclude<keyof T & string, K>[]))
}
