// kill -9 in the middle of groups: what was acknowledged is there, whole; what was not is there whole or not at all.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { newPath, openAt, withFile } from './temporary.ts'

const LOADER = new URL('../support/swc-loader.mjs', import.meta.url).href
const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url))

/** Starts the child and kills it after so many acknowledgements; hands back all it told. */
async function killedAfter(path: string, run: number, count: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', LOADER, CHILD, path, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const told: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line)
    if (told.length === count) child.kill('SIGKILL')
  }
  await gone
  return told
}

test('nothing acknowledged is lost and nothing is half there, five kills in a row', async () => {
  const path = newPath()
  for (const [run, count] of [1, 9, 40, 77, 150].entries()) {
    const told = await killedAfter(path, run, count)
    expect(told.length).toBeGreaterThanOrEqual(count)
    expect(told.every((line) => line.startsWith('committed '))).toBe(true)
    const kept = withFile(path, (db) =>
      db.prepare('select provider_id from inbox').pluck().all(),
    ) as string[]
    const acknowledged = told.map((line) => line.slice('committed '.length))
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([])
    const rows = (sql: string) => withFile(path, (db) => db.prepare(sql).pluck().get())
    expect(rows('select count(*) from outbox')).toBe(kept.length)
    expect(rows('select sum(version) from addresses')).toBe(kept.length)
    expect(rows('select count(*) from people')).toBe(rows('select count(*) from addresses'))
    expect(rows('pragma integrity_check')).toBe('ok')
  }
  const store = await openAt(path)
  expect((await store.counts(new Date())).pending.sms?.count).toBeGreaterThan(277)
  await store.close()
})
