// kill -9 at each step of putting a copy in place: afterwards there is the old database or the new one, whole.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { backUp } from '../../src/store/backup.ts'
import { BUDI, file, NOW, SITI } from './given.ts'
import { newPath, openAt, withFile } from './temporary.ts'

const LOADER = new URL('../support/swc-loader.mjs', import.meta.url).href
const CHILD = fileURLToPath(new URL('./restore-child.ts', import.meta.url))

const STEPS = [
  ['copied', 'old'],
  ['settle the old one', 'old'],
  ['keep the old one', 'old'],
  ['remove its log', 'old'],
  ['rename', 'old'],
  ['settle the new one', 'new'],
  ['none', 'new'],
] as const

const ticketsIn = (path: string) =>
  withFile(path, (db) => {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    return db.prepare('select ticket from complaints').pluck().all()
  })

test('a restore ended at any step leaves one whole database, and can be done again', async () => {
  const from = newPath()
  const other = await openAt(from)
  await file(other, SITI, '57240002')
  await other.close()
  const copy = join(dirname(from), 'copy.db')
  await backUp({ database: from, file: copy, mediaDir: join(dirname(from), 'm'), now: NOW })
  const path = newPath()
  for (const [step, left] of STEPS) {
    for (const end of ['', '-wal', '-shm', `.replaced-${NOW.getTime()}`])
      rmSync(path + end, { force: true })
    const store = await openAt(path)
    await file(store, BUDI, '12345670')
    await store.close()
    const child = spawn(process.execPath, ['--import', LOADER, CHILD, copy, path, step], {
      stdio: 'inherit',
    })
    const [code, signal] = await once(child, 'exit')
    expect([step, code, signal]).toEqual(
      step === 'none' ? [step, 0, null] : [step, null, 'SIGKILL'],
    )
    expect([step, ticketsIn(path)]).toEqual([step, left === 'old' ? ['12345670'] : ['57240002']])
    await (await openAt(path)).close()
  }
  expect(ticketsIn(`${path}.replaced-${NOW.getTime()}`)).toEqual(['12345670'])
})
