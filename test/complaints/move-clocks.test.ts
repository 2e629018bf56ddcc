// What every move does to the clocks: the table of product.md section 4, row by row.

import { describe, expect, test } from '@jest/globals'
import { dueAtOf, runningClock, startReply } from '../../src/complaints/clocks.ts'
import type { ClockName, Complaint, MoveName } from '../../src/complaints/complaint.ts'
import { takeStep } from '../../src/complaints/steps.ts'
import { afterMoves, at, CALENDAR, clockOf, filed } from './example.ts'

const CITIZEN = { role: 'citizen', actor: 'citizen' } as const
/** Friday, two working days after the start on Wednesday 25 November. */
const LATER = at('2026-11-27 10.00')

function statusOf(complaint: Complaint): Readonly<Partial<Record<ClockName, string>>> {
  return Object.fromEntries(complaint.clocks.map((clock) => [clock.name, clock.status]))
}

function dueOf(complaint: Complaint, name: ClockName): Date {
  return clockOf(complaint, name).dueAt
}

describe('verify', () => {
  test('starts when a complaint is filed', () => {
    expect(statusOf(filed())).toEqual({ verify: 'running' })
    expect(dueOf(filed(), 'verify')).toEqual(at('2026-11-30 16.00'))
  })
  test('starts anew on return, restore, and when reopened or disliked without an agency', () => {
    const anew = at('2026-12-02 16.00')
    const ways: readonly (readonly MoveName[])[] = [
      ['assign', 'return'],
      ['archive', 'restore'],
      ['answer', 'dissatisfied'],
      ['answer', 'satisfied', 'reopen'],
      ['archive', 'complete'],
    ]
    for (const moves of ways) {
      const before = afterMoves(filed(), moves.slice(0, -1))
      const back = afterMoves(before, moves.slice(-1), LATER)
      expect([moves, dueOf(back, 'verify')]).toEqual([moves, anew])
      expect(runningClock(back, 'verify')).not.toBeNull()
    }
  })
  test('is met at 16.00 of its due date and missed a millisecond later', () => {
    const due = at('2026-11-30 16.00')
    expect(clockOf(afterMoves(filed(), ['assign'], due), 'verify').status).toBe('met')
    const late = new Date(due.getTime() + 1)
    expect(clockOf(afterMoves(filed(), ['assign'], late), 'verify').status).toBe('missed')
  })
  test('is stopped by an answer of the coordinator', () => {
    expect(statusOf(afterMoves(filed(), ['answer']))).toEqual({ verify: 'met' })
  })
})

describe('first follow-up', () => {
  const assigned = afterMoves(filed(), ['assign'])
  test('starts at each assignment and transfer', () => {
    expect(dueOf(assigned, 'follow_up')).toEqual(at('2026-12-02 16.00'))
    const sent = afterMoves(assigned, ['transfer'], LATER)
    expect(dueOf(sent, 'follow_up')).toEqual(at('2026-12-04 16.00'))
  })
  test('is not stopped by accepting', () => {
    expect(clockOf(afterMoves(assigned, ['accept']), 'follow_up').status).toBe('running')
  })
  test.each<MoveName>(['update', 'answer'])('is stopped by the first %s', (move) => {
    expect(clockOf(afterMoves(assigned, [move]), 'follow_up').status).toBe('met')
    const late = afterMoves(assigned, [move], at('2026-12-03 08.00'))
    expect(clockOf(late, 'follow_up').status).toBe('missed')
  })
  test('stays met when a further update comes late', () => {
    const late = afterMoves(afterMoves(assigned, ['update']), ['update'], at('2026-12-03 08.00'))
    expect(clockOf(late, 'follow_up').status).toBe('met')
  })
  test('stays missed after a further update', () => {
    const late = afterMoves(assigned, ['update', 'update'], at('2026-12-03 08.00'))
    expect(clockOf(late, 'follow_up').status).toBe('missed')
  })
  test('ends, neither met nor missed, when the agency returns the case', () => {
    expect(clockOf(afterMoves(assigned, ['return']), 'follow_up').status).toBe('ended')
  })
  test('starts anew when the citizen is dissatisfied or reopens', () => {
    for (const moves of [['dissatisfied'], ['satisfied', 'reopen']] as const) {
      const back = afterMoves(afterMoves(assigned, ['update', 'answer']), moves, LATER)
      expect(dueOf(back, 'follow_up')).toEqual(at('2026-12-04 16.00'))
      expect(runningClock(back, 'follow_up')).not.toBeNull()
    }
  })
})

describe('finish', () => {
  test.each([
    [{}, '2026-12-15 16.00'],
    [{ class: 'aspiration' }, '2026-12-15 16.00'],
    [{ class: 'information' }, '2026-12-02 16.00'],
    [{ category: 'bridge' }, '2027-02-19 16.00'],
    [{ category: 'bridge', class: 'information' }, '2026-12-02 16.00'],
    [{ category: null }, '2026-12-15 16.00'],
  ] as const)('of %j runs out on %s', (filing, due) => {
    expect(dueOf(afterMoves(filed(filing), ['assign']), 'finish')).toEqual(at(due))
  })
  test('goes on through return, the next assignment and transfer', () => {
    const assigned = afterMoves(filed(), ['assign'])
    const moved = afterMoves(assigned, ['return', 'assign', 'transfer'], LATER)
    expect(clockOf(moved, 'finish')).toEqual(clockOf(assigned, 'finish'))
  })
  test('is stopped by the answer', () => {
    expect(clockOf(afterMoves(filed(), ['assign', 'answer']), 'finish').status).toBe('met')
    const late = afterMoves(afterMoves(filed(), ['assign']), ['answer'], at('2026-12-15 16.01'))
    expect(clockOf(late, 'finish').status).toBe('missed')
  })
  test('starts anew when the citizen is dissatisfied, reopens, or an answered case goes to another agency', () => {
    for (const moves of [['dissatisfied'], ['satisfied', 'reopen'], ['transfer']] as const) {
      const back = afterMoves(afterMoves(filed(), ['assign', 'answer']), moves, LATER)
      expect(dueOf(back, 'finish')).toEqual(at('2026-12-17 16.00'))
      expect(runningClock(back, 'finish')).not.toBeNull()
    }
  })
  test('is moved by extending, working days from its due date on', () => {
    const extended = afterMoves(filed(), ['assign', 'accept', 'extend'])
    expect(dueOf(extended, 'finish')).toEqual(at('2026-12-22 16.00'))
    expect(dueOf(afterMoves(extended, ['extend']), 'finish')).toEqual(at('2026-12-31 16.00'))
  })
  test('follows the corrected class and category, extensions included', () => {
    const extended = afterMoves(filed(), ['assign', 'accept', 'extend'])
    const asked = afterMoves(extended, [{ move: 'correct', class: 'information' }])
    expect(dueOf(asked, 'finish')).toEqual(at('2026-12-09 16.00'))
    const back = afterMoves(asked, [{ move: 'correct', class: 'complaint' }])
    expect(dueOf(back, 'finish')).toEqual(dueOf(extended, 'finish'))
    const bridge = afterMoves(extended, [{ move: 'correct', category: 'bridge' }])
    expect(clockOf(bridge, 'finish').days).toBe(65)
  })
  test('follows a correction made while the case is held', () => {
    const held = afterMoves(filed(), ['assign', 'hold', { move: 'correct', class: 'information' }])
    expect(dueOf(afterMoves(held, ['complete']), 'finish')).toEqual(at('2026-12-02 16.00'))
  })
  test('keeps the rules in force when the case was filed', () => {
    const old = { ...filed(), rules: { ...filed().rules, follow_up: 2 } }
    expect(dueOf(afterMoves(old, ['assign']), 'follow_up')).toEqual(at('2026-11-27 16.00'))
  })
})

describe('the citizen’s reply', () => {
  const answered = startReply(afterMoves(filed(), ['assign', 'answer']), LATER, CALENDAR)
  test('does not start with the answer but when the channel accepted it', () => {
    expect(statusOf(afterMoves(filed(), ['assign', 'answer']))).not.toHaveProperty('reply')
    expect(dueOf(answered, 'reply')).toEqual(at('2026-12-11 16.00'))
  })
  test('does not start on a case that is no longer answered', () => {
    const closed = afterMoves(filed(), ['assign', 'answer', 'satisfied'])
    expect(startReply(closed, LATER, CALENDAR)).toBe(closed)
  })
  test('begins again with another answer', () => {
    expect(statusOf(afterMoves(answered, ['answer']))).not.toHaveProperty('reply')
  })
  test('is stopped by the citizen’s words, not by those of the agency', () => {
    expect(clockOf(afterMoves(answered, ['note'], LATER, CITIZEN), 'reply').status).toBe('met')
    expect(clockOf(afterMoves(answered, ['note'], LATER), 'reply').status).toBe('running')
    expect(clockOf(afterMoves(answered, ['dissatisfied'], LATER, CITIZEN), 'reply').status).toBe(
      'met',
    )
  })
})

describe('the time to reopen', () => {
  const closed = afterMoves(filed(), ['assign', 'answer', 'satisfied'])
  test('starts at closing and ends at reopening', () => {
    expect(dueOf(closed, 'reopen')).toEqual(at('2026-12-09 16.00'))
    expect(clockOf(afterMoves(closed, ['reopen']), 'reopen').status).toBe('ended')
  })
  test('is over when it has run out, and then the case has no due date', () => {
    const { clock } = takeStep(clockOf(closed, 'reopen'), at('2026-12-09 16.00'), CALENDAR)
    expect(clock).toMatchObject({ status: 'ended', nextAt: null })
  })
})

describe('the due date of a case', () => {
  test('is the earliest of the running clocks, overdue or not', () => {
    expect(dueAtOf(afterMoves(filed(), ['assign']))).toEqual(at('2026-12-02 16.00'))
    expect(dueAtOf(afterMoves(filed(), ['assign', 'update']))).toEqual(at('2026-12-15 16.00'))
    expect(dueAtOf(afterMoves(filed(), ['assign', 'hold']))).toEqual(at('2026-12-09 16.00'))
    expect(dueAtOf(afterMoves(filed(), ['cancel']))).toBeNull()
  })
})
