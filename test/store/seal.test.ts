// Sealing and finding contact details with keys derived from DATA_KEY.

import { expect, test } from '@jest/globals'
import { createSeal } from '../../src/store/seal.ts'
import { BUDI, KEY, SITI } from './given.ts'

const seal = createSeal(KEY)
const other = createSeal(Buffer.alloc(32, 8))

test('what was sealed is opened by the same key', () => {
  expect(seal.open(seal.seal(BUDI, 'address'), 'address')).toBe(BUDI)
})

test('the same words never look the same twice when sealed', () => {
  expect(seal.seal(BUDI, 'address')).not.toBe(seal.seal(BUDI, 'address'))
})

test('another key opens nothing', () => {
  expect(() => other.open(seal.seal(BUDI, 'address'), 'address')).toThrow()
})

test('what was sealed for one purpose is not opened for another', () => {
  expect(() => seal.open(seal.seal(BUDI, 'address'), 'name')).toThrow()
})

test('a single changed bit is noticed', () => {
  const bytes = Buffer.from(seal.seal(BUDI, 'address'), 'base64')
  for (let i = 0; i < bytes.length; i++) {
    const spoilt = Buffer.from(bytes)
    spoilt[i] = (spoilt[i] ?? 0) ^ 1
    expect(() => seal.open(spoilt.toString('base64'), 'address')).toThrow()
  }
})

test('a digest is the same under one key, and another under another', () => {
  expect(seal.digest(BUDI)).toBe(createSeal(KEY).digest(BUDI))
  expect(seal.digest(BUDI)).not.toBe(other.digest(BUDI))
  expect(seal.digest(BUDI)).not.toBe(seal.digest(SITI))
})

test('the name of a key tells keys apart and is no part of them', () => {
  expect(seal.keyId).not.toBe(other.keyId)
  expect(KEY.toString('hex')).not.toContain(seal.keyId)
})

test('a key of another length is refused with what to give', () => {
  expect(() => createSeal(Buffer.alloc(16))).toThrow('DATA_KEY holds 16 bytes; give 32 bytes')
})
