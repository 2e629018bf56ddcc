// Numbers that find a person or their money are masked; tickets and ordinary numbers are not.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { maskNumbers } from '../../src/complaints/privacy.ts'
import { newTicket } from '../../src/complaints/ticket.ts'

describe('what is masked', () => {
  test.each([
    ['NIK 6371010101900001.', 'NIK ****.'],
    ['NIK 6371 0101 0190 0001 atas nama', 'NIK **** atas nama'],
    ['NIK 637101.010190.0001', 'NIK ****'],
    ['kartu 4111-1111-1111-1111', 'kartu ****'],
    ['kartu 378282246310005', 'kartu ****'],
    ['NPWP 01.234.567.8-901.000', 'NPWP ****'],
    ['hub 081234567890 ya', 'hub **** ya'],
    ['hub 0812-3456-7890', 'hub ****'],
    ['hub 0812 3456 789', 'hub ****'],
    ['hub 08 12 34 56 78 90', 'hub ****'],
    ['hub 0812 - 3456 - 7890', 'hub ****'],
    ['hub 0 812 345 678', 'hub ****'],
    ['hub 0 812 3456 7890', 'hub ****'],
    ['hub 0 8 1 2 3 4 5 6 7 8 9 0 ya', 'hub **** ya'],
    ['hub 0.8.1.2.3.4.5.6.7.8.9.0', 'hub ****'],
    ['hub +6281234567890', 'hub ****'],
    ['hub +62 812 3456 7890', 'hub ****'],
    ['hub +62 (0)812 3456 7890', 'hub ****'],
    ['hub 6281234567890', 'hub ****'],
    ['hub 62 812 3456 7890', 'hub ****'],
    ['hub 81234567890', 'hub ****'],
    ['kantor (0511) 3251234', 'kantor ****'],
    ['kantor 0511-3251234', 'kantor ****'],
    ['hub 0812345678.', 'hub ****.'],
    ['dua 081234567890, 085212345678', 'dua ****, ****'],
    ['dua 081234567890 085212345678', 'dua **** ****'],
    ['hub081234567890', 'hub****'],
    ['hub +1 212 555 0100', 'hub ****'],
    ['hub 0812\u20133456\u20137890', 'hub ****'],
    ['hub 0812\u20113456\u20117890', 'hub ****'],
    ['hub 0812_3456_7890', 'hub ****'],
    ['hub 0812\u202f3456\u20097890', 'hub ****'],
    ['hub 0812/3456/7890 ya', 'hub **** ya'],
    ['nik 6371/0123/4567/8901', 'nik ****'],
    [
      'hub \uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10 ya',
      'hub **** ya',
    ],
    ['hub \uff0b\uff16\uff12 812 3456 7890', 'hub ****'],
    ['hub \u{1d7ce}\u{1d7d6}12 3456 7890', 'hub ****'],
  ])('%j becomes %j', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })
})

describe('what stays', () => {
  test.each([
    ['lampu mati di gg 5 rt 12 rw 03'],
    ['tgl 25-12-2026 jam 14.30'],
    ['tgl 08-12-2026'],
    ['air 0 8 jam, lalu 2 3 4'],
    ['skor 0-8 12345671'],
    ['tgl 08/12/2026 jam 14.30'],
    ['tgl 2026/12/08, RT 05/02, surat 012/DPU/2026'],
    ['jam 08.00\u201316.00'],
    ['buka 08.00-16.00'],
    ['tagihan Rp 1.250.000'],
    ['meteran 12345675'],
    ['STATUS 12345671'],
    ['tiket 12345671 dan 12345671'],
    ['tiket 12345671 12345671'],
    ['hubungi 112 atau 110'],
    ['kode pos 70234'],
    ['rumah 05 1234567'],
    [''],
  ])('%j', (text) => {
    expect(maskNumbers(text)).toBe(text)
  })
  test('a ticket beside a phone number', () => {
    expect(maskNumbers('12345671 081234567890')).toBe('12345671 ****')
    expect(maskNumbers('081234567890 12345671')).toBe('**** 12345671')
    expect(maskNumbers('rt 05 12345671')).toBe('rt 05 12345671')
    expect(maskNumbers('rt 08 12345671')).toBe('rt 08 12345671')
  })
  test('any ticket, wherever words stand around it', () => {
    const ticket = fc.integer({ min: 0, max: 8_999_999 }).map((n) => newTicket(() => n))
    fc.assert(
      fc.property(ticket, ticket, (one, two) => {
        expect(maskNumbers(`ID ${one} ${two}, ok`)).toBe(`ID ${one} ${two}, ok`)
      }),
    )
  })
})

test('no mobile number survives, however it is parted', () => {
  const digits = fc.stringMatching(/^8[1-9]\d{8,9}$/)
  const prefix = fc.constantFrom('0', '62', '+62', '+62 ')
  const cut = fc.constantFrom('', ' ', '-', '.')
  fc.assert(
    fc.property(prefix, digits, cut, (before, rest, part) => {
      const spoken = `${before}${rest.slice(0, 3)}${part}${rest.slice(3, 7)}${part}${rest.slice(7)}`
      expect(maskNumbers(`telp ${spoken} ya`)).toBe('telp **** ya')
    }),
  )
})
