// Folders of their own for stores in files, the raw rows in them, and a log that keeps what it is told.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import Database from 'better-sqlite3'
import { type OpenParts, openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { PARTS } from './given.ts'

const folders: string[] = []
let made: Buffer | null = null

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** In a folder of its own, which goes when the tests of the file are done. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-'))
  folders.push(folder)
  return join(folder, 'k.db')
}

/** Where a database of ours lies whose tables are there and empty: made once, since each migration waits for the disk. */
export async function emptyPath(): Promise<string> {
  const path = newPath()
  if (made === null) {
    await (await openAt(path)).close()
    made = readFileSync(path)
  } else {
    writeFileSync(path, made, { mode: 0o600 })
  }
  return path
}

export function openAt(path: string, change: Partial<OpenParts> = {}): Promise<Store> {
  return openStore({ ...PARTS, url: `sqlite:${path}`, ...change })
}

/** Runs with a second, plain connection to the file, as another program would have it. */
export function withFile<T>(path: string, look: (db: Database.Database) => T): T {
  const db = new Database(path, { timeout: 0 })
  try {
    return look(db)
  } finally {
    db.close()
  }
}

export function keptLog() {
  const told: { readonly fields: object; readonly text: string }[] = []
  const keep = (fields: object, text: string) => void told.push({ fields, text })
  return { told, log: { warn: keep, error: keep } }
}

/** The message of the error that `attempt` rejects with; fails when it resolves. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const outcome = await attempt.then(
    () => null,
    (error: unknown) => error,
  )
  // The addon's errors come from outside the test's realm: no instanceof.
  const { message } = (outcome ?? {}) as { readonly message?: string }
  if (message === undefined) throw new Error('it was not refused')
  return message
}
