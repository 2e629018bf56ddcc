// What each move adds to the figures, and of whom.

import { describe, expect, test } from '@jest/globals'
import type { Complaint, MoveName } from '../../src/complaints/complaint.ts'
import { applyMove, type MoveRequest } from '../../src/complaints/moves.ts'
import type { Tally } from '../../src/complaints/tally.ts'
import { afterMoves, at, FACTS, filed, OTHER, REQUESTS, START } from './example.ts'

/** Wednesday 10.00, as all of them are filed. */
const WEDNESDAY = '2026-11-25'

function inWords({ day, agency, measure, bucket, n }: Tally): string {
  const when = day === WEDNESDAY ? '' : `${day} `
  return `${when}${agency || '-'} ${measure} ${bucket}${n === 1 ? '' : ` x${n}`}`
}

type Move = MoveName | MoveRequest
type Step = Move | { readonly at: string; readonly move: Move }

function timed(step: Step): { readonly now: Date; readonly move: Move } {
  if (typeof step === 'object' && 'at' in step) return { now: at(step.at), move: step.move }
  return { now: START, move: step }
}

/** The figures of the last of these moves. */
function talliesAfter(steps: readonly Step[], from: Complaint = filed()): readonly string[] {
  const { now, move } = timed(steps.at(-1) ?? 'file')
  const before = steps.slice(0, -1).reduce((complaint, step) => {
    const earlier = timed(step)
    return afterMoves(complaint, [earlier.move], earlier.now)
  }, from)
  const request = typeof move === 'string' ? REQUESTS[move] : move
  const facts = { ...FACTS, now, into: OTHER }
  const result = applyMove(before, request, { role: 'any', actor: 'desk' }, facts)
  if (result.outcome !== 'moved') throw new Error(result.reason)
  return result.tallies.map(inWords)
}

const facts: Readonly<Record<string, readonly [steps: readonly Step[], told: readonly string[]]>> =
  {
    'assigned on the next morning: verified after seven hours, in time': [
      [{ at: '2026-11-26 09.00', move: 'assign' }],
      ['2026-11-26 roads assigned 0', '2026-11-26 - verified 7', '2026-11-26 - met_verify 0'],
    ],
    'assigned after its date: the clock was missed': [
      [{ at: '2026-12-01 08.00', move: 'assign' }],
      ['2026-12-01 roads assigned 0', '2026-12-01 - verified 30', '2026-12-01 - missed_verify 0'],
    ],
    'assigned again after a return: no second verification': [
      ['assign', 'return', 'assign'],
      ['roads assigned 0', '- met_verify 0'],
    ],
    'answered at the desk: verified and answered at once, by nobody': [
      ['answer'],
      ['- answered 0', '- verified 0', '- first_answer 0', '- met_verify 0'],
    ],
    'accepting is no follow-up': [['assign', 'accept'], []],
    'an update stops the first clock, on the third working day': [
      ['assign', { at: '2026-11-30 10.00', move: 'update' }],
      ['2026-11-30 roads met_follow_up 0', '2026-11-30 roads response 3'],
    ],
    'a second update stops nothing': [['assign', 'update', 'update'], []],
    'days on hold are the citizen’s, not the agency’s': [
      [
        'assign',
        { at: '2026-11-26 10.00', move: 'hold' },
        { at: '2026-12-02 10.00', move: 'complete' },
        { at: '2026-12-03 10.00', move: 'update' },
      ],
      ['2026-12-03 roads met_follow_up 0', '2026-12-03 roads response 2'],
    ],
    'the answer stops both clocks of the agency': [
      ['assign', { at: '2026-11-26 09.00', move: 'answer' }],
      [
        '2026-11-26 roads answered 0',
        '2026-11-26 roads first_answer 7',
        '2026-11-26 roads met_follow_up 0',
        '2026-11-26 roads response 1',
        '2026-11-26 roads met_finish 0',
      ],
    ],
    'the answer comes too late for the first clock alone': [
      ['assign', { at: '2026-12-04 09.00', move: 'answer' }],
      [
        '2026-12-04 roads answered 0',
        '2026-12-04 roads first_answer 55',
        '2026-12-04 roads missed_follow_up 0',
        '2026-12-04 roads response 7',
        '2026-12-04 roads met_finish 0',
      ],
    ],
    'an answer put right is no second one': [['assign', 'answer', 'answer'], []],
    'closed by its citizen': [
      ['assign', 'answer', { at: '2026-11-26 09.00', move: 'satisfied' }],
      ['2026-11-26 roads closed 7'],
    ],
    'not satisfied': [['assign', 'answer', 'dissatisfied'], ['roads dissatisfied 0']],
    'answered anew: an answer, not the first': [
      ['assign', 'answer', 'dissatisfied', 'answer'],
      ['roads answered 0', 'roads met_follow_up 0', 'roads response 0', 'roads met_finish 0'],
    ],
    'opened again': [['assign', 'answer', 'satisfied', 'reopen'], ['roads reopened 0']],
    'returned: counted for whoever gave it back': [['assign', 'return'], ['roads returned 0']],
    'transferred: counted for the new agency': [['assign', 'transfer'], ['water assigned 0']],
    rated: [['assign', 'answer', 'rate'], ['roads rating 4']],
    'rated again: the old figure is taken back': [
      ['assign', 'answer', 'rate', { move: 'rate', rating: 2 }],
      ['roads rating 4 x-1', 'roads rating 2'],
    ],
    'rated the same again: nothing': [['assign', 'answer', 'rate', 'rate'], []],
    'rated at the next agency: the first keeps its own': [
      ['assign', 'answer', 'rate', 'transfer', 'answer', { move: 'rate', rating: 2 }],
      ['water rating 2'],
    ],
    'transferred after it was rated: nothing is taken back': [
      ['assign', 'answer', 'rate', 'transfer'],
      ['water assigned 0'],
    ],
    'archived: its clocks are neither met nor missed': [['archive'], []],
    'restored and assigned: verified now': [
      ['archive', 'restore', 'assign'],
      ['roads assigned 0', '- verified 0', '- met_verify 0'],
    ],
    merged: [['assign', 'merge'], []],
    cancelled: [['cancel'], []],
    'closed at the desk, never assigned': [['close'], ['- closed 0']],
    'the day is the city’s, not the one of UTC': [
      [{ at: '2026-11-26 00.30', move: 'assign' }],
      ['2026-11-26 roads assigned 0', '2026-11-26 - verified 6', '2026-11-26 - met_verify 0'],
    ],
  }

describe('a move', () => {
  for (const [name, [steps, told]] of Object.entries(facts))
    test(name, () => {
      expect(talliesAfter(steps)).toEqual(told)
    })
})
