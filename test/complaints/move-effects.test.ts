// What a move leaves in the complaint and in its history, and where the ways back lead.

import { describe, expect, test } from '@jest/globals'
import { type MoveName, NOWHERE, type Role, type State } from '../../src/complaints/complaint.ts'
import { applyMove } from '../../src/complaints/moves.ts'
import {
  afterMoves,
  at,
  clockOf,
  FACTS,
  filed,
  inState,
  moverOf,
  OTHER,
  REQUESTS,
} from './example.ts'

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
  test('a note fills in what was unknown of place and category', () => {
    const place = { kelurahan: 'South', kecamatan: 'Coast', lat: 1, lon: 2, text: 'by the well' }
    const note = { move: 'note', note: 'South', category: 'bridge', place } as const
    const open = { ...NOWHERE, text: 'Lane 5' }
    const before = afterMoves(filed({ category: null, place: open }), ['assign'])
    const told = afterMoves(before, [note])
    expect(told).toMatchObject({ category: 'bridge', proposedAgency: 'roads' })
    expect(told.place).toEqual({ ...place, text: 'Lane 5, by the well' })
    expect(clockOf(told, 'finish').days).toBe(60)
    expect(afterMoves(told, [note]).place).toEqual(told.place)
  })
  test('a note overwrites nothing that was known', () => {
    const place = { kelurahan: 'South', kecamatan: 'Coast', lat: 3, lon: 4 }
    const before = filed({ place: { ...filed().place, lat: 1, lon: 2 } })
    const told = afterMoves(before, [{ move: 'note', note: 'no', category: 'bridge', place }])
    expect(told).toMatchObject({ category: before.category, place: before.place })
  })
  test('completing may correct the place that was asked about', () => {
    const place = { kelurahan: 'South', text: 'Lane 9' }
    const told = afterMoves(filed(), ['hold', { move: 'complete', place }])
    expect(told.place).toMatchObject({
      kelurahan: 'South',
      kecamatan: null,
      text: 'Lane 5, Lane 9',
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
    const facts = { ...FACTS, into: OTHER }
    const result = applyMove(inState(state), REQUESTS[move], moverOf(role), facts)
    return result.outcome === 'moved' ? result.event : result
  }
  test.each<[State, MoveName, Role, unknown]>([
    ['received', 'assign', 'coordinator', { note: null, detail: { agency: 'roads' } }],
    ['received', 'hold', 'coordinator', { note: 'Which pole?', detail: {} }],
    ['assigned', 'return', 'officer', { note: 'a private lamp', detail: {} }],
    ['in_progress', 'extend', 'head', { note: 'the part must be ordered', detail: { days: 5 } }],
    ['in_progress', 'extend', 'officer', { detail: { days: 5, asked: true } }],
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
    const result = applyMove(inState('assigned'), request, moverOf('officer'), FACTS)
    expect(result).toMatchObject({ event: { note: 'not ours\nask the parks' } })
  })
})
