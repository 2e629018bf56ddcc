// How long the number of complaints that are over is remembered: a few not at all, many for minutes.

import { expect, test } from '@jest/globals'
import { createOverMemory } from '../../src/store/queries/counts.ts'
import { later, MINUTE, NOW } from './given.ts'

const MANY = { closed: 900_000, archived: 100_000 }

test('what was never counted is counted', () => {
  expect(createOverMemory().recall(NOW)).toBe(null)
})

test('a few are counted each time', () => {
  const memory = createOverMemory()
  memory.keep({ closed: 10_000 }, NOW)
  expect(memory.recall(NOW)).toBe(null)
})

test('a million are remembered for minutes, and then counted anew', () => {
  const memory = createOverMemory()
  memory.keep(MANY, NOW)
  expect(memory.recall(later(8 * MINUTE))).toEqual(MANY)
  expect(memory.recall(later(9 * MINUTE))).toBe(null)
})

test('a clock that was set back does not keep them for longer', () => {
  const memory = createOverMemory()
  memory.keep(MANY, NOW)
  expect(memory.recall(later(-9 * MINUTE))).toBe(null)
})
