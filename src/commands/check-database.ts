// What `check` says of the database: there or not, ours, the right key, the right age, writable, in use.
// Looked at from outside; a gateway that runs on it goes on writing.

import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { DatabaseState } from '../store/contents.ts'
import { isPostgres } from '../store/open.ts'
import { lookAtPostgres } from '../store/postgres-look.ts'
import { createSeal } from '../store/seal.ts'
import { lookAtFile } from '../store/sqlite-file.ts'
import type { StoreSettings } from '../store-settings.ts'
import type { Finding } from './finding.ts'
import { keyOf } from './given.ts'

export async function checkDatabase(settings: StoreSettings): Promise<readonly Finding[]> {
  const { databaseUrl } = settings
  try {
    if (isPostgres(databaseUrl)) return await postgresFindings(settings)
    const path = databaseUrl.replace(/^sqlite:/, '')
    if (path === ':memory:') return [note('in memory: all is gone when the gateway stops')]
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return [newDatabase(path)]
    return fileFindings(path, settings)
  } catch (error) {
    return [wrong(error instanceof Error ? error.message : String(error))]
  }
}

async function postgresFindings(settings: StoreSettings): Promise<readonly Finding[]> {
  const state = await lookAtPostgres(settings.databaseUrl, createSeal(keyOf(settings)))
  const name = `PostgreSQL, ${state.name}`
  if (state.age === 'none') return [ok(`${name} is empty; the first start makes the tables`)]
  return [...judged(name, state, state.troubles), ...notes(name, state)]
}

function newDatabase(path: string): Finding {
  let folder = dirname(resolve(path))
  while (!existsSync(folder)) folder = dirname(folder)
  return mayWrite(folder)
    ? ok(`${path} is not there yet; the first start makes it`)
    : wrong(`${path} cannot be made: ${folder} is not writable for this user`)
}

function fileFindings(path: string, settings: StoreSettings): readonly Finding[] {
  const state = lookAtFile(path, createSeal(keyOf(settings)))
  const real = realpathSync(path)
  const writable = mayWrite(real) && mayWrite(dirname(real))
  const troubles = [
    ...state.troubles,
    ...(writable ? [] : [`${path} or its folder is not writable for this user`]),
  ]
  const running = state.inUse ? 'a gateway runs on it' : 'no gateway runs on it'
  return [...judged(`${path} (${running})`, state, troubles), ...notes(path, state)]
}

function judged(name: string, state: DatabaseState, troubles: readonly string[]) {
  if (troubles.length > 0) return troubles.map(wrong)
  return [ok(`${name}: ${state.complaints} complaints, ${state.waiting} messages waiting`)]
}

function notes(name: string, { age, stuck }: DatabaseState): readonly Finding[] {
  const found: Finding[] = []
  if (age === 'older')
    found.push(
      note(`${name} is of an older version; the next start brings it up to date: back it up first`),
    )
  if (stuck > 0) found.push(note(`${stuck} messages are stuck; after a fix run: kentongan replay`))
  return found
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const database = (mark: Finding['mark']) => (detail: string) => ({
  ...{ mark, what: 'database', detail },
})
const ok = database('ok')
const note = database('note')
const wrong = database('WRONG')
