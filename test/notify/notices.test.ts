// Who hears of a move, when, and in which words.

import { describe, expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import { ARCHIVE_REASONS, type Complaint } from '../../src/complaints/complaint.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { type NoticeFacts, noticesFor } from '../../src/notify/notices.ts'
import type { NewOutbound } from '../../src/store/store.ts'
import {
  at,
  countingIds,
  filed,
  listener,
  type Made,
  moved,
  moveOf,
  WORDS,
} from './support/cases.ts'
import { town } from './support/town.ts'

const MONDAY = at('2026-11-23 10.00')

function told(move: Made, more: Partial<NoticeFacts> = {}): readonly NewOutbound[] {
  const facts = { listeners: [listener('1')], city: town, measure, now: move.event.at }
  return noticesFor(move, { ...facts, newId: countingIds(), ...more })
}

function textOf(move: Made, more: Partial<NoticeFacts> = {}): string {
  const [notice] = told(move, more)
  if (notice === undefined) throw new Error('nobody was told')
  return notice.text
}

const received = filed(MONDAY)
const assigned = moved(received, MONDAY, { move: 'assign', agency: 'jalan' })
const working = moved(assigned, MONDAY, { move: 'accept' })
const answered = moved(working, MONDAY, { move: 'answer', note: 'Sudah ditambal' })
const closed = moved(answered, MONDAY, { move: 'satisfied' })
const held = moved(received, MONDAY, { move: 'hold', note: 'Di RT berapa?' })
const id = received.ticket

describe('what a move is told as', () => {
  const other = filed(MONDAY)
  const cases: readonly [string, Complaint, MoveRequest, string][] = [
    [
      'assign',
      received,
      { move: 'assign', agency: 'jalan' },
      `ID ${id} diteruskan ke Dinas Jalan. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ],
    [
      'hold',
      received,
      { move: 'hold', note: 'Di RT berapa?' },
      `ID ${id} menunggu keterangan Anda: Di RT berapa? Balas: LENGKAP ${id} isi. Batas 08/12/2026, lewat itu diarsipkan.`,
    ],
    [
      'complete',
      held,
      { move: 'complete' },
      `Keterangan untuk ID ${id} diterima, laporan diproses lagi. Cek: STATUS ${id}.`,
    ],
    [
      'accept',
      assigned,
      { move: 'accept' },
      `ID ${id} sedang ditindaklanjuti Dinas Jalan. Paling lambat selesai 14/12/2026. Cek: STATUS ${id}.`,
    ],
    [
      'update',
      assigned,
      { move: 'update', note: 'Aspal tiba besok' },
      `ID ${id}, kabar dari Dinas Jalan: Aspal tiba besok. Cek: STATUS ${id}.`,
    ],
    [
      'answer',
      working,
      { move: 'answer', note: 'Sudah ditambal.' },
      `ID ${id} dijawab Dinas Jalan: Sudah ditambal. Beres? Balas PUAS ${id} atau BELUM ${id}. Batas 08/12/2026.`,
    ],
    [
      'return',
      assigned,
      { move: 'return', reason: 'jalan provinsi' },
      `ID ${id} bukan wewenang Dinas Jalan. Koordinator menentukan instansi lain paling lambat 27/11/2026. Cek: STATUS ${id}.`,
    ],
    [
      'transfer',
      assigned,
      { move: 'transfer', agency: 'air' },
      `ID ${id} dialihkan ke Air Contoh. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ],
    [
      'extend',
      working,
      { move: 'extend', days: 5, reason: 'hujan' },
      `ID ${id}: Dinas Jalan perlu waktu lebih. Batas penyelesaian yang baru 21/12/2026. Cek: STATUS ${id}.`,
    ],
    [
      'close',
      working,
      { move: 'close', reason: 'sudah diperbaiki warga' },
      `ID ${id} ditutup: sudah diperbaiki warga. Belum beres? Balas BUKA ${id} alasan, paling lambat 08/12/2026.`,
    ],
    [
      'reopen',
      closed,
      { move: 'reopen' },
      `ID ${id} dibuka lagi dan dikirim ke Dinas Jalan. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ],
    [
      'satisfied',
      answered,
      { move: 'satisfied' },
      `ID ${id} selesai, terima kasih. Nilai: NILAI ${id} 1-5. Belum beres? Balas BUKA ${id} alasan, paling lambat 08/12/2026.`,
    ],
    [
      'dissatisfied',
      answered,
      { move: 'dissatisfied', note: 'masih rusak' },
      `ID ${id}: tanggapan Anda dikirim ke Dinas Jalan. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ],
    ['cancel', received, { move: 'cancel' }, `ID ${id} dibatalkan atas permintaan Anda.`],
    [
      'copy',
      assigned,
      { move: 'copy', agency: 'air' },
      `ID ${id} ditembuskan ke Air Contoh. Cek: STATUS ${id}.`,
    ],
    ['rate', closed, { move: 'rate', rating: 4 }, `Nilai 4 untuk ID ${id} dicatat. Terima kasih.`],
  ]
  test.each(cases)('%s', (_move, before, request, words) => {
    expect(textOf(moveOf(before, request, MONDAY))).toBe(words)
  })

  test('a merge names the other ticket', () => {
    const merge = moveOf(received, { move: 'merge', into: other.ticket }, MONDAY, undefined, other)
    expect(textOf(merge)).toContain(`digabung dengan ID ${other.ticket}`)
  })

  test('a restored case is told', () => {
    const archived = moved(received, MONDAY, { move: 'archive', reason: 'unclear' })
    expect(textOf(moveOf(archived, { move: 'restore' }, MONDAY))).toContain('dipulihkan')
  })

  test('a correction says what changed, and only that', () => {
    const request = { move: 'correct', category: 'keran', confidential: true } as const
    expect(textOf(moveOf(received, request, MONDAY))).toBe(
      `ID ${id} diperbarui: kategori Air, isi dirahasiakan. Cek: STATUS ${id}.`,
    )
  })

  test('a corrected place is named by its kelurahan, never by its text', () => {
    const place = { kelurahan: 'Pulau Biru', text: 'rumah Pak Kasim' }
    const text = textOf(moveOf(received, { move: 'correct', place }, MONDAY))
    expect(text).toBe(`ID ${id} diperbarui: lokasi Pulau Biru. Cek: STATUS ${id}.`)
  })

  test.each(ARCHIVE_REASONS)('the archive reason %s is told plainly', (reason) => {
    const request: MoveRequest = { move: 'archive', reason }
    const text = textOf(moveOf(received, request, MONDAY))
    expect(text).toMatch(new RegExp(`^ID ${id} diarsipkan karena `))
    expect(text).not.toContain('{')
  })

  test('the next door of the city follows the archive reason', () => {
    const request = { move: 'archive', reason: 'not_public_service' } as const
    expect(textOf(moveOf(received, request, MONDAY))).toMatch(/pelayanan publik\. Polisi: 922\.$/)
  })

  test('an answer without an agency is the coordinator’s', () => {
    const move = moveOf(received, { move: 'answer', note: 'Loket buka pukul 8' }, MONDAY)
    expect(textOf(move)).toContain('dijawab koordinator: Loket buka pukul 8. Beres?')
  })

  test('what was reopened without an agency is verified again', () => {
    const done = moved(received, MONDAY, { move: 'close', reason: 'sudah jelas' })
    const text = textOf(moveOf(done, { move: 'reopen' }, MONDAY))
    expect(text).toContain('dibuka lagi. Diverifikasi paling lambat 27/11/2026')
  })

  test('silence that closes a case is said to have been silence', () => {
    const system = { role: 'system', actor: 'system' } as const
    const move = moveOf(answered, { move: 'close', reason: 'auto' }, MONDAY, system)
    expect(textOf(move)).toContain('ditutup karena tidak ada tanggapan Anda')
  })

  test('a date in a year without an official list is an estimate', () => {
    const december = at('2026-12-28 10.00')
    const late = filed(december)
    const text = textOf(moveOf(late, { move: 'assign', agency: 'jalan' }, december))
    expect(text).toContain('04/01/2027 (perkiraan)')
  })

  test('chat names the agency in full', () => {
    const reader = listener('1', { address: 'telegram:77', account: 'bot' })
    const move = moveOf(received, { move: 'assign', agency: 'jalan' }, MONDAY)
    expect(textOf(move, { listeners: [reader] })).toContain('Dinas Jalan Kota Contoh')
  })
})

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
