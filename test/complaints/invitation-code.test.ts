// Codes of invitations: never a word of a sentence, never a ticket, read as people type them.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { newInvitationCode, readInvitationCode } from '../../src/complaints/invitation-code.ts'
import { readTickets } from '../../src/complaints/ticket.ts'

test('a fresh code has eight signs, none of which is taken for another, and is read as it is written', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const code = newInvitationCode((below) => (stream.next().value ?? 0) % below)
      expect(code).toMatch(/^[A-HJKMNP-Z2-9]{8}$/)
      expect(readTickets(code)).toEqual({ tickets: [], mistyped: [] })
      const halves = `${code.slice(0, 4)} ${code.slice(4)}`
      const around = [` ${code} `, `"${code}"`, `<${code}>.`]
      const typed = [code, code.toLowerCase(), ...around, halves, halves.replace(' ', '-')]
      expect(typed.map(readInvitationCode)).toEqual(typed.map(() => code))
    }),
  )
})

test.each([
  ...['', 'pengguna', 'sekolah', 'antrian bpjs', 'bpjs 2026', 'kelas 2026', 'ulang sd negeri 5'],
  ...['12345674', 'nama petugas', 'rt 05', 'kk baru 2026'],
])('DAFTAR "%s" is no code', (said) => {
  expect(readInvitationCode(said)).toBeNull()
})
