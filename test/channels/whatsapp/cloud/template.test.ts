// What fills a template: whatever comes, Meta takes it.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  LONGEST_PARAMETER,
  parameterOf,
  templateBody,
} from '../../../../src/channels/whatsapp/cloud/template.ts'

test('a name, a language, and its parameters in their order', () => {
  const message = { name: 'laporan_dijawab', language: 'id', parameters: ['1', '2'] } as const
  const parameters = [
    { type: 'text', text: '1' },
    { type: 'text', text: '2' },
  ]
  expect(templateBody(message)).toEqual({
    type: 'template',
    template: {
      ...{ name: 'laporan_dijawab', language: { code: 'id' } },
      components: [{ type: 'body', parameters }],
    },
  })
})

test('one without parameters has no components', () => {
  expect(templateBody({ name: 'halo', language: 'en', parameters: [] })).toEqual({
    type: 'template',
    template: { name: 'halo', language: { code: 'en' } },
  })
})

test.each([
  ['Dinas\nJalan\t dan    Jembatan', 'Dinas Jalan dan Jembatan'],
  ['  satu ', 'satu'],
  ['', '-'],
  ['\u200b\n\t', '-'],
  ['x'.repeat(101), 'x'.repeat(100)],
  [`${'x'.repeat(99)}😀`, 'x'.repeat(99)],
  ['\u2028satu\u2029dua\u0085tiga', 'satu dua tiga'],
])('%j becomes %j', (given, wanted) => {
  expect(parameterOf(given)).toBe(wanted)
})

test('whatever it is: no line end, no tab, no four spaces, not empty, not too long, no half character', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 300 })
  const odd = fc.string({ unit: 'grapheme', maxLength: 300 })
  const spaced = fc.string({ maxLength: 60 }).map((text) => [...text].join('    \t\r\n'))
  for (const given of [anything, odd, spaced])
    fc.assert(
      fc.property(given, (text) => {
        const made = parameterOf(text)
        expect(made).not.toMatch(/[\n\r\t\v\f\u0085\u2028\u2029]| {4}/)
        expect(made.trim()).toBe(made)
        expect(made.length).toBeGreaterThan(0)
        expect(made.length).toBeLessThanOrEqual(LONGEST_PARAMETER)
        if (isWhole(text)) expect(isWhole(made)).toBe(true)
      }),
    )
})

/** No half of a surrogate pair stands alone. */
function isWhole(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}
