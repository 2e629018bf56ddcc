// Clocks that stand still, count on with what was left, or end: hold, complete, merge, restore and what closes a case.

import { describe, expect, test } from '@jest/globals'
import type { ClockName, Complaint, MoveName } from '../../src/complaints/complaint.ts'
import { afterMoves, at, clockOf, filed } from './example.ts'

function statusOf(complaint: Complaint): Readonly<Partial<Record<ClockName, string>>> {
  return Object.fromEntries(complaint.clocks.map((clock) => [clock.name, clock.status]))
}

function dueOf(complaint: Complaint, name: ClockName): Date {
  return clockOf(complaint, name).dueAt
}

describe('hold and complete', () => {
  test('the vector: 3 days from Wednesday, held on Thursday, completed the next Wednesday', () => {
    const held = afterMoves(filed(), ['hold'], at('2026-11-26 10.00'))
    expect(clockOf(held, 'verify')).toMatchObject({ status: 'paused', left: 2, nextAt: null })
    const back = afterMoves(held, ['complete'], at('2026-12-02 10.00'))
    expect(dueOf(back, 'verify')).toEqual(at('2026-12-04 16.00'))
    expect(clockOf(back, 'verify')).toMatchObject({ status: 'running', left: null })
  })
  test('completed after 16.00 counts from the next day', () => {
    const held = afterMoves(filed(), ['hold'], at('2026-11-26 10.00'))
    const back = afterMoves(held, ['complete'], at('2026-12-02 16.01'))
    expect(dueOf(back, 'verify')).toEqual(at('2026-12-07 16.00'))
  })
  test('pause every clock and start the citizen’s', () => {
    const held = afterMoves(filed(), ['assign', 'hold'])
    expect(statusOf(held)).toEqual({
      verify: 'met',
      follow_up: 'paused',
      finish: 'paused',
      facts: 'running',
    })
    expect(dueOf(held, 'facts')).toEqual(at('2026-12-09 16.00'))
    expect(statusOf(afterMoves(held, ['complete']))).toEqual({
      verify: 'met',
      follow_up: 'running',
      finish: 'running',
      facts: 'met',
    })
  })
  test('a hold right after filing in the evening gives no day more than there were', () => {
    const evening = filed({}, at('2026-11-19 16.30'))
    const held = afterMoves(evening, ['hold'], at('2026-11-19 17.00'))
    expect(clockOf(held, 'verify').left).toBe(3)
  })
  test('on the due date nothing is left, and the day of completing is the last', () => {
    const held = afterMoves(filed(), ['hold'], at('2026-11-30 09.00'))
    expect(clockOf(held, 'verify').left).toBe(0)
    expect(dueOf(afterMoves(held, ['complete'], at('2026-12-03 09.00')), 'verify')).toEqual(
      at('2026-12-03 16.00'),
    )
  })
  test.each([
    ['2026-11-30 16.01', -1],
    ['2026-12-01 09.00', -1],
    ['2026-12-04 09.00', -4],
  ])('what was late when held on %s stays late', (held, left) => {
    const paused = afterMoves(filed(), ['hold'], at(held))
    expect(clockOf(paused, 'verify').left).toBe(left)
    for (const completed of ['2026-12-07 09.00', '2026-12-05 17.00', '2026-12-04 16.30']) {
      const back = afterMoves(paused, ['complete'], at(completed))
      expect(dueOf(back, 'verify').getTime()).toBeLessThan(at(completed).getTime())
      expect(clockOf(afterMoves(back, ['assign'], at(completed)), 'verify').status).toBe('missed')
    }
  })
})

describe('archive, merge, close, satisfied and cancel', () => {
  const held = afterMoves(filed(), ['assign', 'hold'])
  const working = afterMoves(filed(), ['assign'])
  test.each<[Complaint, MoveName]>([
    [working, 'archive'],
    [working, 'merge'],
    [working, 'close'],
    [working, 'satisfied'],
    [held, 'archive'],
    [held, 'merge'],
    [held, 'close'],
    [filed(), 'cancel'],
  ])('end all clocks (%#: %s)', (before, move) => {
    const ended = afterMoves(before, [move])
    const open = ended.clocks.filter((c) => c.status === 'running' || c.status === 'paused')
    expect(open.map((c) => c.name)).toEqual(ended.state === 'closed' ? ['reopen'] : [])
  })
  test('leave alone what was met or missed before', () => {
    expect(clockOf(afterMoves(working, ['archive']), 'verify').status).toBe('met')
  })
  test('a restore after a merge counts on with what was left', () => {
    const merged = afterMoves(working, ['merge'], at('2026-11-26 10.00'))
    expect(clockOf(merged, 'follow_up')).toMatchObject({ status: 'ended', left: 4 })
    const back = afterMoves(merged, ['restore'], at('2026-12-07 10.00'))
    expect(dueOf(back, 'follow_up')).toEqual(at('2026-12-11 16.00'))
  })
  test('a restore to held lets only the citizen’s clock count on', () => {
    const back = afterMoves(held, ['merge', 'restore'])
    expect(statusOf(back)).toMatchObject({
      follow_up: 'paused',
      finish: 'paused',
      facts: 'running',
    })
    expect(statusOf(afterMoves(back, ['complete']))).toMatchObject({
      finish: 'running',
      facts: 'met',
    })
  })
  test('a restore does not wake what had ended before the merge', () => {
    const back = afterMoves(working, ['return', 'merge', 'restore'])
    expect(clockOf(back, 'follow_up').status).toBe('ended')
    const held = afterMoves(working, ['return', 'hold', 'merge', 'restore'])
    expect(clockOf(held, 'follow_up').status).toBe('ended')
  })
})
