// A simulated year of the city: 3,000 complaints, two processes, crashes, holidays, officers who forget, leave, are away.
// The checker, which shares nothing with the schedule, finds every promise kept; nobody learns who the anonymous are.

import { expect, test } from '@jest/globals'
import { checked } from './checker.ts'
import { toldYear } from './told-year.ts'
import { simulated } from './year.ts'

test('in a year no step goes without its ping, no citizen waits in silence, and nobody learns who is anonymous', async () => {
  const year = await toldYear({ seed: 1708, complaints: 3_000, raceEvery: 8 })
  expect(year.problems).toEqual([])
  expect(year.filed).toBeGreaterThan(2_900)
  expect(year.steps).toBeGreaterThan(2_000)
  expect(year.crashes).toBeGreaterThan(20)
  expect(year.unknown).toBeGreaterThan(300)
  expect(year.traces).toEqual([])
}, 240_000)

test('the same seed gives the same year', async () => {
  const parts = { seed: 7, complaints: 25, days: 40 }
  const [one, other] = [await simulated(parts), await simulated(parts)]
  expect(checked(one.log).problems).toEqual([])
  expect(other.log.events).toEqual(one.log.events)
}, 60_000)
