// The search that guards anonymous people finds what it looks for, and does not pass for having looked at nothing.

import { expect, test } from '@jest/globals'
import type { Address } from '../../src/message.ts'
import { type Left, traces, type Unknown } from './anonymity.ts'

const ADA: Unknown = {
  address: 'sms:+6285771234567',
  numbers: [],
  names: ['Adawiyah'],
  digest: 'dGhlLWRpZ2VzdC1vZi1BZGEtd2hpY2gtaXMtbG9uZy1lbm91Z2g',
}
const BUD: Unknown = {
  ...ADA,
  address: 'telegram:9310000351',
  numbers: ['085798765432'],
  names: [],
  digest: 'none',
}
const filler: readonly Left[] = Array.from({ length: 1_000 }, (_, n) => {
  return { where: 'message', to: null, text: `Laporan ke-${n} sudah diterima.` }
})

function found(text: string, to: Address | null = null) {
  return traces(
    [...filler, { where: 'card', to, text }],
    [ADA, BUD],
    new Set(['81234567', '99123456']),
  )
}

test.each([
  ['with its country and a plus', 'hubungi +6285771234567'],
  ['with its country', 'hubungi 6285771234567 saja'],
  ['as dialled', '085771234567'],
  ['by its last seven digits', 'akhiran 1234567.'],
  ['spaced', 'wa 0857 7123 4567'],
  ['dashed', '0857-7123-4567'],
  ['inside a row of digits', 'x0857712345670'],
  ['by the phone of whoever chats', 'wa 085798765432'],
  ['as chat id', '{"chat":9310000351}'],
  ['as a name, however written', 'pelapor ADAWIYAH'],
  ['as the keyed digest of the address', `{"key":"${ADA.digest}"}`],
])('an anonymous person is found %s', (_how, text) => {
  expect(found(text)).toHaveLength(1)
})

test('nobody is found where a ticket has the same end, or in what they are told themselves', () => {
  expect(found('ID 81234567 sudah dijawab')).toEqual([])
  expect(found('NILAI 99123456 7')).toEqual([])
  expect(found('NILAI 99123456 0857 7123 4567')).toHaveLength(1)
  expect(found('nomor 085771234567', ADA.address)).toEqual([])
  expect(found('nomor 085771234567', BUD.address)).toHaveLength(1)
})

test('a search of fewer than a thousand things is none', () => {
  expect(() => traces(filler.slice(1), [ADA])).toThrow('only 999')
})
