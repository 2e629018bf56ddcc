// Ticket numbers: what the check digit catches, and how people write them.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isTicket, newTicket, readTickets } from '../../src/complaints/ticket.ts'

const tickets = fc.integer({ min: 0, max: 8_999_999 }).map((n) => newTicket(() => n))

describe('a new ticket', () => {
  test('has eight digits, begins with 1 to 9 and checks', () => {
    fc.assert(
      fc.property(tickets, (ticket) => {
        expect(ticket).toMatch(/^[1-9]\d{7}$/)
        expect(isTicket(ticket)).toBe(true)
      }),
    )
  })
  test('draws from all stems of seven digits', () => {
    expect(newTicket(() => 0)).toMatch(/^1000000/)
    expect(newTicket((below) => below - 1)).toMatch(/^9999999/)
  })
  test('ends in the check digit of the published table', () => {
    expect(newTicket(() => 234_567)).toBe('12345671')
    expect(newTicket(() => 8_999_999)).toBe('99999992')
  })
})

describe('the check digit', () => {
  test('catches every single wrong digit', () => {
    fc.assert(
      fc.property(tickets, (ticket) => {
        for (let i = 0; i < 8; i += 1)
          for (let d = 0; d < 10; d += 1) {
            const typed = ticket.slice(0, i) + d + ticket.slice(i + 1)
            if (typed !== ticket) expect(isTicket(typed)).toBe(false)
          }
      }),
    )
  })
  test('catches every swap of neighbours', () => {
    fc.assert(
      fc.property(tickets, fc.integer({ min: 0, max: 6 }), (ticket, i) => {
        const swapped = `${ticket.slice(0, i)}${ticket[i + 1]}${ticket[i]}${ticket.slice(i + 2)}`
        if (swapped !== ticket) expect(isTicket(swapped)).toBe(false)
      }),
    )
  })
  test('lets about one in ten random numbers through', () => {
    const numbers = Array.from({ length: 10_000 }, (_, i) => String(31_234_500 + i))
    expect(numbers.filter(isTicket)).toHaveLength(1000)
  })
  test('is asked only of eight plain digits', () => {
    const ticket = newTicket(() => 1234)
    for (const other of ['', ticket.slice(1), `${ticket}0`, ` ${ticket}`, `0${ticket.slice(1)}`])
      expect(isTicket(other)).toBe(false)
  })
})

const T = '12345671'
const U = newTicket(() => 7_654_321)

describe('reading tickets out of a text', () => {
  test.each([
    [`STATUS ${T}`],
    [`status #${T}`],
    [`cek no.${T}`],
    [`cek no. ${T}?`],
    [`ID${T},`],
    ['puas 1234 5671'],
    ['puas 1234.5671'],
    ['puas 12-34-56-71'],
    ['puas 1234567 1'],
    [`nilai ${T} 5`],
    ['nilai 1234 5671 5'],
    [`nilai ${T}.`],
    [`${T}\n`],
    [`rt 5 ${T}`],
  ])('%j names it', (text) => {
    expect(readTickets(text)).toEqual({ tickets: [T], mistyped: [] })
  })
  test('several are found in order, each once', () => {
    expect(readTickets(`GABUNG ${U} ${T} ${U}`).tickets).toEqual([U, T])
  })
  test.each([
    ['hubungi 081234567112'],
    ['hubungi 0812 3456 7412'],
    ['hubungi +62 812 3456 7412'],
    ['hubungi +12345671'],
    ['nik 6371011234567112'],
    ['nik 6371 0112 3456 7412'],
    ['tgl 25-12-2026'],
    ['tgl 25.12.2026'],
    ['jam 08.00-16.00'],
    ['gg 5 rt 12 rw 3'],
    [''],
  ])('%j names none', (text) => {
    expect(readTickets(text)).toEqual({ tickets: [], mistyped: [] })
  })
  test.each([
    ['STATUS 12345675', '12345675'],
    ['STATUS 1234 5675', '12345675'],
    ['STATUS 21345671', '21345671'],
  ])('%j names one mistyped', (text, digits) => {
    expect(readTickets(text)).toEqual({ tickets: [], mistyped: [digits] })
  })
  test('a mistyped one does not hide the right one', () => {
    expect(readTickets(`${T} bukan 12345675`)).toEqual({ tickets: [T], mistyped: ['12345675'] })
  })
})
