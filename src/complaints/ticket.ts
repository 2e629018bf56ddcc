// Ticket numbers: eight digits, random, the first 1-9, the last a Damm check digit.
// The check digit catches every single wrong digit and every swap of neighbours; it proves nothing about existence.

import type { Chance } from '../clock.ts'

/** Damm's quasigroup of order 10 (H. M. Damm, 2004): totally anti-symmetric, zeros on the diagonal. */
const QUASIGROUP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

/** 0 for digits that end in their own check digit. */
function damm(digits: string): number {
  let interim = 0
  for (const digit of digits) interim = Number(QUASIGROUP[interim]?.[Number(digit)])
  return interim
}

/** A fresh ticket number; whether it is taken, the store says. */
export function newTicket(chance: Chance): string {
  const stem = String(1_000_000 + chance(9_000_000))
  return `${stem}${damm(stem)}`
}

/** Eight plain digits with a fitting check digit. */
export function isTicket(digits: string): boolean {
  return /^[1-9]\d{7}$/.test(digits) && damm(digits) === 0
}

/** Groups of digits that belong together: parted by spaces, dots or dashes only. `+` begins a phone number. */
const RUN = /(?<![\d+])\d+(?:[ .\u00a0-]{1,2}\d+)*/g

/**
 * What in a text is a ticket number, in order, each once: eight digits, whole or in groups parted by spaces, dots or
 * dashes, whatever (`#`, `no.`, letters) stands around. `mistyped`: eight digits written as one would write a ticket
 * whose check digit does not fit; a meter number looks the same, so ask only where a ticket was expected.
 */
export function readTickets(text: string): {
  readonly tickets: readonly string[]
  readonly mistyped: readonly string[]
} {
  const tickets = new Set<string>()
  const mistyped = new Set<string>()
  for (const [run] of text.matchAll(RUN))
    for (const groups of candidates(run.match(/\d+/g) ?? [])) {
      const digits = groups.join('')
      if (isTicket(digits)) tickets.add(digits)
      else if (digits[0] !== '0' && looksTyped(groups)) mistyped.add(digits)
    }
  return { tickets: [...tickets], mistyped: [...mistyped] }
}

/**
 * A group of eight stands for itself. Smaller groups are joined only from the start of the run, so that no part of a
 * phone number or ID is taken; one digit may follow (`NILAI 1234 5678 4`).
 */
function candidates(groups: readonly string[]): readonly (readonly string[])[] {
  const whole = groups.filter((g) => g.length === 8).map((g) => [g])
  if (whole.length > 0) return whole
  const joined: string[] = []
  for (const [i, group] of groups.entries()) {
    joined.push(group)
    const length = joined.join('').length
    const rest = groups.slice(i + 1)
    if (length === 8) return rest.join('').length <= 1 ? [joined] : []
  }
  return []
}

/** `1234 5678`, not a date or an amount. */
function looksTyped(groups: readonly string[]): boolean {
  return groups.every((g) => g.length === groups[0]?.length)
}
