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
import { forEvery } from '../support/for-every.ts'
import { afterMoves, FACTS, inState, moverOf, OTHER, REQUESTS } from './example.ts'

/** c coordinator, o officer and h head of the acting agency, v overseer, z citizen, s the schedule; `=` stays. */
const ANYWHERE = 'note=:ohcz correct=:cz copy=:c number=:c take=:ohcv'
/** No agency has it. */
const UNASSIGNED = 'note=:cz correct=:cz copy=:c number=:c take=:cv'
const EXPECTED: Readonly<Record<State, string>> = {
  received: `assign>assigned:c hold>held:c archive>archived:cs merge>merged:c close>closed:c
    answer>answered:c cancel>cancelled:z ${UNASSIGNED}`,
  held: `complete>received:cz archive>archived:cs merge>merged:c close>closed:c cancel>cancelled:z
    ${UNASSIGNED}`,
  assigned: `accept>in_progress:ohc update>in_progress:ohc answer>answered:ohc return>received:ohc
    hold>held:ohc transfer>assigned:c merge>merged:c archive>archived:c close>closed:c
    satisfied>closed:z ${ANYWHERE}`,
  in_progress: `update=:ohc answer>answered:ohc return>received:ohc hold>held:ohc extend=:ohc
    transfer>assigned:c merge>merged:c archive>archived:c close>closed:c satisfied>closed:z
    ${ANYWHERE}`,
  answered: `satisfied>closed:z dissatisfied>in_progress:z answer=:ohc transfer>assigned:c
    merge>merged:c close>closed:cs rate=:z ${ANYWHERE}`,
  closed: `reopen>in_progress:cz rate=:z ${ANYWHERE}`,
  archived: `restore>received:c complete>received:z ${UNASSIGNED}`,
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

interface Way {
  readonly to: State
  readonly roles: readonly Role[]
}

function expected(state: State, move: MoveName): Way | null {
  const line = EXPECTED[state].split(/\s+/).find((word) => word.split(/[>=:]/)[0] === move)
  if (line === undefined) return null
  const to = /=/.test(line) ? state : (line.split(/[>:]/)[1] as State)
  return { to, roles: [...(line.split(':')[1] ?? '')].map((letter) => LETTERS[letter] as Role) }
}

function attempt(complaint: Complaint, move: MoveName, role: Role | 'any', agency?: string) {
  const facts = { ...FACTS, into: OTHER }
  // What just came in the gateway itself archives for one reason alone.
  const spam = role === 'system' && complaint.state === 'received' ? { reason: 'spam' } : {}
  return applyMove(complaint, { ...REQUESTS[move], ...spam }, moverOf(role, agency), facts)
}

describe.each(STATES)('while %s, every move', (state) => {
  const complaint = inState(state)
  const everyMove = (fact: (move: MoveName, way: Way | null) => void) =>
    forEvery(MOVES, String, (move) => fact(move, expected(state, move)))

  test('leads where it should for whom it is, and is refused to everybody else', () =>
    everyMove((move, way) => {
      const open = new Set<Role>(way?.roles)
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
        expect(movesOpen(complaint, moverOf(role)).includes(move)).toBe(open.has(role))
      }
    }))
  test.each(['officer', 'head'] as const)('is nothing for an %s of another agency', (role) =>
    everyMove((move) => {
      expect(attempt(complaint, move, role, 'water').outcome).toBe('refused')
      expect(movesOpen(complaint, moverOf(role, 'water'))).toEqual([])
    }),
  )
  test.each(['officer', 'head'] as const)('is for an %s copied in only a note', (role) =>
    everyMove((move, way) => {
      const copied = { ...complaint, copiedTo: ['water'] }
      const noted = move === 'note' && way !== null
      expect(attempt(copied, move, role, 'water').outcome).toBe(noted ? 'moved' : 'refused')
      expect(movesOpen(copied, moverOf(role, 'water')).includes(move)).toBe(noted)
    }),
  )
  test('is made by the API in the stead of a role that may', () =>
    everyMove((move, way) => {
      const result = attempt(complaint, move, 'any')
      expect(result.outcome).toBe(way === null ? 'refused' : 'moved')
      if (result.outcome === 'moved') expect(way?.roles).toContain(result.event.role)
    }))
})

describe('a refusal', () => {
  test('says of which rule it is, for those who word it themselves', () => {
    const why = (...[state, move, role, agency]: [State, MoveName, Role, string?]) =>
      attempt(inState(state), move, role, agency)
    expect(why('received', 'accept', 'coordinator')).toMatchObject({ why: 'state' })
    expect(why('received', 'assign', 'overseer')).toMatchObject({ why: 'role' })
    expect(why('assigned', 'accept', 'officer', 'water')).toMatchObject({ why: 'other-agency' })
    expect(why('received', 'note', 'officer')).toMatchObject({ why: 'no-agency' })
    const copied = afterMoves(inState('assigned'), ['copy'])
    expect(attempt(copied, 'accept', 'officer', 'parks')).toMatchObject({ why: 'copied-in' })
  })
  test('of an officer of nowhere is never lifted', () => {
    const nobody = { role: 'officer', actor: 'Ani' } as const
    expect(applyMove(inState('assigned'), REQUESTS.accept, nobody, FACTS)).toMatchObject({
      why: 'other-agency',
    })
    const unassigned = { ...nobody, staff: { id: 'o', agency: null } }
    expect(applyMove(inState('received'), REQUESTS.note, unassigned, FACTS).outcome).toBe('refused')
  })
  test('names the state, the move and what is possible instead', () => {
    expect(attempt(inState('received'), 'accept', 'any')).toEqual({
      outcome: 'refused',
      why: 'state',
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
