// The code by which somebody is invited: eight signs, none of which is taken for another, letters and digits both.
// So no word of a citizen's sentence ("daftar pengguna", "daftar sekolah") is ever taken for one.

import type { Chance } from '../clock.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const DIGITS = '23456789'
const SIGNS = 8
/** How long it holds (product.md section 7). */
export const INVITATION_LIFE_MS = 72 * 3_600_000

/** As people type it: in one piece, or in two of four. */
const WHOLE = /^[a-z0-9]{6,12}$/i
const AROUND = /^[^a-z0-9]+|[^a-z0-9]+$/gi
const HALVES = /^([a-hj-km-np-z2-9]{4})[ -]([a-hj-km-np-z2-9]{4})$/i

/** The first sign is a letter and the last a digit: seven digits and more would be read as a ticket. */
export function newInvitationCode(chance: Chance): string {
  const any = LETTERS + DIGITS
  const within = Array.from({ length: SIGNS - 2 }, () => any[chance(any.length)])
  return [LETTERS[chance(LETTERS.length)], ...within, DIGITS[chance(DIGITS.length)]].join('')
}

/** The code that stands behind DAFTAR, and nothing but it; null: it says something else. Longer and shorter ones are wrong codes. */
export function readInvitationCode(said: string): string | null {
  const code = said.replace(AROUND, '').replace(HALVES, '$1$2')
  const mixed = /\d/.test(code) && /[a-z]/i.test(code)
  return WHOLE.test(code) && mixed ? code.toUpperCase() : null
}
