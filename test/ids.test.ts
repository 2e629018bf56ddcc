import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { createNewId } from '../src/ids.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id is a UUID of version 7 that tells its millisecond', () => {
  const id = createNewId(() => Date.UTC(2026, 2, 16), randomUUID)()
  expect(id).toMatch(V7)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 2, 16))
})

test('ids sort in the order they were made, also when one millisecond makes thousands', () => {
  const newId = createNewId(() => 1_000, randomUUID)
  const made = Array.from({ length: 10_000 }, newId)
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
})

test('ids go on in order when the clock is set back', () => {
  const times = [5_000, 4_000, 4_001, 5_001]
  const newId = createNewId(() => times.shift() ?? 0, randomUUID)
  const made = [newId(), newId(), newId(), newId()]
  expect([...made].sort()).toEqual(made)
})
