// Who hears of a move, when, and what a notice may say at all.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { at, listener, moveOf, WORDS } from './support/cases.ts'
import {
  answered,
  assigned,
  closed,
  held,
  id,
  MONDAY,
  received,
  textOf,
  told,
  working,
} from './support/told.ts'

describe('who is told', () => {
  test.each([
    { move: 'note', note: 'catatan' },
    { move: 'number', externalId: 'N-1' },
    { move: 'take' },
  ] as const)('nobody hears of $move', (request) => {
    expect(told(moveOf(assigned, request, MONDAY))).toEqual([])
  })

  test('whoever made the move in the conversation is told by the reply alone', () => {
    const listeners = [listener('1'), listener('2', { reporter: false })]
    const notices = told(moveOf(answered, { move: 'satisfied' }, MONDAY), {
      listeners,
      exceptPersonId: 'person-1',
    })
    expect(notices.map(({ addressId }) => addressId)).toEqual(['address-2'])
  })

  test('whoever said STOP hears nothing', () => {
    const listeners = [listener('1', { stopped: true })]
    expect(told(moveOf(assigned, { move: 'accept' }, MONDAY), { listeners })).toEqual([])
  })

  test('a person with two addresses is told once, where they were heard of last', () => {
    const listeners = [
      listener('1', { lastHeardAt: at('2026-11-01 09.00') }),
      listener('2', { personId: 'person-1', lastHeardAt: at('2026-11-20 09.00') }),
    ]
    const notices = told(moveOf(assigned, { move: 'accept' }, MONDAY), { listeners })
    expect(notices.map(({ addressId }) => addressId)).toEqual(['address-2'])
  })

  test('each notice goes by the account its reader wrote to', () => {
    const listeners = [listener('1', { account: 'other-line' })]
    const [notice] = told(moveOf(assigned, { move: 'accept' }, MONDAY), { listeners })
    expect(notice?.account).toBe('other-line')
  })
})

describe('when it is told', () => {
  const hours: readonly [string, string][] = [
    ['2026-11-23 06.59', '2026-11-23 07.00'],
    ['2026-11-23 07.00', '2026-11-23 07.00'],
    ['2026-11-23 20.59', '2026-11-23 20.59'],
    ['2026-11-23 21.00', '2026-11-24 07.00'],
    ['2026-11-23 23.59', '2026-11-24 07.00'],
  ]
  test.each(hours)('what happens at %s goes at %s', (happens, goes) => {
    const now = at(happens)
    const [notice] = told(moveOf(assigned, { move: 'accept' }, now))
    expect(notice?.dueAt).toEqual(at(goes))
  })

  test('a notice lives for 72 hours', () => {
    const [notice] = told(moveOf(assigned, { move: 'accept' }, MONDAY))
    expect(notice?.expiresAt).toEqual(at('2026-11-26 10.00'))
  })

  test('the date to answer by counts from when the answer goes out', () => {
    const night = at('2026-11-23 22.00')
    const text = textOf(moveOf(working, { move: 'answer', note: 'Sudah.' }, night))
    expect(text).toContain('Batas 09/12/2026')
  })
})

describe('what a notice may say', () => {
  test('no move repeats the words of the citizen', () => {
    const requests: readonly [Complaint, MoveRequest][] = [
      [received, { move: 'assign', agency: 'jalan' }],
      [answered, { move: 'dissatisfied', note: WORDS }],
      [closed, { move: 'reopen', reason: WORDS }],
      [received, { move: 'cancel', reason: WORDS }],
      [held, { move: 'complete', note: WORDS }],
    ]
    const citizen = { role: 'citizen', actor: 'citizen' } as const
    for (const [before, request] of requests) {
      const mover = request.move === 'assign' ? undefined : citizen
      expect(textOf(moveOf(before, request, MONDAY, mover))).not.toContain('Kasim')
    }
  })

  test('an address that was silent for over 90 days learns only ticket and state', () => {
    const listeners = [listener('1', { lastHeardAt: at('2026-08-25 09.59') })]
    const move = moveOf(working, { move: 'answer', note: 'Sudah ditambal' }, MONDAY)
    expect(textOf(move, { listeners })).toBe(`ID ${id}: sudah dijawab, menunggu tanggapan Anda.`)
  })

  test('one that was silent for 90 days hears all', () => {
    const listeners = [listener('1', { lastHeardAt: at('2026-08-25 10.00') })]
    const move = moveOf(working, { move: 'answer', note: 'Sudah ditambal' }, MONDAY)
    expect(textOf(move, { listeners })).toContain('Sudah ditambal')
  })

  test('a long answer is cut at a word and says where it can be read', () => {
    const words = Array.from({ length: 300 }, (_, i) => `kata${i}`).join(' ')
    const [notice] = told(moveOf(working, { move: 'answer', note: words }, MONDAY))
    expect(notice?.segments).toBe(3)
    expect(notice?.text).toMatch(
      new RegExp(` kata\\d+ \\.\\.\\. LIHAT ${id}\\. Beres\\? Balas PUAS`),
    )
    const longer = words.slice(0, words.indexOf(lastWord(notice?.text ?? '')))
    expect(notice?.text).toContain(longer)
  })

  test('a long update is cut and points to STATUS', () => {
    const note = 'pekerjaan dilanjutkan besok pagi '.repeat(40)
    const text = textOf(moveOf(assigned, { move: 'update', note }, MONDAY))
    expect(text).toContain(`... STATUS ${id}. Cek:`)
  })

  test('an answer in letters beyond GSM still keeps three segments', () => {
    const note = 'проблема решена полностью '.repeat(40)
    const [notice] = told(moveOf(working, { move: 'answer', note }, MONDAY))
    expect(notice?.segments).toBe(3)
  })

  test('one endless word is cut between letters', () => {
    const [notice] = told(moveOf(working, { move: 'answer', note: '👍🏽'.repeat(900) }, MONDAY))
    expect(notice?.segments).toBeLessThanOrEqual(3)
    expect(notice?.text).toMatch(/: (👍🏽)+ \.\.\. LIHAT/u)
  })

  test('chat brings a long answer whole', () => {
    const words = Array.from({ length: 300 }, (_, i) => `kata${i}`).join(' ')
    const listeners = [listener('1', { address: 'telegram:77' })]
    const text = textOf(moveOf(working, { move: 'answer', note: words }, MONDAY), { listeners })
    expect(text).toContain('kata299.')
  })
})

function lastWord(text: string): string {
  return /(\S+) \.\.\. LIHAT/.exec(text)?.[1] ?? 'nothing was cut'
}

test('numbers in the words of an agency are shown to whoever filed it, and to nobody else', () => {
  const listeners = [listener('1'), listener('2', { reporter: false })]
  const answer = moveOf(working, { move: 'answer', note: 'Hubungi 081234567890 ya' }, MONDAY)
  expect(told(answer, { listeners }).map(({ text }) => /Hubungi (\S+)/.exec(text)?.[1])).toEqual([
    '081234567890',
    '****',
  ])
})
