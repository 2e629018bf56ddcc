// Loads the made-up city with mistakes written into its files, and gives back what the loader says.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import type { City } from '../../src/city/city.ts'
import { loadCity, type Wanted } from '../../src/city/load.ts'
import { madeUpFolder } from '../support/city.ts'

/** File → a change of its text, its whole new content, or null to remove it. */
export type Changes = Readonly<
  Record<string, ((text: string) => string) | string | Uint8Array | null>
>

/** A mistake, and what is said of it: one problem and no other. */
export type Row = readonly [what: string, changes: Changes, said: RegExp]

export function describeMistakes(file: string, rows: readonly Row[]): void {
  describe(`refused in ${file}:`, () => {
    test.each(rows)('%s', (_what, changes, said) => {
      expect(mistakes(changes)).toEqual([expect.stringMatching(said)])
    })
  })
}

export const SMALL: Wanted = {
  phraseKeys: { hello: [], ack: ['id', 'date'] },
  templateKeys: { notice_answer: ['ticket', 'state', 'agency', 'date'], ping_list: ['date'] },
  required: ['id'],
}

const LISTS_OF_WORDS = ['abbreviations', 'dialect', 'ambiguous', 'splits']
let smallVocabulary: string | null = null

const PHRASES = 'hello: Halo dari {city}.\nack: { text: "Dicatat {id}, {date}.", sms: "ID {id}" }\n'

/** One line per problem, the folder cut off: `agencies.yaml:3: wrong | cure`. */
export function mistakes(changes: Changes, wanted: Wanted = SMALL): readonly string[] {
  return inFolder(changes, (dir) => {
    const result = loadCity(dir, wanted)
    if (!('problems' in result)) return []
    return result.problems.map(
      ({ file, line, wrong, cure }) => `${file.slice(dir.length + 1)}:${line}: ${wrong} | ${cure}`,
    )
  })
}

export function cityWith(changes: Changes, wanted: Wanted = SMALL): City | null {
  return inFolder(changes, (dir) => {
    const result = loadCity(dir, wanted)
    return 'city' in result ? result.city : null
  })
}

/** Replaces the first occurrence, and fails where there is none. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the made-up city any more`)
    return text.replace(from, () => to)
  }
}

function inFolder<T>(changes: Changes, look: (dir: string) => T): T {
  const dir = madeUpFolder()
  try {
    const vocabulary = join(dir, 'vocabulary.yaml')
    smallVocabulary ??= stringify(shrunk(parse(readFileSync(vocabulary, 'utf8'))))
    writeFileSync(vocabulary, smallVocabulary)
    rmSync(join(dir, 'phrases'), { recursive: true })
    mkdirSync(join(dir, 'phrases'))
    writeFileSync(join(dir, 'phrases', 'id.yaml'), PHRASES)
    for (const [name, change] of Object.entries(changes)) {
      const file = join(dir, name)
      mkdirSync(dirname(file), { recursive: true })
      if (change === null) rmSync(file, { recursive: true })
      else
        writeFileSync(
          file,
          typeof change === 'function' ? change(readFileSync(file, 'utf8')) : change,
        )
    }
    return look(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The same shape with one word in each list: reading thousands of words adds nothing here but time. */
function shrunk(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shrunk)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      LISTS_OF_WORDS.includes(key) ? {} : shrunk(inner),
    ]),
  )
}
