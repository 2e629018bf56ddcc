// In which words each move is told.

import { describe, expect, test } from '@jest/globals'
import { ARCHIVE_REASONS, type Complaint } from '../../src/complaints/complaint.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { at, filed, listener, moved, moveOf } from './support/cases.ts'
import {
  answered,
  assigned,
  closed,
  held,
  id,
  MONDAY,
  received,
  textOf,
  working,
} from './support/told.ts'

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
      `ID ${id}: tanggapan pelapor dikirim ke Dinas Jalan. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ],
    ['cancel', received, { move: 'cancel' }, `ID ${id} dibatalkan atas permintaan pelapor.`],
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
    const reporter = { listeners: [listener('sms', { citizen: id })] }
    expect(textOf(moveOf(received, request, MONDAY), reporter)).toBe(
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
    expect(textOf(move)).toContain('ditutup karena tidak ada tanggapan')
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
