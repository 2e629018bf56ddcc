// What is hidden of the messages of a case before an outsider reads them.

import { expect, test } from '@jest/globals'
import { maskCodes } from '../src/code-mask.ts'
import type { CaseMessage } from '../src/store/case-port.ts'
import { CODE_KIND } from '../src/store/outbox-port.ts'

const said = (kind: string, text: string | null): CaseMessage => ({
  at: new Date('2026-11-25T02:00:00Z'),
  direction: kind === 'message' ? 'in' : 'out',
  kind,
  channel: 'sms',
  text,
  status: kind === 'message' ? null : 'delivered',
})
const SENT = said(CODE_KIND, 'Kode untuk ID 10000004: 482915. Berlaku 10 menit.')
const textsOf = (...messages: CaseMessage[]) => maskCodes(messages).map(({ text }) => text)

test('a code that was sent is hidden, the ticket beside it is not', () =>
  expect(textsOf(SENT)).toEqual(['Kode untuk ID 10000004: ******. Berlaku 10 menit.']))

test('it is hidden as well where somebody typed it, in one piece or two', () =>
  expect(textsOf(said('message', '482915'), said('message', 'kode 482 915'), SENT)).toEqual([
    '******',
    'kode ******',
    expect.any(String),
  ]))

test('other numbers stay as they were written, also ones that contain it', () => {
  const texts = ['nomor meter 482916', '1482915', 'rumah no 12']
  expect(textsOf(SENT, ...texts.map((text) => said('message', text))).slice(1)).toEqual(texts)
})

test('words that were removed stay removed', () =>
  expect(textsOf(said('message', null), SENT, said(CODE_KIND, null))).toEqual([
    null,
    expect.any(String),
    null,
  ]))
