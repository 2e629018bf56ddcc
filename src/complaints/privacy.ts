// Masks the numbers by which a person or their money can be found, wherever a text is shown beyond the acting agency.
// Ticket numbers (eight digits with a fitting check digit) survive.

import { isTicket } from './ticket.ts'

const MASK = '****'

/** Also full-width digits and those of mathematical type, which some phones write. */
const DIGITS = '[\\d\\uff10-\\uff19\\u{1d7ce}-\\u{1d7ff}]+'
/** The dashes and thin spaces too that phones put in by themselves. A slash only between groups longer than those of a date. */
const BETWEEN =
  '(?:[ ._()\\u00a0\\u2000-\\u200a\\u202f\\u2010-\\u2015\\u2212-]{1,3}|(?<=\\d{3}) ?/ ?(?=\\d{3}))'
const GROUP = new RegExp(DIGITS, 'gu')
/** Digits in groups parted by at most two or three spaces, dots, dashes or brackets. */
const RUN = new RegExp(`[+\\uff0b]?\\(?${DIGITS}(?:${BETWEEN}${DIGITS})*`, 'gu')

interface Group {
  readonly digits: string
  readonly start: number
  readonly end: number
}

/**
 * Replaces identity numbers (16 digits; 15 for tax), card numbers (13 to 19) and phone numbers (`+62…`, `62…`, `0…`,
 * `8…`; spaced, dotted, dashed) by a plain mask.
 */
export function maskNumbers(text: string): string {
  return text.replace(RUN, maskRun)
}

function maskRun(run: string): string {
  const groups: readonly Group[] = [...run.matchAll(GROUP)].map((match) => ({
    digits: match[0].normalize('NFKC'),
    start: match.index,
    end: match.index + match[0].length,
  }))
  let masked = ''
  let copied = 0
  for (let i = 0; i < groups.length; ) {
    const plus = i === 0 && /^[+\uff0b]/.test(run)
    const taken = groupsTaken(groups.slice(i), plus)
    const first = groups[i]
    const last = taken === 0 ? undefined : groups[i + taken - 1]
    if (first !== undefined && last !== undefined) {
      const opened = run[first.start - 1] === '(' && run.slice(first.end, last.end).includes(')')
      const start = plus ? 0 : first.start - (opened ? 1 : 0)
      masked += `${run.slice(copied, start)}${MASK}`
      copied = last.end
    }
    i += Math.max(1, taken)
  }
  return masked + run.slice(copied)
}

/** How many groups from the first on are one number to hide; 0: none. */
function groupsTaken(groups: readonly Group[], plus: boolean): number {
  const first = groups[0]?.digits ?? ''
  if (!plus && isTicket(first)) return 0
  let taken = 0
  let digits = ''
  for (const [i, group] of groups.entries()) {
    if (i > 0 && first.length < 3 && !plus && isTicket(group.digits)) break
    digits += group.digits
    if (isIdentity(digits, i) || isPhone(digits, first, plus)) taken = i + 1
  }
  return taken
}

/** Whole: 13 to 19 digits of any kind. In groups only the lengths that identity, tax and card numbers have. */
function isIdentity(digits: string, index: number): boolean {
  if (index === 0) return digits.length >= 13 && digits.length <= 19
  return digits.length === 15 || digits.length === 16
}

/** Lengths of the Indonesian numbering plan: 0 and 8 to 12 digits, 62 and 8 to 12; abroad up to 15 (E.164). */
function isPhone(digits: string, first: string, plus: boolean): boolean {
  const { length } = digits
  if (plus) return length >= 8 && length <= 15
  if (digits.startsWith('62')) return length >= 10 && length <= 14
  if (digits.startsWith('0')) {
    const begins = first.length >= 3 || first === '08' || (first === '0' && digits[1] === '8')
    return begins && length >= 9 && length <= 13
  }
  return /^8[1-9]/.test(first) && length >= 10 && length <= 12
}
