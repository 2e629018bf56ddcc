// The key that seals people's numbers, where none was given: made once beside the database, mode 0600.
// Only for trying the gateway out; with a channel on, DATA_KEY must be given.

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface LocalKey {
  readonly key: Buffer
  /** Where it lies; null for a database in memory. */
  readonly file: string | null
  readonly made: boolean
}

/** Throws when there is a database and no key: a new one could not open what the lost one sealed. */
export function localDataKey(databaseUrl: string, random: (bytes: number) => Buffer): LocalKey {
  const path = databaseUrl.replace(/^sqlite:/, '')
  if (path === ':memory:') return { key: random(32), file: null, made: true }
  const file = join(dirname(path), 'key')
  const kept = readKey(file)
  if (kept !== null) return { key: kept, file, made: false }
  const database = statSync(path, { throwIfNoEntry: false })
  if (database?.isFile() && database.size > 0) {
    throw new Error(
      `there is no DATA_KEY and no ${file}, but a database ${path} that one of them has sealed. Put ${file} back, or give DATA_KEY.`,
    )
  }
  const key = random(32)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return { key, file, made: true }
}

/** The key that lies beside an SQLite file; null: none does. Makes none. */
export function keptDataKey(databaseUrl: string): Buffer | null {
  const path = databaseUrl.replace(/^sqlite:/, '')
  return path === ':memory:' ? null : readKey(join(dirname(path), 'key'))
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
