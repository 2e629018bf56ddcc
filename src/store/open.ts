// DATABASE_URL becomes a store: migrated, checked against the key, locked against a second gateway.
// It is open or it says in one sentence what is wrong and what to do.

import type { Clock, NewId } from '../clock.ts'
import { createStore, type OnStep, withSteps } from './driver.ts'
import { createSeal } from './seal.ts'
import { openSqlite, type StoreLog } from './sqlite.ts'
import type { Store } from './store.ts'

export interface OpenParts {
  /** `sqlite:PATH` or `sqlite::memory:`. */
  readonly url: string
  /** 32 bytes. */
  readonly dataKey: Buffer
  readonly clock: Clock
  readonly newId: NewId
  readonly log: StoreLog
  /** False: one commit per call. Only to measure what grouping brings. */
  readonly grouped?: boolean
  /** Further SQLite pragmas of the writing connection: `max_page_count = 100`. */
  readonly pragmas?: readonly string[]
  /** Told before and after each call of the store. */
  readonly onStep?: OnStep
}

/** Rejects with a clear message: in use, wrong key, not writable, written by a newer version. */
export async function openStore(parts: OpenParts): Promise<Store> {
  const driver = openSqlite({
    path: pathOf(parts.url),
    seal: createSeal(parts.dataKey),
    clock: parts.clock,
    newId: parts.newId,
    log: parts.log,
    grouped: parts.grouped ?? true,
    pragmas: parts.pragmas ?? [],
  })
  const store = createStore(driver)
  return parts.onStep === undefined ? store : withSteps(store, parts.onStep)
}

function pathOf(url: string): string | null {
  if (/^postgres(ql)?:/.test(url))
    throw new Error(
      'DATABASE_URL names PostgreSQL, which comes with the next release; set sqlite:data/kentongan.db',
    )
  if (!url.startsWith('sqlite:') || url === 'sqlite:')
    throw new Error(
      'DATABASE_URL is not understood; set sqlite:PATH, for example sqlite:data/kentongan.db',
    )
  const path = url.slice('sqlite:'.length)
  return path === ':memory:' ? null : path
}
