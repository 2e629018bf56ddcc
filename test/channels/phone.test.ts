// Who may be answered, and under which name a sender is kept.

import { expect, test } from '@jest/globals'
import { readNumber, senderOf } from '../../src/channels/phone.ts'

test.each([
  ['an Indonesian mobile', '+6281234567890', '+6281234567890', true],
  ['one with spaces and marks', ' +62 812\u200e3456 7890 ', '+6281234567890', true],
  ['a landline', '+62511777000', '+62511777000', true],
  ['a foreign mobile', '+14155238886', '+14155238886', true],
  ['a range too new for the library', '+6284123456789', '+6284123456789', true],
  ['a number too short to be one', '+62812345', '+62812345', false],
  ['a number one pays for', '+628091234567', '+628091234567', false],
  ['a toll-free number', '+628001234567', '+628001234567', false],
  ['a British premium number', '+449098790000', '+449098790000', false],
  ['a short code', '1708', '1708', false],
  ['a short code with a plus', '+1708', '+1708', false],
  ['letters', 'TELKOMSEL', 'TELKOMSEL', false],
  ['letters and digits', 'INFO-118', 'INFO-118', false],
  ['a withheld number', '+266696687', '+266696687', false],
  ['another channel at the same door', 'whatsapp:+6281234567890', 'whatsapp:+6281234567890', false],
  ['nothing', ' \u0000', '', false],
])('%s', (_name, raw, name, answerable) => {
  expect(senderOf(raw)).toEqual({ name, answerable })
})

test.each([
  ['+6281234567890', '+6281234567890'],
  ['081234567890', '+6281234567890'],
  ['0812-3456-7890', '+6281234567890'],
  ['0511 777000', '+62511777000'],
  ['+44 7400 123456', '+447400123456'],
  ['1708', null],
  ['halo', null],
  ['', null],
])('a typed %s is read as %s', (typed, number) => {
  expect(readNumber(typed)).toBe(number)
})
