// What `check` says of the database: there or not, ours, the right key, the right age, writable, in use.
// Looked at from outside; a gateway that runs on it goes on writing.

import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { keptDataKey } from '../data-key.ts'
import { createSeal } from '../store/seal.ts'
import { type FileState, stateOf } from '../store/sqlite-file.ts'
import type { StoreSettings } from '../store-settings.ts'
import type { Finding } from './finding.ts'

export async function checkDatabase(settings: StoreSettings): Promise<readonly Finding[]> {
  const path = settings.databaseUrl.replace(/^sqlite:/, '')
  if (path === ':memory:') return [note('in memory: all is gone when the gateway stops')]
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return [newDatabase(path)]
    return knownDatabase(path, settings)
  } catch (error) {
    return [wrong(error instanceof Error ? error.message : String(error))]
  }
}

function newDatabase(path: string): Finding {
  let folder = dirname(resolve(path))
  while (!existsSync(folder)) folder = dirname(folder)
  return mayWrite(folder)
    ? ok(`${path} is not there yet; the first start makes it`)
    : wrong(`${path} cannot be made: ${folder} is not writable for this user`)
}

function knownDatabase(path: string, settings: StoreSettings): readonly Finding[] {
  const key = settings.dataKey ?? keptDataKey(settings.databaseUrl)
  if (key === null)
    return [wrong(`no DATA_KEY, and none beside ${path}; give the key that sealed it`)]
  const state = stateOf(path, createSeal(key))
  const real = realpathSync(path)
  const found = state.troubles.map(wrong)
  if (!mayWrite(real) || !mayWrite(dirname(real)))
    found.push(wrong(`${path} or its folder is not writable for this user`))
  return [...(found.length > 0 ? found : [ok(inOrder(path, state))]), ...notes(path, state)]
}

function inOrder(path: string, { complaints, waiting, inUse }: FileState): string {
  const running = inUse ? 'a gateway runs on it' : 'no gateway runs on it'
  return `${path}, ${complaints} complaints, ${waiting} messages waiting; ${running}`
}

function notes(path: string, { older, stuck }: FileState): readonly Finding[] {
  const found: Finding[] = []
  if (older)
    found.push(
      note(`${path} is of an older version; the next start brings it up to date: back it up first`),
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
