// Phone numbers as addresses: `+6281…` one way only, whatever way they were written.
// Rule: a real person is never left without an answer because a number range is too new to be known.

import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'

export interface Sender {
  /** What stands after `sms:`: E.164 for numbers, else the name as it came. */
  readonly name: string
  /** False for letters, short codes and numbers one pays to call. */
  readonly answerable: boolean
}

/** The country whose trunk prefix is dropped from numbers written as at home (`0811…`). */
const HOME = 'ID'

/** Nobody texts from these, and an answer may cost as much as the owner likes. */
const NO_PERSON = new Set(['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'UAN', 'VOICEMAIL', 'PAGER'])

/** Reading a number costs 30 µs, a thirtieth of a turn; most who write have just written. */
const REMEMBERED = 10_000
const lately = new Map<string, Sender>()

/** The sender of a provider that names numbers in full (`+62…`) and everything else bare. */
export function senderOf(raw: string): Sender {
  const known = lately.get(raw)
  if (known !== undefined) return known
  if (lately.size >= REMEMBERED) lately.clear()
  const read = readSender(raw)
  lately.set(raw, read)
  return read
}

function readSender(raw: string): Sender {
  const name = raw.replace(/[\s\p{C}]+/gu, '')
  const number = name.startsWith('+') ? parsePhoneNumberFromString(name) : undefined
  return number === undefined
    ? { name, answerable: false }
    : { name: number.number, answerable: isSubscriber(number) }
}

/** A number as a person types it, in full or as at home; null when it is none. */
export function readNumber(typed: string): string | null {
  const number = parsePhoneNumberFromString(typed, HOME)
  return number !== undefined && isSubscriber(number) ? number.number : null
}

function isSubscriber(number: PhoneNumber): boolean {
  const type = number.getType()
  // A range the library does not know yet is judged by its length alone.
  return type === undefined ? number.isPossible() : !NO_PERSON.has(type)
}
