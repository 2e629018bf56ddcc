// A copy of a database in use, and what stands in the way of one.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { backUp } from '../../src/store/backup.ts'
import { BUDI, conversationOf, file, KEY, later, NOW, post } from './given.ts'
import { newPath, openAt, refusal, withFile } from './temporary.ts'

const partsFor = (database: string) => ({
  database,
  file: join(dirname(database), 'copy.db'),
  mediaDir: join(dirname(database), 'media'),
  now: NOW,
})

test('a copy of a database in use holds what is stored, and is its owner’s alone', async () => {
  const path = newPath()
  const store = await openAt(path)
  const filed = await file(store, BUDI, '12345670')
  await post(store, BUDI, {})
  const parts = partsFor(path)
  const { contents, bytes } = await backUp(parts)
  expect(contents).toEqual({ complaints: 1, newestAt: NOW, waiting: 1 })
  expect(statSync(parts.file)).toMatchObject({ size: bytes, mode: 0o100600 })
  await store.close()
  const copy = await openAt(parts.file)
  expect((await conversationOf(copy, BUDI)).mine[0]?.complaint).toEqual(filed)
  await copy.close()
})

test('the gateway goes on writing during and after the copy, which holds a moment of it', async () => {
  const path = newPath()
  const store = await openAt(path)
  await file(store, BUDI, '12345670')
  const parts = partsFor(path)
  const [{ contents }] = await Promise.all([
    backUp(parts),
    file(store, BUDI, '57240003', { filedAt: later(1) }),
  ])
  expect(contents.complaints).toBeGreaterThanOrEqual(1)
  await file(store, BUDI, '57240002', { filedAt: later(2) })
  expect((await conversationOf(store, BUDI)).mine).toHaveLength(3)
  await store.close()
})

test('of two copies under one name that are made at once one is whole, and the other is refused', async () => {
  const path = newPath()
  await (await openAt(path)).close()
  const parts = partsFor(path)
  const ends = await Promise.allSettled([backUp(parts), backUp(parts)])
  const made = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.bytes] : []))
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))
  expect(made).toEqual([statSync(parts.file).size])
  expect(refused).toEqual([expect.stringMatching(/appeared meanwhile/)])
  expect(readdirSync(dirname(path)).filter((name) => name.includes('part'))).toEqual([])
})

test('the copy lists the files of the media folder with size and digest', async () => {
  const path = newPath()
  await (await openAt(path)).close()
  const parts = partsFor(path)
  mkdirSync(join(parts.mediaDir, 'ab'), { recursive: true })
  writeFileSync(join(parts.mediaDir, 'ab', 'photo'), 'abc')
  writeFileSync(join(parts.mediaDir, '.draft-1'), 'half of another')
  const { media } = await backUp(parts)
  const listed = {
    path: join('ab', 'photo'),
    bytes: 3,
    digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  }
  expect(media).toEqual([listed])
  expect(withFile(parts.file, (db) => db.prepare('select * from backup_media').all())).toEqual([
    listed,
  ])
})

test('neither the key nor an address stands in the copy', async () => {
  const path = newPath()
  const store = await openAt(path)
  await file(store, BUDI, '12345670')
  const parts = partsFor(path)
  await backUp(parts)
  await store.close()
  const bytes = readFileSync(parts.file)
  expect(bytes.includes(KEY)).toBe(false)
  expect(bytes.includes(KEY.toString('base64'))).toBe(false)
  expect(bytes.includes('628110000001')).toBe(false)
})

test('a file that exists is never overwritten', async () => {
  const path = newPath()
  await (await openAt(path)).close()
  const parts = partsFor(path)
  writeFileSync(parts.file, 'my letter')
  expect(await refusal(backUp(parts))).toContain('copy.db exists already; name another file')
  expect(readFileSync(parts.file, 'utf8')).toBe('my letter')
})

test('what cannot be copied is named, and leaves nothing behind', async () => {
  const path = newPath()
  const parts = partsFor(path)
  expect(await refusal(backUp(parts))).toContain(`there is no file ${path}`)
  writeFileSync(path, 'this is a letter, not a database, and long enough to be looked at\n')
  expect(await refusal(backUp(parts))).toContain('is no database')
  withFile(join(dirname(path), 'other.db'), (db) => db.exec('create table notes (text)'))
  const other = { ...parts, database: join(dirname(path), 'other.db') }
  expect(await refusal(backUp(other))).toContain('not one of Kentongan')
  const nowhere = { ...parts, file: join(dirname(path), 'no', 'folder', 'copy.db') }
  await (await openAt(newPath())).close()
  expect(await refusal(backUp({ ...nowhere, database: path }))).toContain('is no database')
  expect(readdirSync(dirname(path)).sort()).toEqual(['k.db', 'other.db'])
})
