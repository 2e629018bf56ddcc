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
import { afterMoves, at, FACTS, filed, inState, OTHER, REQUESTS } from './example.ts'

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

describe('where a move leads back to', () => {
  test.each<[readonly MoveName[], State]>([
    [['hold'], 'received'],
    [['assign', 'hold'], 'assigned'],
    [['assign', 'accept', 'hold'], 'in_progress'],
  ])('completed after %j it is %s', (moves, state) => {
    expect(afterMoves(filed(), [...moves, 'complete'])).toMatchObject({ state, cameFrom: null })
  })
  test.each<[readonly MoveName[], State]>([
    [[], 'received'],
    [['hold'], 'held'],
    [['assign'], 'assigned'],
    [['assign', 'accept'], 'in_progress'],
    [['assign', 'answer'], 'answered'],
  ])('restored from a merge after %j it is %s', (moves, state) => {
    const back = afterMoves(filed(), [...moves, 'merge', 'restore'])
    expect(back).toMatchObject({ state, mergedFrom: null, mergedInto: null, closedAt: null })
  })
  test('one merged while held is restored and completed to where it was before', () => {
    const moves = ['assign', 'accept', 'hold', 'merge', 'restore', 'complete'] as const
    expect(afterMoves(filed(), moves).state).toBe('in_progress')
  })
  test.each<MoveName>(['dissatisfied', 'reopen'])(
    '%s without an agency leads to received',
    (move) => {
      const first: readonly MoveName[] = move === 'reopen' ? ['answer', 'close'] : ['answer']
      expect(afterMoves(filed(), [...first, move])).toMatchObject({
        state: 'received',
        agency: null,
      })
    },
  )
  test.each<MoveName>(['dissatisfied', 'reopen'])('%s keeps the agency that had it', (move) => {
    const first: readonly MoveName[] = move === 'reopen' ? ['answer', 'close'] : ['answer']
    const back = afterMoves(filed(), ['assign', ...first, move])
    expect(back).toMatchObject({ state: 'in_progress', agency: 'roads' })
  })
  test('restored from the archive it is to be verified again', () => {
    const back = afterMoves(filed(), ['assign', 'archive', 'restore'])
    expect(back).toMatchObject({ state: 'received', agency: null, archiveReason: null })
  })
})

describe('what a move leaves in the complaint', () => {
  test('assign and transfer name the agency', () => {
    expect(inState('assigned')).toMatchObject({ agency: 'roads', everAssigned: true })
    expect(afterMoves(inState('assigned'), ['transfer'])).toMatchObject({ agency: 'water' })
  })
  test('return takes the agency away and counts', () => {
    const back = afterMoves(inState('assigned'), ['return'])
    expect(back).toMatchObject({ agency: null, handOffs: 1, everAssigned: true })
  })
  test('merge names the target, archive the reason', () => {
    expect(inState('merged')).toMatchObject({ mergedInto: OTHER.ticket, mergedFrom: 'received' })
    expect(inState('archived').archiveReason).toBe('incomplete')
  })
  test('correct changes what it names and nothing else', () => {
    const request = {
      move: 'correct',
      category: 'pipe',
      class: 'aspiration',
      place: { kelurahan: 'South' },
      anonymous: true,
    } as const
    const before = filed()
    expect(afterMoves(before, [request])).toMatchObject({
      category: 'pipe',
      proposedAgency: 'water',
      class: 'aspiration',
      place: { ...before.place, kelurahan: 'South', kecamatan: null },
      anonymous: true,
      confidential: false,
    })
  })
  test('copy, number and rate are kept', () => {
    const marked = afterMoves(inState('answered'), ['copy', 'number', 'rate'])
    expect(marked).toMatchObject({ copiedTo: ['parks'], externalId: '9876543', rating: 4 })
  })
  test('it came to rest when it was closed, and is open again when reopened', () => {
    const closed = afterMoves(inState('answered'), ['satisfied'], at('2026-12-01 09.00'))
    expect(closed.closedAt).toEqual(at('2026-12-01 09.00'))
    expect(afterMoves(closed, ['rate'], at('2026-12-02 09.00')).closedAt).toEqual(closed.closedAt)
    expect(afterMoves(closed, ['reopen']).closedAt).toBeNull()
  })
})

describe('what the history keeps', () => {
  function eventOf(state: State, move: MoveName, role: Role) {
    const result = attempt(inState(state), move, role)
    return result.outcome === 'moved' ? result.event : result
  }
  test.each<[State, MoveName, Role, unknown]>([
    ['received', 'assign', 'coordinator', { note: null, detail: { agency: 'roads' } }],
    ['received', 'hold', 'coordinator', { note: 'Which pole?', detail: {} }],
    ['assigned', 'return', 'officer', { note: 'a private lamp', detail: {} }],
    ['in_progress', 'extend', 'head', { note: 'the part must be ordered', detail: { days: 5 } }],
    ['received', 'merge', 'coordinator', { note: null, detail: { into: OTHER.ticket } }],
    ['held', 'archive', 'system', { note: null, detail: { reason: 'incomplete' } }],
    ['answered', 'close', 'system', { note: null, detail: { reason: 'auto' } }],
    ['answered', 'close', 'coordinator', { note: 'auto', detail: {} }],
    ['closed', 'rate', 'citizen', { note: null, detail: { rating: 4 } }],
    ['closed', 'number', 'coordinator', { note: null, detail: { external_id: '9876543' } }],
    ['closed', 'correct', 'citizen', { note: null, detail: { confidential: true } }],
    ['answered', 'dissatisfied', 'citizen', { note: 'still dark', detail: {} }],
  ])('while %s, %s by %s', (state, move, role, kept) => {
    expect(eventOf(state, move, role)).toMatchObject(kept as object)
  })
  test('both a reason and a note', () => {
    const request = { move: 'return', reason: 'not ours', note: 'ask the parks' } as const
    const result = applyMove(inState('assigned'), request, { role: 'officer', actor: 'A' }, FACTS)
    expect(result).toMatchObject({ event: { note: 'not ours\nask the parks' } })
  })
})

test('a complaint is filed once only', () => {
  expect(Object.keys(MOVE_TABLE.file.from)).toEqual([])
})
