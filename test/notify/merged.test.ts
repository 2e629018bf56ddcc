// What those hear whose complaint was merged into another: of a confidential one where it stands, and no words.

import { expect, test } from '@jest/globals'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { listener, moveOf } from './support/cases.ts'
import { assigned, id, MONDAY, told, working } from './support/told.ts'

const follower = listener('2', { reporter: false, citizen: '10000004' })

test.each<[MoveRequest, string]>([
  [{ move: 'answer', note: 'Bu Tini sudah kami temui.' }, 'sudah dijawab, menunggu tanggapan Anda'],
  [{ move: 'update', note: 'Bu Tini kami panggil.' }, 'sedang ditindaklanjuti Dinas Jalan'],
  [{ move: 'close', reason: 'Bu Tini sudah pindah.' }, 'selesai'],
  [
    { move: 'correct', place: { kelurahan: 'Sungai Biru Hulu' } },
    'sedang ditindaklanjuti Dinas Jalan',
  ],
])('after %j of a confidential one: its state alone, as no answer', (request, state) => {
  const before = { ...working, confidential: true }
  const [notice] = told(moveOf(before, request, MONDAY), { listeners: [follower] })
  expect([notice?.kind, notice?.text]).toEqual(['newest', `ID ${id}: ${state}.`])
})

test('what is told without words is told as to anybody', () => {
  const move = moveOf({ ...assigned, confidential: true }, { move: 'accept' }, MONDAY)
  const [theirs] = told(move, { listeners: [follower] })
  const [owners] = told(move)
  expect([theirs?.kind, theirs?.text]).toEqual(['accept', owners?.text])
})

test('of one that is not confidential they hear the answer', () => {
  const move = moveOf(working, { move: 'answer', note: 'Sudah ditambal.' }, MONDAY)
  const [notice] = told(move, { listeners: [follower] })
  expect([notice?.kind, notice?.text.includes('Sudah ditambal')]).toEqual(['answered', true])
})
