// The usual agency, and the clocks in force on the day of filing.

import { describe, expect, test } from '@jest/globals'
import { proposeAgency, rulesInForce } from '../../src/complaints/routing.ts'
import { RULES } from './example.ts'

test('the category proposes its usual agency, an open category none', () => {
  expect(proposeAgency({ agency: 'roads' })).toBe('roads')
  expect(proposeAgency(null)).toBeNull()
})

describe('of several sets of clocks', () => {
  const old = { ...RULES, from: '2020-01-01', verify: 5 }
  const current = { ...RULES, from: '2026-01-01' }
  const coming = { ...RULES, from: '2027-01-01', verify: 2 }

  test.each([
    ['2025-12-31', 5],
    ['2026-01-01', 3],
    ['2026-12-31', 3],
    ['2027-01-01', 2],
    ['2019-06-01', 5],
  ])('what is filed on %s has %i days to be verified', (date, verify) => {
    expect(rulesInForce([coming, current, old], date).verify).toBe(verify)
    expect(rulesInForce([old, current, coming], date).verify).toBe(verify)
  })
  test('what is frozen into the complaint carries no date', () => {
    expect(rulesInForce([current], '2026-05-05')).toEqual(RULES)
  })
  test('none at all is a fault that says what to do', () => {
    expect(() => rulesInForce([], '2026-05-05')).toThrow('add one to the city')
  })
})
