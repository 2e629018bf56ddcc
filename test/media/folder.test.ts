// Attachments on disk: whole or not at all, their owner's alone, and left-overs of ended processes go.

import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createMediaFolder } from '../../src/media/folder.ts'

const DIGEST = `ab${'c'.repeat(62)}`
let root = ''
let folder = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kentongan-media-'))
  folder = join(root, 'not', 'there', 'yet')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

let made = 0
const open = () => createMediaFolder(folder, () => `d${++made}`)
const all = () => readdirSync(folder, { recursive: true }).sort()

test('a file lies under its digest, for its owner alone, and nothing beside it', async () => {
  await open().put(DIGEST, Buffer.from('one'))
  const path = join(folder, 'ab', DIGEST)
  expect(readFileSync(path, 'utf8')).toBe('one')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'ab')).mode & 0o777).toBe(0o700)
  expect(all()).toEqual(['ab', `ab/${DIGEST}`])
})

test('the same file put again is there once; removed twice it is gone', async () => {
  await Promise.all([
    open().put(DIGEST, Buffer.from('one')),
    open().put(DIGEST, Buffer.from('one')),
  ])
  expect(all()).toEqual(['ab', `ab/${DIGEST}`])
  await open().remove(DIGEST)
  await open().remove(DIGEST)
  expect(all()).toEqual(['ab'])
})

test('what cannot be written leaves nothing, and says why', async () => {
  writeFileSync(join(root, 'not'), 'a file in the way')
  await expect(open().put(DIGEST, Buffer.from('one'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test('drafts of ended processes are swept, those of running ones and kept files are not', async () => {
  await open().put(DIGEST, Buffer.from('one'))
  for (const name of ['.draft-old', '.draft-new']) writeFileSync(join(folder, name), 'half')
  const hourAgo = new Date(statSync(folder).mtimeMs - 3_600_000)
  utimesSync(join(folder, '.draft-old'), hourAgo, hourAgo)
  utimesSync(join(folder, 'ab', DIGEST), hourAgo, hourAgo)
  await open().sweep(new Date(hourAgo.getTime() + 1000))
  expect(all()).toEqual(['.draft-new', 'ab', `ab/${DIGEST}`])
})

test('a folder that is not there has nothing to sweep', async () => {
  await open().sweep(new Date(0))
})
