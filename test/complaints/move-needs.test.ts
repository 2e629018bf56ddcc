// What a move lacks: values that are missing, and values that can never be right.

import { describe, expect, test } from '@jest/globals'
import type { Complaint, State } from '../../src/complaints/complaint.ts'
import { applyMove, type MoveRequest } from '../../src/complaints/moves.ts'
import { FACTS, inState } from './example.ts'

function attempt(complaint: Complaint, request: MoveRequest) {
  return applyMove(complaint, request, { role: 'any', actor: 'Ani' }, FACTS)
}

describe('incomplete', () => {
  test.each<[State, MoveRequest, readonly string[]]>([
    ['received', { move: 'assign' }, ['agency']],
    ['received', { move: 'assign', agency: 'nobody' }, ['agency']],
    ['assigned', { move: 'transfer' }, ['agency']],
    ['assigned', { move: 'copy', agency: 'nobody' }, ['agency']],
    ['received', { move: 'hold' }, ['note']],
    ['assigned', { move: 'update', note: '  ' }, ['note']],
    ['assigned', { move: 'answer' }, ['note']],
    ['assigned', { move: 'note' }, ['note']],
    ['assigned', { move: 'note', note: 'dragons', category: 'dragons' }, ['category']],
    ['assigned', { move: 'return' }, ['reason']],
    ['assigned', { move: 'close' }, ['reason']],
    ['in_progress', { move: 'extend' }, ['days', 'reason']],
    ['in_progress', { move: 'extend', days: 0, reason: 'rain' }, ['days']],
    ['in_progress', { move: 'extend', days: -3, reason: 'rain' }, ['days']],
    ['in_progress', { move: 'extend', days: 1.5, reason: 'rain' }, ['days']],
    ['in_progress', { move: 'extend', days: 61, reason: 'rain' }, ['days']],
    ['in_progress', { move: 'extend', days: Number.NaN, reason: 'rain' }, ['days']],
    ['assigned', { move: 'merge' }, ['into']],
    ['assigned', { move: 'merge', into: '99999992' }, ['into']],
    ['assigned', { move: 'archive' }, ['reason']],
    ['assigned', { move: 'archive', reason: 'boring' }, ['reason']],
    ['assigned', { move: 'correct' }, ['category, class, place, confidential or anonymous']],
    ['assigned', { move: 'correct', category: 'dragons' }, ['category']],
    ['assigned', { move: 'correct', class: 'rumour' as never }, ['class']],
    ['assigned', { move: 'correct', place: {} }, ['place']],
    ['assigned', { move: 'correct', place: { kelurahan: 'north' } }, ['place.kelurahan']],
    ['assigned', { move: 'correct', place: { kecamatan: 'North' } }, ['place.kecamatan']],
    ['assigned', { move: 'number' }, ['external_id']],
    ['assigned', { move: 'number', externalId: ' ' }, ['external_id']],
    ['assigned', { move: 'number', externalId: '9'.repeat(65) }, ['external_id']],
    ['answered', { move: 'rate' }, ['rating']],
    ['answered', { move: 'rate', rating: 0 }, ['rating']],
    ['answered', { move: 'rate', rating: 6 }, ['rating']],
    ['answered', { move: 'rate', rating: 3.5 }, ['rating']],
  ])('while %s, %j: it lacks %j', (state, request, missing) => {
    const result = attempt(inState(state), request)
    expect(result).toMatchObject({ outcome: 'incomplete', missing })
    expect(result).toHaveProperty('reason', expect.stringContaining(`"${request.move}"`))
  })
  test.each([
    { kelurahan: 'North', kecamatan: 'Hills' },
    { kelurahan: null },
    { text: 'by the pier' },
    { lat: -3.3, lon: 114.6 },
  ])('a place of %j is whole', (place) => {
    expect(attempt(inState('assigned'), { move: 'correct', place }).outcome).toBe('moved')
  })
  test('where the city names no kelurahan any name will do', () => {
    const request = { move: 'correct', place: { kelurahan: 'Any' } } as const
    const facts = { ...FACTS, districts: [] }
    const mover = { role: 'any', actor: 'Ani' } as const
    expect(applyMove(inState('assigned'), request, mover, facts).outcome).toBe('moved')
  })
  test('the state is looked at before the request', () => {
    expect(attempt(inState('closed'), { move: 'assign' }).outcome).toBe('refused')
  })
  test('a note serves where a reason is asked, and the other way round', () => {
    expect(attempt(inState('assigned'), { move: 'return', note: 'not ours' }).outcome).toBe('moved')
    expect(attempt(inState('assigned'), { move: 'answer', reason: 'done' }).outcome).toBe('moved')
  })
})
