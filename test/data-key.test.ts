// The key that is made where none was given: once, and never for a database that another key has sealed.

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { keptDataKey, localDataKey } from '../src/data-key.ts'

const chance = (bytes: number) => Buffer.alloc(bytes, 5)
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kentongan-key-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('it is made beside a database that is not there yet, for its owner only, and found again', () => {
  const url = `sqlite:${join(folder, 'data', 'city.db')}`
  const { key, made, file } = localDataKey(url, chance)
  expect(made).toBe(true)
  expect(statSync(String(file)).mode & 0o777).toBe(0o600)
  expect(localDataKey(url, () => Buffer.alloc(32))).toEqual({ key, made: false, file })
})

test('none is made for a database that is there: the lost one must come back', () => {
  const path = join(folder, 'city.db')
  writeFileSync(path, 'sealed with a key that is gone')
  expect(() => localDataKey(`sqlite:${path}`, chance)).toThrow(/Put .*key back, or give DATA_KEY/)
  expect(existsSync(join(folder, 'key'))).toBe(false)
})

test('for PostgreSQL it lies in data/, and nowhere is a folder named after the URL and its password', () => {
  const url = 'postgres://kentongan:secret@127.0.0.1:5432/kentongan'
  const before = process.cwd()
  process.chdir(folder)
  try {
    const { key, file } = localDataKey(url, chance)
    expect(file).toBe(join('data', 'key'))
    expect(keptDataKey(url)).toEqual(key)
    expect(readdirSync(folder)).toEqual(['data'])
  } finally {
    process.chdir(before)
  }
})
