// Mistakes in the city's files: each named with its file, its line and the cure, all of them in one go.

import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadCity } from '../../src/city/load.ts'
import { openSource } from '../../src/city/source.ts'
import { mistakes, SMALL, swap } from './mistakes.ts'

describe('a file that is', () => {
  test('missing is named', () => {
    expect(mistakes({ 'clocks.yaml': null })).toEqual([
      expect.stringMatching(/^clocks\.yaml:1: the file is missing \| Restore it .*CONFIG_DIR/),
    ])
  })

  test.each(['', '\n\n', '# only a comment\n', 'null\n'])('empty is named (%j)', (content) => {
    expect(mistakes({ 'clocks.yaml': content })).toEqual([
      expect.stringMatching(/^clocks\.yaml:1: the file is empty \| Fill it in/),
    ])
  })

  test('no YAML is named with the line', () => {
    expect(mistakes({ 'prefixes.yaml': 'ours: [A]\nrequired: "no\n' })).toEqual([
      expect.stringMatching(/^prefixes\.yaml:\d: this is not YAML: .* \| .*quotes/),
    ])
  })

  test('indented with a tab is told so', () => {
    expect(
      mistakes({ 'places.yaml': 'districts:\n\t- code: "1"\nlandmarks: []\n' }).join('\n'),
    ).toMatch(/^places\.yaml:2: a tab stands where only spaces may \| Indent with spaces/)
  })

  test('given a key twice is told so', () => {
    expect(
      mistakes({ 'prefixes.yaml': 'ours: [A]\nrequired: true\nothers: []\nours: [B]\n' }),
    ).toEqual(['prefixes.yaml:4: this key is given twice | Keep one of the two'])
  })

  test('two documents is told so', () => {
    expect(mistakes({ 'places.yaml': 'districts: []\n---\nlandmarks: []\n' })).toEqual([
      expect.stringMatching(/^places\.yaml:\d: this is not YAML/),
    ])
  })

  test('not UTF-8 is told so', () => {
    expect(mistakes({ 'places.yaml': new Uint8Array([0x61, 0xe9, 0x0a]) })).toEqual([
      'places.yaml:1: the file is not UTF-8 text | Save it again as UTF-8',
    ])
  })

  test('an alias that leads nowhere is told so', () => {
    expect(mistakes({ 'places.yaml': 'districts: *nowhere\nlandmarks: []\n' })).toEqual([
      expect.stringMatching(/^places\.yaml:1: the file cannot be followed: .*alias.* \| /),
    ])
  })

  test('a bomb of aliases is told so', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`)
    expect(mistakes({ 'places.yaml': `${lines.join('\n')}\n` })).toEqual([
      expect.stringMatching(/^places\.yaml:1: the file cannot be followed: .*alias/),
    ])
  })

  test('brackets without end are told so', () => {
    expect(mistakes({ 'places.yaml': '['.repeat(50_000) })[0]).toMatch(/^places\.yaml:1: /)
  })

  test('a folder is told so', () => {
    expect(mistakes({ 'places.yaml': null, 'places.yaml/inner.txt': 'x' })).toEqual([
      'places.yaml:1: the file cannot be read (EISDIR) | Check its permissions and the disk',
    ])
  })

  test('a list instead of keys is told so', () => {
    expect(mistakes({ 'city.yaml': '- a\n' })).toEqual([
      'city.yaml:1: the file is a list, it must be lines of "key: value" | Write lines of "key: value"',
    ])
  })

  test('unknown to everyone is told so', () => {
    expect(mistakes({ 'agency.yaml': '- a\n', 'phrases/xx.yaml': 'a: b\n' })).toEqual([
      expect.stringMatching(/^agency\.yaml:1: nothing reads this file \| .*agencies\.yaml/),
      expect.stringMatching(/^phrases\/xx\.yaml:1: nothing reads this file \| .*id\.yaml/),
    ])
  })
})

test('a folder that does not exist is one problem, with the setting that cures it', () => {
  const result = loadCity(join(tmpdir(), 'no-such-city'), SMALL)
  expect(result).toEqual({
    problems: [expect.objectContaining({ line: 1, cure: expect.stringContaining('CONFIG_DIR') })],
  })
})

test('mistakes of several files and several kinds are told in one go', () => {
  const found = mistakes({
    'city.yaml': swap('zone: Asia/Jakarta', 'zone: Asia/Jakata'),
    'agencies.yaml': swap('short: Kantor Lampu', 'short: Kantor Penerangan Jalan Kota'),
    'categories.yaml': swap('agency: TIRTA_WK', 'agency: TIRTA'),
    'clocks.yaml': swap('verify: 2', 'verify: two'),
    'holidays.yaml': swap('2026-05-18', '2026-05-32'),
    'prefixes.yaml': '\tours',
  })
  expect(found.map((line) => line.slice(0, line.indexOf(':')))).toEqual(
    expect.arrayContaining([
      'city.yaml',
      'agencies.yaml',
      'categories.yaml',
      'clocks.yaml',
      'holidays.yaml',
      'prefixes.yaml',
    ]),
  )
})

test('a mistake in one entry hides none in another', () => {
  expect(
    mistakes({
      'agencies.yaml': (text) =>
        swap('id: KANTOR_LAMPU', 'id: KANTOR_JALAN')(swap('id: REGU_API, name', 'nam')(text)),
    }).map((line) => line.slice(0, line.indexOf('|'))),
  ).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^agencies\.yaml:9: entry 8 > id is missing/),
      expect.stringMatching(
        /^agencies\.yaml:3: the agency "KANTOR_JALAN" is already there in line 2/,
      ),
    ]),
  )
})

test.each(
  readdirSync('config', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  ),
)('%s says the same to the fast parser and to the one that knows its lines', (name) => {
  const file = join('config', name)
  expect(openSource(file)).toMatchObject({
    source: { value: parse(readFileSync(file, 'utf8')) },
  })
})
