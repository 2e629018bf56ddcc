// Who of an agency has a case, and an extension from the officer's wish to the head's yes or no.

import { describe, expect, test } from '@jest/globals'
import type { Complaint, MoveName } from '../../src/complaints/complaint.ts'
import { applyMove, type MoveRequest, type Mover, movesOpen } from '../../src/complaints/moves.ts'
import { takeStep } from '../../src/complaints/steps.ts'
import {
  afterMoves,
  at,
  CALENDAR,
  clockOf,
  FACTS,
  filed,
  inState,
  moverOf,
  OTHER,
  REQUESTS,
  START,
} from './example.ts'

const OFFICER = moverOf('officer')
const HEAD = moverOf('head')
const SCHEDULE: Mover = { role: 'system', actor: 'system' }

function by(mover: Mover, complaint: Complaint, ...moves: (MoveName | MoveRequest)[]): Complaint {
  return afterMoves(complaint, moves, START, mover)
}

function attempt(complaint: Complaint, request: MoveRequest, mover: Mover, now = START) {
  return applyMove(complaint, request, mover, { ...FACTS, now, into: OTHER })
}

describe('who has a case', () => {
  test.each<MoveName>(['accept', 'update', 'answer', 'hold', 'take'])(
    'is who of the agency makes the first %s',
    (move) => {
      expect(by(OFFICER, inState('assigned'), move).holder).toBe('officer-of-roads')
      expect(by(HEAD, inState('assigned'), move).holder).toBe('head-of-roads')
    },
  )
  test('is nobody after a move that tells nothing of work', () => {
    expect(by(OFFICER, inState('assigned'), 'note').holder).toBeNull()
  })
  test('stays the same when a colleague acts too', () => {
    const accepted = by(OFFICER, inState('assigned'), 'accept')
    expect(by(HEAD, accepted, 'update', 'take').holder).toBe('officer-of-roads')
  })
  test('is not the coordinator nor the API, who act in the stead of an agency', () => {
    expect(by(moverOf('coordinator'), inState('assigned'), 'accept', 'take').holder).toBeNull()
    expect(by(moverOf('any'), inState('assigned'), 'accept', 'take').holder).toBeNull()
  })
  test.each<readonly MoveName[]>([['transfer'], ['return'], ['archive', 'restore']])(
    'is nobody after %s %s',
    (...moves) => {
      const accepted = by(OFFICER, inState('assigned'), 'accept')
      const given = moves.filter((move) => move !== undefined)
      expect(afterMoves(accepted, given).holder).toBeNull()
    },
  )
  test('is the same while it is held, answered, merged and reopened', () => {
    const moves = ['hold', 'complete', 'merge', 'restore', 'answer', 'close', 'reopen'] as const
    const kept = afterMoves(by(OFFICER, inState('assigned'), 'accept'), moves)
    expect(kept.holder).toBe('officer-of-roads')
  })
})

describe('handing over', () => {
  const give = { move: 'take', holder: 'colleague' } as const
  const mine = by(OFFICER, inState('assigned'), 'accept')
  const theirs = { ...mine, holder: 'somebody-else' }
  test.each<[string, Complaint, Mover]>([
    ['an officer what is theirs', mine, OFFICER],
    ['an officer what is nobody’s', inState('assigned'), OFFICER],
    ['the head what is anybody’s', theirs, HEAD],
    ['the coordinator what is anybody’s', theirs, moverOf('coordinator')],
  ])('is for %s', (_, complaint, mover) => {
    expect(attempt(complaint, give, mover)).toMatchObject({
      complaint: { holder: 'colleague' },
      event: { detail: { holder: 'colleague' } },
    })
  })
  test.each<[string, Complaint, Mover, string]>([
    ['an officer what a colleague has', theirs, OFFICER, 'held-by-other'],
    ['an overseer', mine, moverOf('overseer'), 'role'],
    ['anybody while no agency has it', inState('received'), moverOf('coordinator'), 'no-agency'],
  ])('is not for %s', (_, complaint, mover, why) => {
    expect(attempt(complaint, give, mover)).toMatchObject({ outcome: 'refused', why })
  })
})

describe('an officer who asks for an extension', () => {
  const before = by(OFFICER, inState('assigned'), 'accept')
  const asking = by(OFFICER, before, 'extend')
  test('moves no clock and has asked until closing time of the next working day', () => {
    expect(asking.asked).toEqual({
      days: 5,
      until: at('2026-11-26 16.00'),
      by: 'officer-of-roads',
    })
    expect(asking.extensions).toBe(0)
    expect(clockOf(asking, 'finish').dueAt).toEqual(clockOf(before, 'finish').dueAt)
  })
  test.each([
    ['on Wednesday evening', '2026-11-25 20.00', '2026-11-26 16.00'],
    ['on Friday', '2026-11-27 09.00', '2026-11-30 16.00'],
    ['before a holiday', '2026-12-23 15.00', '2026-12-28 16.00'],
  ])('%s waits over what is no working day', (_, when, until) => {
    expect(attempt(before, REQUESTS.extend, OFFICER, at(when))).toMatchObject({
      complaint: { asked: { until: at(until) } },
    })
  })
  test('asks once at a time', () => {
    expect(attempt(asking, REQUESTS.extend, OFFICER)).toMatchObject({ why: 'already-asked' })
    expect(movesOpen(asking, OFFICER)).not.toContain('extend')
    expect(movesOpen(asking, HEAD)).toContain('extend')
  })
  test('gets the days asked for by a yes without a word more', () => {
    const agreed = attempt(asking, { move: 'extend' }, HEAD)
    expect(agreed).toMatchObject({
      complaint: { asked: null, extensions: 1 },
      event: { role: 'head', note: null, detail: { days: 5 } },
    })
    const extended = afterMoves(before, ['extend'])
    if (agreed.outcome !== 'moved') throw new Error(agreed.reason)
    expect(clockOf(agreed.complaint, 'finish')).toEqual(clockOf(extended, 'finish'))
  })
  test.each([
    ['from the date, while that lies ahead', '2026-12-17 09.00', '2026-12-22 16.00'],
    ['from the day of the yes, once it would be over', '2026-12-28 09.00', '2027-01-04 16.00'],
  ])('gets them on a late case %s', (_, when, due) => {
    const agreed = attempt(asking, { move: 'extend' }, HEAD, at(when))
    if (agreed.outcome !== 'moved') throw new Error(agreed.reason)
    expect(clockOf(agreed.complaint, 'finish').dueAt).toEqual(at(due))
  })
  test('gets fewer days where the head says so', () => {
    const agreed = by(HEAD, asking, { move: 'extend', days: 2 })
    expect(agreed).toMatchObject({ asked: null, extensions: 1 })
    expect(clockOf(agreed, 'finish').days).toBe(clockOf(before, 'finish').days + 2)
  })
  test('gets nothing by a no, and may ask again', () => {
    const refused = attempt(asking, { move: 'extend', refuse: true }, HEAD)
    expect(refused).toMatchObject({
      complaint: { asked: null, extensions: 0, clocks: before.clocks },
      event: { detail: { days: 5, refused: true } },
    })
    if (refused.outcome !== 'moved') throw new Error(refused.reason)
    expect(by(OFFICER, refused.complaint, 'extend').asked).not.toBeNull()
  })
  test.each<MoveName>(['answer', 'hold', 'return', 'transfer', 'close', 'merge'])(
    'asks no more once it is left by %s',
    (move) => {
      expect(afterMoves(asking, [move]).asked).toBeNull()
    },
  )
  test('still asks after an update', () => {
    expect(afterMoves(asking, ['update', 'note']).asked).not.toBeNull()
  })
})

describe('an extension', () => {
  const before = inState('in_progress')
  const asking = by(OFFICER, before, 'extend')
  test.each<Mover['role']>(['head', 'coordinator', 'any'])('is made at once by %s', (role) => {
    const extended = by(moverOf(role), before, 'extend')
    expect(extended).toMatchObject({ asked: null, extensions: 1 })
    expect(clockOf(extended, 'finish').days).toBe(19)
  })
  test('that nobody asked for cannot be refused', () => {
    const no = { move: 'extend', refuse: true } as const
    expect(attempt(before, no, HEAD)).toMatchObject({ outcome: 'refused', why: 'not-asked' })
    expect(attempt(before, no, SCHEDULE)).toMatchObject({ outcome: 'refused', why: 'not-asked' })
  })
  test('is not an officer’s to refuse', () => {
    const no = { move: 'extend', refuse: true } as const
    expect(attempt(asking, no, OFFICER).outcome).toBe('refused')
  })
  test('is refused by the schedule once its time is over, and not before', () => {
    const no = { move: 'extend', refuse: true } as const
    const over = at('2026-11-26 16.00')
    const early = new Date(over.getTime() - 1)
    expect(attempt(asking, no, SCHEDULE, early)).toMatchObject({ why: 'not-by-itself' })
    expect(attempt(asking, no, SCHEDULE, over)).toMatchObject({ complaint: { asked: null } })
    expect(attempt(asking, { move: 'extend' }, SCHEDULE, over).outcome).toBe('refused')
  })
})

describe('what is counted', () => {
  test('is the moment of the first answer, not of a correction', () => {
    const answered = afterMoves(inState('assigned'), ['answer'], START)
    const again = afterMoves(answered, ['answer'], at('2026-11-27 10.00'))
    expect(again.firstAnsweredAt).toEqual(START)
    expect(filed().firstAnsweredAt).toBeNull()
  })
  test('is how often it was taken up again', () => {
    const moves = ['reopen', 'answer', 'dissatisfied', 'answer', 'satisfied', 'reopen'] as const
    expect(afterMoves(inState('closed'), moves).reopens).toBe(3)
  })
})

describe('a ping that is out', () => {
  const assigned = inState('assigned')
  const now = at('2026-12-01 08.00')
  const clocks = assigned.clocks.map((clock) => takeStep(clock, now, CALENDAR).clock)
  const pinged = { ...assigned, copiedTo: ['water'], clocks }
  const note = { move: 'note', note: 'we dug there too' } as const
  test('is quieted by a word of the acting agency', () => {
    expect(clockOf(by(OFFICER, pinged, note), 'follow_up').pinging).toBe(false)
  })
  test('is not quieted by a word of one that is copied in', () => {
    expect(clockOf(pinged, 'follow_up').pinging).toBe(true)
    expect(clockOf(by(moverOf('officer', 'water'), pinged, note), 'follow_up').pinging).toBe(true)
  })
})
