// What people say around their reports, as they say it: greetings, thanks, "how is it going", "never mind", a number, spam.

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()

const rows = readFileSync(new URL('talk.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes(' | ') && !line.startsWith('#'))

test('what is said around a report is read for what it is', () => {
  const read = rows.map((row) => {
    const text = row.slice(row.indexOf(' | ') + 3)
    const { intent, command } = understand(text, city)
    return `${command?.name ?? intent} | ${text}`
  })
  expect(read).toEqual(rows)
})

test('a wish for secrecy beside what happened hides no report', () => {
  const text = 'jangan sebut nama saya, tetangga suka berbuat aneh di belakang rumah tiap malam'
  const { intent, asksAnonymous } = understand(text, city)
  expect([intent, asksAnonymous]).toEqual(['complaint', true])
})

test.each([
  ['goblok', false],
  ['orang buang sampah pukul 10 malam di gg 5', false],
  ['pak lurah kebakaran jenggot ditanya soal dana gg 5', false],
  ['warga bawa golok di gg 5', true],
])('"%s" is urgent: %s', (text, urgent) => {
  expect(understand(text, city).urgent).toBe(urgent)
})
