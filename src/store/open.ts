// DATABASE_URL becomes a store: migrated, checked against the key, locked against a second gateway.
// It is open or it says in one sentence what is wrong and what to do.

import type { Clock, NewId } from '../clock.ts'
import { tellingAway } from './away.ts'
import { createStore, type Driver } from './driver.ts'
import { createSeal } from './seal.ts'
import { openSqlite, type StoreLog } from './sqlite.ts'
import { type OnStep, withSteps } from './steps.ts'
import type { Store } from './store.ts'

export interface OpenParts {
  /** `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. */
  readonly url: string
  /** 32 bytes. */
  readonly dataKey: Buffer
  readonly clock: Clock
  /** How far `clock` is shifted from the time of the world, for trials. Only PostgreSQL must know. */
  readonly clockOffsetMs?: number
  readonly newId: NewId
  readonly log: StoreLog
  /** False: one commit per call. Only to measure what grouping brings. */
  readonly grouped?: boolean
  /** Further SQLite pragmas of the writing connection: `max_page_count = 100`. */
  readonly pragmas?: readonly string[]
  /** Told before and after each call of the store. */
  readonly onStep?: OnStep
}

/** Rejects with a clear message: in use, wrong key, not writable, unreachable, written by a newer version. */
export async function openStore(parts: OpenParts): Promise<Store> {
  const store = createStore(await openDriver(parts))
  return parts.onStep === undefined ? store : withSteps(store, parts.onStep)
}

async function openDriver(parts: OpenParts): Promise<Driver> {
  const { url, clock, newId, log } = parts
  const seal = createSeal(parts.dataKey)
  if (isPostgres(url)) {
    const clockOffsetMs = parts.clockOffsetMs ?? 0
    // Only where it is used: its library and drizzle's half for it cost 150 ms of every start.
    const { openPostgres } = await import('./postgres.ts')
    return tellingAway(await openPostgres({ url, seal, clock, clockOffsetMs, newId, log }))
  }
  const grouped = parts.grouped ?? true
  const pragmas = parts.pragmas ?? []
  return openSqlite({ path: pathOf(url), seal, clock, newId, log, grouped, pragmas })
}

/** Whether several processes may share it. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

function pathOf(url: string): string | null {
  if (!url.startsWith('sqlite:') || url === 'sqlite:')
    throw new Error(
      'DATABASE_URL is not understood; set sqlite:PATH, for example sqlite:data/kentongan.db, or postgres://…',
    )
  const path = url.slice('sqlite:'.length)
  return path === ':memory:' ? null : path
}
