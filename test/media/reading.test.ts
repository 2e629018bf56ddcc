// Kept files for the channels: as long as somebody's attachment has the digest, and never at the cost of the words.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createMediaFolder } from '../../src/media/folder.ts'
import { createMediaReader } from '../../src/media/reading.ts'

const DIGEST = 'ab'.repeat(32)
const BYTES = Buffer.from('a picture')

let path: string
const open = () => createMediaFolder(path, () => 'draft')
const faults: object[] = []
const log = { error: (fields: object) => void faults.push(fields) }
const kept = { isKept: async () => true }

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'kentongan-media-'))
  faults.length = 0
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

test('a kept file is read whole', async () => {
  const folder = open()
  await folder.put(DIGEST, BYTES)
  expect(await createMediaReader({ store: kept, folder, log })(DIGEST)).toEqual(BYTES)
})

test('what was erased belongs to nobody, though its file still stands there', async () => {
  const folder = open()
  await folder.put(DIGEST, BYTES)
  const store = { isKept: async () => false }
  expect(await createMediaReader({ store, folder, log })(DIGEST)).toBeNull()
})

test('a file that somebody took out of the folder is gone, and no fault', async () => {
  expect(await createMediaReader({ store: kept, folder: open(), log })(DIGEST)).toBeNull()
  expect(faults).toEqual([])
})

test('one that cannot be read is gone too, and the operator reads why', async () => {
  const broken = { read: () => Promise.reject(Object.assign(new Error(path), { code: 'EACCES' })) }
  expect(await createMediaReader({ store: kept, folder: broken, log })(DIGEST)).toBeNull()
  expect(faults).toEqual([{ code: 'EACCES' }])
})
