// The escalation steps of a clock: their hours, what coincides, what repeats, and what a long silence owes.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pauseClock, startClock } from '../../src/complaints/clocks.ts'
import type { ClockName } from '../../src/complaints/complaint.ts'
import { nextStep, stepAt, takeStep } from '../../src/complaints/steps.ts'
import { isWorkingDay } from '../../src/complaints/working-days.ts'
import { localDate, localTime } from '../../src/complaints/zone.ts'
import { at, CALENDAR, runClock, START, ZONE } from './example.ts'

const finish = startClock('finish', 14, START, CALENDAR)

describe('the steps of a clock of 14 working days', () => {
  test.each([
    [1, '2026-12-04 08.00', 'seven working days after the start'],
    [2, '2026-12-14 08.00', 'the working day before the due date'],
    [3, '2026-12-16 08.00', 'the working day after it'],
    [4, '2026-12-17 08.00', 'two working days after it'],
    [5, '2026-12-22 08.00', 'five working days after it'],
  ])('%i is at %s: %s', (step, moment) => {
    expect(stepAt(finish, step, CALENDAR)).toEqual(at(moment))
  })
  test('there is no step 0 and no step 6', () => {
    expect(stepAt(finish, 0, CALENDAR)).toBeNull()
    expect(stepAt(finish, 6, CALENDAR)).toBeNull()
  })
  test('weekends and holidays are stepped over', () => {
    const clock = startClock('verify', 3, at('2026-03-16 10.00'), CALENDAR)
    expect(stepAt(clock, 1, CALENDAR)).toEqual(at('2026-03-25 08.00'))
    expect(stepAt(clock, 2, CALENDAR)).toEqual(at('2026-03-25 08.00'))
    expect(stepAt(clock, 3, CALENDAR)).toEqual(at('2026-03-27 08.00'))
  })
  test('an odd number of days is halved upwards', () => {
    const clock = startClock('follow_up', 5, START, CALENDAR)
    expect(stepAt(clock, 1, CALENDAR)).toEqual(at('2026-11-30 08.00'))
  })
})

describe('a clock that somebody looks after each time', () => {
  test('takes each step once', () => {
    expect(runClock(finish, at('2027-01-31 00.00'), () => true).told).toEqual([
      [1, '2026-12-04', '08.00'],
      [2, '2026-12-14', '08.00'],
      [3, '2026-12-16', '08.00'],
      [4, '2026-12-17', '08.00'],
      [5, '2026-12-22', '08.00'],
    ])
  })
})

describe('a clock that nobody looks after', () => {
  test('speaks up every working day from the first step on', () => {
    expect(runClock(finish, at('2026-12-22 08.00')).told).toEqual([
      [1, '2026-12-04', '08.00'],
      [1, '2026-12-07', 'again'],
      [1, '2026-12-08', 'again'],
      [1, '2026-12-09', 'again'],
      [1, '2026-12-10', 'again'],
      [1, '2026-12-11', 'again'],
      [2, '2026-12-14', '08.00'],
      [2, '2026-12-15', 'again'],
      [3, '2026-12-16', '08.00'],
      [4, '2026-12-17', '08.00'],
      [4, '2026-12-18', 'again'],
      [4, '2026-12-21', 'again'],
      [5, '2026-12-22', '08.00'],
    ])
  })
  test('does not fall silent after the last step, but on holidays', () => {
    const { told } = runClock(finish, at('2026-12-29 00.00'))
    expect(told.slice(-2)).toEqual([
      [5, '2026-12-23', 'again'],
      [5, '2026-12-28', 'again'],
    ])
  })
})

describe('steps that coincide', () => {
  test('halfway and the day before are one, the later', () => {
    const clock = startClock('verify', 3, START, CALENDAR)
    expect(nextStep(clock, CALENDAR)).toEqual({ step: 2, at: at('2026-11-27 08.00') })
    const taken = takeStep(clock, at('2026-11-27 08.00'), CALENDAR)
    expect(taken).toMatchObject({ step: 2, skipped: [1], repeat: false, clock: { step: 2 } })
  })
  test('a clock of one day speaks on its due date at the earliest, never before it began', () => {
    const clock = startClock('verify', 1, START, CALENDAR)
    expect(clock.nextAt).toEqual(at('2026-11-26 08.00'))
    expect(takeStep(clock, at('2026-11-26 08.00'), CALENDAR)).toMatchObject({
      step: 2,
      skipped: [1],
    })
  })
  test('a repetition and a new step at one hour are the step', () => {
    const { clock } = takeStep(finish, at('2026-12-14 08.00'), CALENDAR)
    expect(takeStep(clock, at('2026-12-16 08.00'), CALENDAR)).toMatchObject({
      step: 3,
      repeat: false,
    })
  })
})

describe('a schedule that was down for weeks', () => {
  test('takes the highest step and says which it skipped, so that the citizen is told', () => {
    const taken = takeStep(finish, at('2027-01-11 11.30'), CALENDAR)
    expect(taken).toMatchObject({ step: 5, skipped: [1, 2, 3, 4], repeat: false })
    expect(taken.clock.nextAt).toEqual(at('2027-01-12 08.00'))
  })
  test('repeats what it missed once', () => {
    const { clock } = takeStep(finish, at('2026-12-22 08.00'), CALENDAR)
    const again = takeStep(clock, at('2027-01-11 11.30'), CALENDAR)
    expect(again).toMatchObject({ step: 2 + 3, skipped: [], repeat: true })
  })
})

describe('nothing is due', () => {
  test('before the hour, nor on a clock that stands still', () => {
    const early = new Date(at('2026-12-04 08.00').getTime() - 1)
    expect(takeStep(finish, early, CALENDAR)).toEqual({
      step: 0,
      skipped: [],
      repeat: false,
      clock: finish,
    })
    const paused = pauseClock(finish, START, CALENDAR)
    expect(takeStep(paused, at('2027-01-04 08.00'), CALENDAR).step).toBe(0)
  })
})

describe.each<ClockName>(['reply', 'facts'])('the citizen’s clock %s', (name) => {
  const clock = startClock(name, 10, START, CALENDAR)
  test('reminds once, halfway, and then runs out', () => {
    expect(runClock(clock, at('2027-01-31 00.00')).told).toEqual([
      [1, '2026-12-02', '08.00'],
      [2, '2026-12-09', '16.00'],
    ])
  })
  test('never repeats', () => {
    expect(takeStep(clock, at('2026-12-02 08.00'), CALENDAR).clock.pinging).toBe(false)
  })
  test('run out while nobody looked, it says that the reminder never went', () => {
    expect(takeStep(clock, at('2027-01-11 08.00'), CALENDAR)).toMatchObject({
      step: 2,
      skipped: [1],
    })
  })
})

test('any clock left to itself speaks at 08.00 of working days, ever higher, and skips nothing unsaid', () => {
  const names = fc.constantFrom<ClockName>('verify', 'follow_up', 'finish')
  const minutes = fc.integer({ min: 0, max: 300 * 24 * 60 })
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 60 }), minutes, (name, days, minute) => {
      const start = new Date(at('2026-01-01 00.00').getTime() + minute * 60_000)
      const said = new Set<number>()
      let clock = startClock(name, days, start, CALENDAR)
      for (let last = 0; clock.step < 5; last = clock.step) {
        const now = clock.nextAt ?? START
        expect(now.getTime()).toBeGreaterThan(start.getTime())
        expect([localTime(now, ZONE), isWorkingDay(localDate(now, ZONE), CALENDAR)]).toEqual([
          '08.00',
          true,
        ])
        const taken = takeStep(clock, now, CALENDAR)
        expect(taken.clock.step).toBeGreaterThanOrEqual(last)
        for (const step of [...taken.skipped, taken.step]) said.add(step)
        expect(taken.clock.nextAt?.getTime()).toBeGreaterThan(now.getTime())
        clock = taken.clock
      }
      expect([...said].sort()).toEqual([1, 2, 3, 4, 5])
    }),
  )
})
