// Due dates that move: by extending, by a correction, by the official list of holidays; the steps move along.

import { describe, expect, test } from '@jest/globals'
import { extendClock, recomputeDue, startClock } from '../../src/complaints/clocks.ts'
import { stepAt, takeStep } from '../../src/complaints/steps.ts'
import { at, CALENDAR, filed, runClock, START } from './example.ts'

const finish = startClock('finish', 14, START, CALENDAR)

describe('a due date that moves', () => {
  const overdue = takeStep(finish, at('2026-12-16 08.00'), CALENDAR).clock
  test('later brings the steps around the new date, not the halfway one', () => {
    const extended = extendClock(overdue, 5, at('2026-12-16 10.00'), CALENDAR)
    expect(extended).toMatchObject({ step: 1, dueAt: at('2026-12-22 16.00') })
    expect(runClock(extended, at('2026-12-31 00.00'), () => true).told.slice(1)).toEqual([
      [2, '2026-12-21', '08.00'],
      [3, '2026-12-23', '08.00'],
      [4, '2026-12-28', '08.00'],
    ])
  })
  test('later does not bring the halfway step twice', () => {
    const halfway = takeStep(finish, at('2026-12-04 08.00'), CALENDAR).clock
    expect(extendClock(halfway, 30, at('2026-12-04 10.00'), CALENDAR).step).toBe(1)
  })
  test('earlier waits with what has passed until the next opening', () => {
    const shortened = extendClock(finish, -13, at('2026-12-03 17.00'), CALENDAR)
    expect(shortened.nextAt).toEqual(at('2026-12-04 08.00'))
    expect(takeStep(shortened, at('2026-12-04 08.00'), CALENDAR)).toMatchObject({ step: 5 })
  })
})

describe('when the official list of holidays comes', () => {
  const told = { ...filed(), clocks: [startClock('finish', 14, at('2026-12-21 10.00'), CALENDAR)] }
  function recomputed(holidays: readonly string[]) {
    const calendar = {
      ...CALENDAR,
      officialYears: new Set([2026, 2027]),
      holidays: new Set([...CALENDAR.holidays, ...holidays]),
    }
    return recomputeDue(told, at('2026-12-28 10.00'), calendar).clocks[0]
  }
  test('a date told as an estimate comes later by the new holidays', () => {
    expect(told.clocks[0]).toMatchObject({ dueAt: at('2027-01-12 16.00'), estimate: true })
    expect(recomputed(['2027-01-01', '2027-01-05'])).toMatchObject({
      dueAt: at('2027-01-14 16.00'),
      estimate: false,
    })
  })
  test('no told date comes earlier', () => {
    const late = [{ ...told.clocks[0]!, dueAt: at('2027-01-20 16.00') }]
    const calendar = { ...CALENDAR, officialYears: new Set([2026, 2027]) }
    const [clock] = recomputeDue({ ...told, clocks: late }, START, calendar).clocks
    expect(clock).toMatchObject({ dueAt: at('2027-01-20 16.00'), estimate: false })
  })
  test('the steps follow the new date', () => {
    const clock = recomputed(['2027-01-01', '2027-01-05'])!
    expect(stepAt(clock, 2, CALENDAR)).toEqual(at('2027-01-13 08.00'))
  })
  const oneMore = { ...CALENDAR, holidays: new Set([...CALENDAR.holidays, '2026-12-01']) }
  test('a date that was certain stays; the steps to come go on by the new days', () => {
    const [clock] = recomputeDue({ ...filed(), clocks: [finish] }, START, oneMore).clocks
    expect(clock).toEqual({ ...finish, nextAt: at('2026-12-07 08.00') })
  })
  test('a step that was taken is not taken again, and one whose hour has come is not put off', () => {
    const halfway = takeStep(finish, at('2026-12-04 08.00'), CALENDAR).clock
    const later = at('2026-12-04 10.00')
    const [after] = recomputeDue({ ...filed(), clocks: [halfway] }, later, oneMore).clocks
    expect(after?.step).toBe(1)
    const due = at('2026-12-04 08.30')
    const [waiting] = recomputeDue({ ...filed(), clocks: [finish] }, due, oneMore).clocks
    expect(waiting?.nextAt).toEqual(finish.nextAt)
    const full = { ...finish, nextAt: at('2026-12-04 09.00') }
    const oneLess = { ...CALENDAR, holidays: new Set<string>() }
    const [kept] = recomputeDue({ ...filed(), clocks: [full] }, due, oneLess).clocks
    expect(kept?.nextAt).toEqual(full.nextAt)
  })
})
