// What those hear who only joined a complaint: where it stands and the answer, and nothing that is the reporter's.

import { describe, expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { newestState } from '../../src/notify/newest-state.ts'
import { at, countingIds, listener, moveOf, WORDS } from './support/cases.ts'
import {
  answered,
  assigned,
  closed,
  held,
  id,
  MONDAY,
  received,
  told,
  working,
} from './support/told.ts'
import { town } from './support/town.ts'

const supporter = listener('2', { reporter: false, supporter: true })

const heard = (before: typeof received, request: MoveRequest) =>
  told(moveOf(before, request, MONDAY), { listeners: [supporter] })

describe('a supporter', () => {
  test.each([
    ['assign', received, { move: 'assign', agency: 'jalan' }],
    ['hold', assigned, { move: 'hold', note: 'Rumah nomor berapa, Pak Kasim?' }],
    ['accept', assigned, { move: 'accept' }],
    ['close', working, { move: 'close', reason: 'Pak Kasim sudah puas' }],
    ['complete', held, { move: 'complete', note: 'di depan rumah saya' }],
    ['dissatisfied', answered, { move: 'dissatisfied', reason: 'masih berlubang' }],
    ['cancel', received, { move: 'cancel' }],
  ] as const)('hears where it stands after %s, without a word of it', (_, before, request) => {
    const [notice] = heard(before, request)
    expect(notice?.text).toMatch(new RegExp(`^Laporan yang Anda dukung, ID ${id}: [^:]+\\. Cek`))
    expect(notice?.text).not.toMatch(/Kasim|berlubang|rumah|tanggapan Anda|Balas/)
    expect(notice?.kind).toBe('supported')
  })

  test('hears the answer, with the numbers in it masked, and is asked for nothing', () => {
    const note = 'Sudah ditambal, pelapor kami hubungi di 0812 3456 7890.'
    const [notice] = heard(working, { move: 'answer', note })
    expect(notice?.text).toBe(
      `Laporan yang Anda dukung, ID ${id}, dijawab Dinas Jalan: Sudah ditambal, pelapor kami hubungi di ****.`,
    )
    expect(notice?.kind).toBe('supported')
  })

  test('hears of a long answer in three segments, with where the rest is', () => {
    const [notice] = heard(working, { move: 'answer', note: 'Sudah kami kerjakan. '.repeat(60) })
    expect(notice?.segments).toBe(3)
    expect(notice?.text).toMatch(/\.\.\. LIHAT \d{8}\.$/)
  })

  test.each([
    ['update', working, { move: 'update', note: 'Pak Kasim belum di rumah.' }],
    ['correct', assigned, { move: 'correct', confidential: true }],
    ['rate', closed, { move: 'rate', rating: 2 }],
    ['copy', assigned, { move: 'copy', agency: 'air' }],
  ] as const)('hears nothing of %s', (_, before, request) => {
    expect(heard(before, request)).toEqual([])
  })

  test('after 90 days without a word learns ticket and state alone', () => {
    const silent = { ...supporter, lastHeardAt: at('2026-06-01 09.00') }
    const move = moveOf(working, { move: 'answer', note: 'Sudah.' }, MONDAY)
    const [notice] = told(move, { listeners: [silent] })
    expect(notice?.text).toBe(`ID ${id}: sudah dijawab Dinas Jalan.`)
  })

  test('who wants notices again is told where it stands, and not as an answer of theirs', () => {
    const one = {
      complaint: answered,
      lastNote: WORDS,
      lastAnswer: 'Sudah.',
      lastWordAt: MONDAY,
    }
    const facts = { city: town, measure, now: MONDAY, newId: countingIds() }
    const [notice] = newestState(supporter, [one], new Set([one]), facts)
    expect([notice?.kind, notice?.text]).toEqual([
      'newest',
      `Laporan yang Anda dukung, ID ${id}: sudah dijawab Dinas Jalan. Cek: STATUS ${id}.`,
    ])
  })
})
