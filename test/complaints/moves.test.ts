// Every state times every move times every role, against a table written by hand from product.md section 3.

import { describe, expect, test } from '@jest/globals'
import {
  type Complaint,
  MOVES,
  type MoveName,
  ROLES,
  type Role,
  STATES,
  type State,
} from '../../src/complaints/complaint.ts'
import { applyMove, MOVE_TABLE, movesOpen } from '../../src/complaints/moves.ts'
import { FACTS, inState, OTHER, REQUESTS } from './example.ts'

/** c coordinator, o officer, h head, v overseer, z citizen, s the schedule; `=` stays. */
const ANYWHERE = 'note=:ohcz correct=:cz copy=:c number=:c take=:ohcv'
const EXPECTED: Readonly<Record<State, string>> = {
  received: `assign>assigned:c hold>held:c archive>archived:c merge>merged:c close>closed:c
    answer>answered:c cancel>cancelled:z ${ANYWHERE}`,
  held: `complete>received:cz archive>archived:cs merge>merged:c close>closed:c cancel>cancelled:z
    ${ANYWHERE}`,
  assigned: `accept>in_progress:ohc update>in_progress:ohc answer>answered:ohc return>received:ohc
    hold>held:ohc transfer>assigned:c merge>merged:c archive>archived:c close>closed:c
    satisfied>closed:z ${ANYWHERE}`,
  in_progress: `update=:ohc answer>answered:ohc return>received:ohc hold>held:ohc extend=:ohc
    transfer>assigned:c merge>merged:c archive>archived:c close>closed:c satisfied>closed:z
    ${ANYWHERE}`,
  answered: `satisfied>closed:z dissatisfied>in_progress:z answer=:ohc transfer>assigned:c
    merge>merged:c close>closed:cs rate=:z ${ANYWHERE}`,
  closed: `reopen>in_progress:cz rate=:z ${ANYWHERE}`,
  archived: `restore>received:c complete>received:z ${ANYWHERE}`,
  merged: 'restore>received:c',
  cancelled: '',
}

const LETTERS: Readonly<Record<string, Role>> = {
  c: 'coordinator',
  o: 'officer',
  h: 'head',
  v: 'overseer',
  z: 'citizen',
  s: 'system',
}

function expected(state: State, move: MoveName): { to: State; roles: readonly Role[] } | null {
  const line = EXPECTED[state].split(/\s+/).find((word) => word.split(/[>=:]/)[0] === move)
  if (line === undefined) return null
  const to = /=/.test(line) ? state : (line.split(/[>:]/)[1] as State)
  return { to, roles: [...(line.split(':')[1] ?? '')].map((letter) => LETTERS[letter] as Role) }
}

function attempt(complaint: Complaint, move: MoveName, role: Role | 'any', now = FACTS.now) {
  const facts = { ...FACTS, now, into: OTHER }
  return applyMove(complaint, REQUESTS[move], { role, actor: 'Ani' }, facts)
}

const PAIRS = STATES.flatMap((state) => MOVES.map((move) => [state, move] as const))

describe.each(PAIRS)('while %s, %s', (state, move) => {
  const complaint = inState(state)
  const way = expected(state, move)
  const open = new Set<Role>(way?.roles)

  test(way === null ? 'is refused to everybody' : `leads to ${way.to} for whom it is`, () => {
    for (const role of ROLES) {
      const result = attempt(complaint, move, role)
      expect([role, result.outcome]).toEqual([role, open.has(role) ? 'moved' : 'refused'])
      if (result.outcome === 'moved') {
        expect(result.complaint.state).toBe(way?.to)
        expect(result.complaint.version).toBe(complaint.version + 1)
        expect(result.event).toMatchObject({ move, from: state, to: way?.to, role, actor: 'Ani' })
      }
      if (result.outcome === 'refused') {
        expect(result.reason).toContain(`"${move}"`)
        expect(result.reason.length).toBeGreaterThan(40)
      }
      expect(movesOpen(complaint, role).includes(move)).toBe(open.has(role))
    }
  })
  test('is made by the API in the stead of a role that may', () => {
    const result = attempt(complaint, move, 'any')
    expect(result.outcome).toBe(way === null ? 'refused' : 'moved')
    if (result.outcome === 'moved') expect(way?.roles).toContain(result.event.role)
  })
})

describe('a refusal', () => {
  test('names the state, the move and what is possible instead', () => {
    expect(attempt(inState('received'), 'accept', 'any')).toEqual({
      outcome: 'refused',
      reason:
        '"accept" on 12345671 is refused: it is received; possible: assign, hold, note, answer, merge, archive, close, cancel, correct, copy, number, take.',
    })
  })
  test('names who may', () => {
    const result = attempt(inState('received'), 'assign', 'citizen')
    expect(result).toMatchObject({
      reason: '"assign" on 12345671 is refused: it is for the coordinator, not for the citizen.',
    })
  })
  test('of a merged one says where it went, of a cancelled one that it is over', () => {
    expect(attempt(inState('merged'), 'assign', 'any')).toMatchObject({
      reason: expect.stringContaining(`it is merged into ${OTHER.ticket}; possible: restore`),
    })
    expect(attempt(inState('cancelled'), 'note', 'any')).toMatchObject({
      reason: expect.stringContaining('nothing more can be done'),
    })
  })
})

test('a complaint is filed once only', () => {
  expect(Object.keys(MOVE_TABLE.file.from)).toEqual([])
})
