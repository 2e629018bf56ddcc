// What a test file leaves behind in its worker is seen (test/support/one-realm/environment.cjs fails the file for it).

import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { z } from 'zod'

type Traces = ReadonlyMap<string, unknown>

const { traces, differences } = createRequire(import.meta.url)('./one-realm/traces.cjs') as {
  traces(): Traces
  differences(before: Traces, now: Traces): readonly string[]
}

const clock = Date.now
const folder = process.cwd()
const listener = () => {}

const leftBy = (change: () => void, back: () => void): readonly string[] => {
  const before = traces()
  change()
  try {
    return differences(before, traces())
  } finally {
    back()
  }
}

test.each<readonly [string, () => void, () => void]>([
  [
    'globalThis.left',
    () => Object.assign(globalThis, { left: 1 }),
    () => Reflect.deleteProperty(globalThis, 'left'),
  ],
  [
    'Date.now',
    () => {
      Date.now = () => 0
    },
    () => {
      Date.now = clock
    },
  ],
  [
    'Array.prototype.left',
    () => Object.assign(Array.prototype, { left: 1 }),
    () => Reflect.deleteProperty(Array.prototype, 'left'),
  ],
  [
    'process.env.LEFT',
    () => {
      process.env.LEFT = '1'
    },
    () => {
      delete process.env.LEFT
    },
  ],
  ['the working directory', () => process.chdir('/'), () => process.chdir(folder)],
  [
    'listeners to unhandledRejection',
    () => process.on('unhandledRejection', listener),
    () => process.off('unhandledRejection', listener),
  ],
])('a trace is named: %s', (name, change, back) => {
  expect(leftBy(change, back)).toEqual([name])
})

test('what is put back is no trace, nor what node loads when it is first asked for', () => {
  const before = traces()
  Date.now = () => 0
  Date.now = clock
  expect(globalThis.crypto).toBeDefined()
  expect(differences(before, traces())).toEqual([])
})

test('lists and errors of node and of packages are those of the tests', () => {
  const refused = z.string().safeParse(1).error
  expect(readdirSync(folder)).toBeInstanceOf(Array)
  expect(() => readdirSync('/nowhere')).toThrow(Error)
  expect(refused).toBeInstanceOf(Error)
})
