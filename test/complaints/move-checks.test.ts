// Which rules of the single case stand against a move that the table allows.

import { describe, expect, test } from '@jest/globals'
import type { Complaint, Role, State } from '../../src/complaints/complaint.ts'
import {
  applyMove,
  type MoveFacts,
  type MoveRequest,
  movesOpen,
} from '../../src/complaints/moves.ts'
import {
  afterMoves,
  at,
  CALENDAR,
  FACTS,
  filed,
  inState,
  moverOf,
  OTHER,
  REQUESTS,
} from './example.ts'

const CITIZEN = moverOf('citizen')

function attempt(
  complaint: Complaint,
  request: MoveRequest,
  role: Role | 'any' = 'any',
  facts: Partial<MoveFacts> = {},
) {
  return applyMove(complaint, request, moverOf(role), { ...FACTS, ...facts })
}

describe('merging', () => {
  const ticket = filed().ticket
  function into(target: Complaint | null, asked = OTHER.ticket) {
    return attempt(filed(), { move: 'merge', into: asked }, 'coordinator', { into: target })
  }
  test('into itself is refused, looked up or not', () => {
    const reason = expect.stringContaining('itself')
    expect(into(filed(), ticket)).toMatchObject({ outcome: 'refused', reason })
    expect(into(null, ticket)).toMatchObject({ outcome: 'refused', reason })
  })
  test('in a cycle is refused', () => {
    const reason = expect.stringContaining(`${OTHER.ticket} is itself merged into this one`)
    expect(into(filed())).toMatchObject({ outcome: 'refused', reason })
  })
  test.each<State>(['archived', 'cancelled', 'merged'])(
    'into one that is %s is refused',
    (state) => {
      const reason = expect.stringContaining(`is ${state}`)
      expect(into({ ...OTHER, state })).toMatchObject({ outcome: 'refused', reason })
    },
  )
  test('into one that is closed is allowed', () => {
    expect(into({ ...OTHER, state: 'closed' }).outcome).toBe('moved')
  })
  test('of a confidential one into one that is not is refused; the other way round it is not', () => {
    const secret = filed({ confidential: true })
    const open = attempt(secret, { move: 'merge', into: OTHER.ticket }, 'any', { into: OTHER })
    expect(open).toMatchObject({ outcome: 'refused', why: 'into-open' })
    const both = { into: { ...OTHER, confidential: true } }
    const request = { move: 'merge', into: OTHER.ticket } as const
    for (const from of [secret, filed()])
      expect(attempt(from, request, 'any', both).outcome).toBe('moved')
  })
  test('names the end of the chain, not the link that was named', () => {
    const end = filed({ ticket: '10000004' })
    expect(into(end)).toMatchObject({
      complaint: { mergedInto: '10000004' },
      event: { detail: { into: '10000004' } },
    })
  })
})

describe('returning', () => {
  const thrice = afterMoves(filed(), ['assign', 'return', 'assign', 'return', 'assign', 'return'])
  test('three times is allowed', () => {
    expect(thrice).toMatchObject({ state: 'received', handOffs: 3 })
  })
  test.each<Role | 'any'>(['officer', 'head', 'coordinator', 'any'])(
    'a fourth time is refused to %s',
    (role) => {
      const again = afterMoves(thrice, ['assign'])
      expect(attempt(again, REQUESTS.return, role)).toMatchObject({
        outcome: 'refused',
        reason: expect.stringContaining('the coordinator must decide'),
      })
      expect(movesOpen(again, moverOf(role))).not.toContain('return')
    },
  )
})

describe('extending', () => {
  const twice = afterMoves(inState('in_progress'), ['extend', 'extend'])
  test('is possible twice', () => {
    expect(twice.extensions).toBe(2)
  })
  test('is refused a third time', () => {
    expect(attempt(twice, REQUESTS.extend, 'head')).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('already extended 2 times'),
    })
  })
  test('is possible again on a new finish clock', () => {
    expect(afterMoves(twice, ['answer', 'dissatisfied', 'extend']).extensions).toBe(1)
  })
})

describe('cancelling', () => {
  test('is refused once an agency has had it', () => {
    const returned = afterMoves(filed(), ['assign', 'return'])
    expect(attempt(returned, REQUESTS.cancel, 'citizen')).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('already assigned'),
    })
    expect(movesOpen(returned, CITIZEN)).not.toContain('cancel')
    expect(attempt(afterMoves(filed(), ['assign', 'hold']), REQUESTS.cancel).outcome).toBe(
      'refused',
    )
  })
  test('is possible while held before any agency had it', () => {
    expect(afterMoves(filed(), ['hold', 'cancel']).state).toBe('cancelled')
  })
})

describe('sending on', () => {
  test('to the agency that has it is refused', () => {
    const request = { move: 'transfer', agency: 'roads' } as const
    expect(attempt(inState('assigned'), request)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('roads already has it'),
    })
  })
  test('a copy to the agency that has it, or has one, is refused', () => {
    const assigned = inState('assigned')
    expect(attempt(assigned, { move: 'copy', agency: 'roads' }).outcome).toBe('refused')
    expect(attempt(afterMoves(assigned, ['copy']), REQUESTS.copy).outcome).toBe('refused')
  })
})

describe('the ten working days', () => {
  // Closed or archived on Wed 25 November: the tenth working day is Wed 9 December.
  const last = at('2026-12-09 16.00')
  const late = new Date(last.getTime() + 1)
  test('a citizen reopens until 16.00 of the tenth day', () => {
    const closed = inState('closed')
    expect(attempt(closed, REQUESTS.reopen, 'citizen', { now: last }).outcome).toBe('moved')
    expect(attempt(closed, REQUESTS.reopen, 'citizen', { now: late })).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('the coordinator still may'),
    })
  })
  test('the coordinator reopens always', () => {
    const now = at('2026-12-30 10.00')
    expect(attempt(inState('closed'), REQUESTS.reopen, 'coordinator', { now }).outcome).toBe(
      'moved',
    )
  })
  test('a citizen completes what was archived as incomplete until then', () => {
    const archived = inState('archived')
    expect(attempt(archived, REQUESTS.complete, 'citizen', { now: last }).outcome).toBe('moved')
    expect(attempt(archived, REQUESTS.complete, 'citizen', { now: late })).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('are over'),
    })
  })
  test('what is over is no longer among the open moves, once the time is given', () => {
    expect(movesOpen(inState('closed'), CITIZEN)).toContain('reopen')
    const when = { now: late, calendar: CALENDAR }
    expect(movesOpen(inState('closed'), CITIZEN, when)).not.toContain('reopen')
    expect(movesOpen(inState('archived'), CITIZEN, when)).not.toContain('complete')
  })
  test('what was archived for another reason cannot be completed', () => {
    const spam = afterMoves(filed(), [{ move: 'archive', reason: 'spam' }])
    expect(attempt(spam, REQUESTS.complete, 'citizen').outcome).toBe('refused')
    expect(movesOpen(spam, CITIZEN)).not.toContain('complete')
  })
})

describe('a citizen', () => {
  test.each<MoveRequest>([
    { move: 'correct', category: 'pipe' },
    { move: 'correct', class: 'information' },
    { move: 'correct', place: { kelurahan: 'South' }, confidential: true },
  ])('may not %j', (request) => {
    expect(attempt(filed(), request, 'citizen').outcome).toBe('refused')
    expect(attempt(filed(), request, 'coordinator').outcome).toBe('moved')
  })
  test('becomes anonymous and stays so', () => {
    expect(attempt(filed(), { move: 'correct', anonymous: true }, 'citizen').outcome).toBe('moved')
    for (const role of ['citizen', 'coordinator'] as const)
      expect(attempt(filed(), { move: 'correct', anonymous: false }, role).outcome).toBe('refused')
  })
})

describe('the schedule', () => {
  test.each([
    ['held', 'incomplete', 'moved'],
    ['held', 'spam', 'refused'],
    ['received', 'spam', 'moved'],
    ['received', 'incomplete', 'refused'],
  ] as const)('archives what is %s as %s: %s', (state, reason, outcome) => {
    expect(attempt(inState(state), { move: 'archive', reason }, 'system').outcome).toBe(outcome)
  })
  test('closes only by silence', () => {
    const request = { move: 'close', reason: 'done' } as const
    expect(attempt(inState('answered'), request, 'system').outcome).toBe('refused')
  })
})
