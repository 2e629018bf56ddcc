// Commands: the first word, only when what follows fits, and natural sayings where they are unmistakable.

import { describe, expect, test } from '@jest/globals'
import { newTicket } from '../../../src/complaints/ticket.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()
const ticket = newTicket(() => 1_234_567)
const mistyped = `${ticket.slice(0, 7)}${(Number(ticket.slice(7)) + 1) % 10}`

function commandIn(text: string) {
  const written = text.replaceAll('TICKET', ticket).replaceAll('WRONG', mistyped)
  const { intent, command } = understand(written, city)
  return intent === 'command' ? (command?.name ?? null) : null
}

describe('a command is read', () => {
  test.each([
    ['STATUS', 'status'],
    ['cek #TICKET', 'status'],
    ['Status no. TICKET', 'status'],
    ['STTUS TICKET', 'status'],
    ['staus', 'status'],
    ['BJM STATUS TICKET', 'status'],
    ['TICKET', 'status'],
    ['cek laporan sy min', 'status'],
    ['gimana kabar laporan sy pak', 'status'],
    ['LENGKAP TICKET rt 9 dekat pos ronda', 'add'],
    ['TAMBAH TICKET sejak selasa', 'add'],
    ['BALAS TICKET sudah saya lihat', 'reply'],
    ['JAWAB TICKET rt 2', 'reply'],
    ['PUAS TICKET', 'satisfied'],
    ['beres pak makasih', 'satisfied'],
    ['alhamdulillah sdh beres, puas', 'satisfied'],
    ['TIDAK PUAS TICKET masih bau', 'dissatisfied'],
    ['BELUM TICKET masih bau', 'dissatisfied'],
    ['blm beres bu', 'dissatisfied'],
    ['NILAI TICKET 4', 'rate'],
    ['BUKA LAGI TICKET kambuh', 'reopen'],
    ['BATAL', 'cancel'],
    ['batalkan laporan saya', 'cancel'],
    ['LIHAT TICKET', 'show'],
    ['HUBUNGKAN TICKET', 'link'],
    ['ANONIM', 'anonymous'],
    ['RAHASIA TICKET', 'confidential'],
    ['info dong', 'help'],
    ['cara melapor gimana', 'help'],
    ['STOP', 'stop'],
    ['jangan kirim sms lagi', 'stop'],
    ['MULAI', 'start'],
    ['aktifkan lagi', 'start'],
    ['DATA SAYA', 'data'],
    ['data sy apa aja pak', 'data'],
    ['my data please', 'data'],
    ['HAPUS DATA', 'erase'],
    ['hapus semua data sy', 'erase'],
    ['hapus data pribadi saya min', 'erase'],
    ['tolong hapus data saya', 'erase'],
    ['hapus nomor saya', 'erase'],
    ['lihat data saya', 'data'],
    ['pakai bahasa inggris', 'language'],
    ['delete my data', 'erase'],
    ['hapus ya', 'erase_yes'],
    ['HAPUS IYA.', 'erase_yes'],
    ['LAPOR titian rusak di gg 8', 'file'],
  ])('%s', (text, name) => {
    expect(commandIn(text)).toBe(name)
  })
})

describe('a complaint that begins like a command is none', () => {
  test.each([
    'stop dulu proyek jalan di depan rumah',
    'info pak, lampu jalan padam di gg 8',
    'mulai tgl 3 air pdam mati',
    'lihat jalan rusak di gg 8 tidak ada yang urus',
    'cek jalan rusak di gg 8',
    'tambah lampu jalan di gg 8',
    'nilai rapor anak saya hilang di sekolah',
    'bantuan beras tidak pernah sampai',
    'belum ada lampu jalan di gg 8',
    'buka jam berapa dukcapil',
    'tidak ada air dari subuh',
    'data saya di catatan sipil salah nama',
    'data saya hilang di puskesmas alalak',
    'hapus data pribadi saya yang disebar petugas',
    'hapus nomor saya dari grup rt, petugas sering marah marah',
    'petugas pakai bahasa kasar di puskesmas alalak',
    'hapus coretan di dinding sekolah',
    'hapus ya coretan di dinding sekolah',
    'tidak puas dengan puskesmas, antri obat dari pagi',
    'kami tidak puas, sampah menumpuk di gg 8',
  ])('%s', (text) => {
    expect(understand(text, city).intent).toBe('complaint')
  })
})

test('terima kasih runs no command', () => {
  expect(understand('terima kasih', city).intent).toBe('thanks')
})

test('a ticket with a wrong digit is told apart from a good one', () => {
  const { command } = understand(`STATUS ${mistyped}`, city)
  expect(command).toMatchObject({ name: 'status', ticket: null, mistyped })
})

test('the words after the ticket are the rest', () => {
  const { command } = understand(`BELUM ${ticket} masih mati lampunya`, city)
  expect(command).toMatchObject({ ticket, rest: 'masih mati lampunya', natural: false })
})

test('a rating outside 1 to 5 is none', () => {
  expect(understand(`NILAI ${ticket} 7`, city).command).toMatchObject({ ticket, rating: null })
})

test('a customer number inside a complaint is no ticket of a command', () => {
  const { intent, categories } = understand('cek tagihan pdam 22041187 kok naik', city)
  expect([intent, categories[0]?.id]).toEqual(['complaint', 'air'])
})

describe('YA and TIDAK', () => {
  test.each([
    ['ya', 'yes'],
    ['iya pak benar', 'yes'],
    ['y', 'yes'],
    ['tdk', 'no'],
    ['bukan pak', 'no'],
    ['t', 'no'],
  ])('%s', (text, intent) => {
    expect(understand(text, city).intent).toBe(intent)
  })
})

test.each([
  ['2', 2],
  ['3.', 3],
  ['(1)', 1],
])('%s is a number', (text, number) => {
  expect(understand(text, city)).toMatchObject({ intent: 'number', number })
})

describe('ANONIM and RAHASIA before words', () => {
  test('mark the complaint and are taken off', () => {
    const reading = understand('BJM ANONIM lurah minta uang', city)
    expect(reading).toMatchObject({
      intent: 'complaint',
      asksAnonymous: true,
      words: 'lurah minta uang',
    })
  })

  test('may stand before the prefix', () => {
    const reading = understand('RAHASIA BANJARMASIN suami memukul istri di sebelah', city)
    expect(reading).toMatchObject({ asksConfidential: true, prefix: { whose: 'ours' } })
  })

  test('a wish in other words counts too, and nothing is taken off', () => {
    const text = 'ada pungli di pasar, tolong rahasiakan nama saya'
    expect(understand(text, city)).toMatchObject({ asksAnonymous: true, words: text })
  })
})
