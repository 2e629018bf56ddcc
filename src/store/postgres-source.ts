// What the queries are given of a PostgreSQL connection: its tables, its clock, its locks.
// The tables are twins of SQLite's, so one cast is all that the query modules need.

import { type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { type Locks, type Source, whenUsed } from './queries/source.ts'
import * as schema from './schema.postgres.ts'
import type { Seal } from './seal.ts'

export interface SourceParts {
  readonly seal: Seal
  readonly clock: Clock
  /** How far `clock` is shifted from the time of the world, for trials. */
  readonly clockOffsetMs: number
}

export function sourceOver(
  client: pg.ClientBase,
  { seal, clock, clockOffsetMs }: SourceParts,
): Source {
  const storing = {
    query: (config: pg.QueryConfig, values: readonly unknown[]) =>
      client.query(config, values.map(storable)),
  }
  return {
    db: drizzle({ client: storing as unknown as pg.Client, schema }) as unknown as Source['db'],
    t: schema as unknown as Source['t'],
    seal,
    prepare: whenUsed,
    pipelines: true,
    // No plan but a lookup for each row: other joins need an equality.
    lookedUp: (column, key) => sql`${column} = any(array[${key}])`,
    dbNow: DB_NOW,
    leaseNow: sql<number>`(${DB_NOW} + ${sql.placeholder('leaseNow')})`,
    // What a caller says of the time counts from this process's clock; that clock itself does not count.
    leaseTime: (now) => clockOffsetMs + now.getTime() - clock().getTime(),
    locks: LOCKS,
  }
}

const DB_NOW = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`

interface Lockable {
  for(strength: 'update', config?: { readonly of: object; readonly skipLocked: true }): unknown
}

const numbered = (name: SQL) => sql`hashtextextended(${name}, 0)`

const LOCKS: Locks = {
  skipLocked: <Q>(query: Q, table: object) =>
    (query as unknown as Lockable).for('update', { of: table, skipLocked: true }) as Q,
  hold: <Q>(query: Q) => (query as unknown as Lockable).for('update') as Q,
  tryName: (name) => sql<number>`cast(pg_try_advisory_xact_lock(${numbered(name)}) as int)`,
  waitForName: (name) => sql`pg_advisory_xact_lock(${numbered(name)})`,
}

/** PostgreSQL keeps every character but NUL, which a message may hold. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value
}
