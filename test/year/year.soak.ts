// The simulated year with 50,000 complaints on one SQLite file, and with 3,000 over one PostgreSQL, where each process has
// its own connections; in both they race for every step.

import { expect, test } from '@jest/globals'
import { freshDatabase } from '../support/postgres.ts'
import { toldYear } from './told-year.ts'

test('50,000 complaints in a year, two processes at every step', async () => {
  const year = await toldYear({ seed: 50, complaints: 50_000 })
  expect(year.problems).toEqual([])
  expect(year.traces).toEqual([])
})

test('3,000 complaints in a year over PostgreSQL', async () => {
  const year = await toldYear({ seed: 3, complaints: 3_000, postgres: await freshDatabase() })
  expect(year.problems).toEqual([])
  expect(year.traces).toEqual([])
})
