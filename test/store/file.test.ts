// One file, one gateway, one key: what opening a store in a file makes sure of.

import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../src/store/connect.ts'
import { openStore } from '../../src/store/open.ts'
import { createSeal } from '../../src/store/seal.ts'
import { BUDI, conversationOf, file, KEY, PARTS, say } from './given.ts'
import { newPath, openAt, refusal, withFile } from './temporary.ts'

describe('opening', () => {
  test('makes the folder and a file only its owner may read', async () => {
    const path = join(dirname(newPath()), 'deep', 'er', 'k.db')
    const store = await openAt(path)
    await say(store, BUDI)
    for (const name of [path, `${path}-wal`, `${path}-shm`])
      expect(statSync(name).mode & 0o777).toBe(0o600)
    await store.close()
  })

  test('finds everything again the next time', async () => {
    const path = newPath()
    const first = await openAt(path)
    const filed = await file(first, BUDI, '12345670')
    await first.close()
    const second = await openAt(path)
    expect((await conversationOf(second, BUDI)).mine[0]?.complaint).toEqual(filed)
    await second.close()
  })

  test('frees the leases of the gateway that ended without handing them over', async () => {
    const path = newPath()
    const first = await openAt(path)
    await first.takeLease('cron', 'killed', 60_000)
    await first.close()
    const second = await openAt(path)
    expect(await second.takeLease('cron', 'next', 60_000)).not.toBeNull()
    await second.close()
  })

  test('is refused beside a running gateway, naming the file and the cure', async () => {
    const path = newPath()
    const store = await openAt(path)
    const why = await refusal(openAt(path))
    expect(why).toContain(`${path} is in use by another gateway; stop that one first`)
    await store.close()
    await (await openAt(path)).close()
  })

  test('is refused by another name of the same file, too', async () => {
    const path = newPath()
    const store = await openAt(path)
    const other = newPath()
    symlinkSync(path, other)
    expect(await refusal(openAt(other))).toContain(`${other} is in use by another gateway`)
    await store.close()
  })

  test('is refused with another key, which may then still be given', async () => {
    const path = newPath()
    const first = await openAt(path)
    await say(first, BUDI)
    await first.close()
    const why = await refusal(openAt(path, { dataKey: Buffer.alloc(32, 9) }))
    expect(why).toContain(`DATA_KEY does not fit the database ${path}`)
    const second = await openAt(path)
    expect((await conversationOf(second, BUDI)).version).toBe(1)
    await second.close()
  })

  test('is refused by a file that a newer version has changed', async () => {
    const path = newPath()
    await (await openAt(path)).close()
    withFile(path, (db) => db.exec("insert into __drizzle_migrations values (9, 'x', 9e15)"))
    expect(await refusal(openAt(path))).toContain('was written by a newer version')
  })

  test('is refused by a file that is no database', async () => {
    const path = newPath()
    writeFileSync(path, 'this is a letter, not a database, and long enough to be looked at\n')
    expect(await refusal(openAt(path))).toContain('file is not a database')
  })

  test('is refused where nothing can be written, with the cure', async () => {
    const folder = dirname(newPath())
    writeFileSync(join(folder, 'taken'), '')
    const why = await refusal(openAt(join(folder, 'taken', 'k.db')))
    expect(why).toContain('make its folder writable for this user, or set DATABASE_URL')
    expect(await refusal(openAt(folder))).toContain('cannot write the database')
  })

  test('is refused for what is no URL', async () => {
    const url = (given: string) => refusal(openStore({ ...PARTS, url: given }))
    expect(await url('data/kentongan.db')).toContain('set sqlite:PATH')
    expect(await url('sqlite:')).toContain('set sqlite:PATH')
  })
})

test('no address stands readable in the file', async () => {
  const path = newPath()
  const store = await openAt(path)
  await say(store, BUDI)
  await store.close()
  expect(readFileSync(path, 'latin1')).not.toContain('628110000001')
})

test('the writing connection waits for the disk, wipes what is deleted and trusts no schema', () => {
  const parts = { seal: createSeal(KEY), newId: PARTS.newId, pragmas: [] }
  const { writer, close } = connect({ ...parts, path: newPath() })
  const pragma = (name: string) => writer.pragma(name, { simple: true })
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('synchronous')).toBe(2)
  expect(pragma('foreign_keys')).toBe(1)
  expect(pragma('secure_delete')).toBe(1)
  expect(pragma('trusted_schema')).toBe(0)
  expect(pragma('busy_timeout')).toBe(250)
  close()
})

test('each call is told before it begins and after it is durable', async () => {
  const steps: string[] = []
  const store = await openStore({
    ...PARTS,
    url: 'sqlite::memory:',
    onStep: (call, when) => void steps.push(`${when} ${call}`),
  })
  await say(store, BUDI)
  await store.close()
  expect(steps).toEqual([
    'before conversation',
    'after conversation',
    'before commitTurn',
    'after commitTurn',
    'before close',
    'after close',
  ])
})
