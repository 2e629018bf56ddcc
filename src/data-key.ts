// The key that seals people's numbers, where none was given: made once, beside an SQLite file or in data/, mode 0600.
// Only for trying the gateway out; with a channel on, DATA_KEY must be given.

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const SQLITE = /^sqlite:/

export interface LocalKey {
  readonly key: Buffer
  /** Where it lies; null for a database in memory. */
  readonly file: string | null
  readonly made: boolean
}

/** Throws when there is a database and no key: a new one could not open what the lost one sealed. */
export function localDataKey(databaseUrl: string, random: (bytes: number) => Buffer): LocalKey {
  const file = keyFile(databaseUrl)
  if (file === null) return { key: random(32), file, made: true }
  const kept = readKey(file)
  if (kept !== null) return { key: kept, file, made: false }
  refuseSealed(databaseUrl, file)
  const key = random(32)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return { key, file, made: true }
}

/** The key that lies where one would be made; null: none does. Makes none. */
export function keptDataKey(databaseUrl: string): Buffer | null {
  const file = keyFile(databaseUrl)
  return file === null ? null : readKey(file)
}

/** Beside an SQLite file. A server has no place beside it, and its URL holds a password: then `data/key`. */
function keyFile(databaseUrl: string): string | null {
  if (!SQLITE.test(databaseUrl)) return join('data', 'key')
  const path = databaseUrl.replace(SQLITE, '')
  return path === ':memory:' ? null : join(dirname(path), 'key')
}

/** Whether a server holds a sealed database is found out when it is opened. */
function refuseSealed(databaseUrl: string, file: string): void {
  if (!SQLITE.test(databaseUrl)) return
  const path = databaseUrl.replace(SQLITE, '')
  const database = statSync(path, { throwIfNoEntry: false })
  if (database?.isFile() && database.size > 0) {
    throw new Error(
      `there is no DATA_KEY and no ${file}, but a database ${path} that one of them has sealed. Put ${file} back, or give DATA_KEY.`,
    )
  }
}

function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) {
    throw new Error(
      `${file} does not hold 32 bytes in base64. Put the right key back, or give DATA_KEY.`,
    )
  }
  return key
}
