// The code knows no city: nothing under src/ names an agency, category, place or prefix of config/.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { referenceCity } from '../support/city.ts'
import { cityFactsIn, factsOf, literalsIn } from './city-facts.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const SETTINGS = 'settings.ts'

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))
const reference = factsOf(referenceCity().city)

function filesWith(word: string): readonly string[] {
  return files.filter(({ text }) => text.includes(word)).map(({ name }) => name)
}

describe('the code knows no city', () => {
  test('there is code to look at', () => {
    expect(files.length).toBeGreaterThan(20)
  })

  test('no fact of the reference city stands in it', () => {
    const found = files.flatMap(({ name, text }) =>
      cityFactsIn(text, reference).map((fact) => `src/${name}: "${fact}"`),
    )
    expect(found).toEqual([])
  })

  test.each(['WITA', 'SP4N'])('%s stands nowhere in it', (word) => {
    expect(filesWith(word)).toEqual([])
  })

  test('the short code stands only in its two defaults', () => {
    expect(filesWith('1708')).toEqual([SETTINGS])
    const settings = files.find(({ name }) => name === SETTINGS)?.text ?? ''
    expect(settings.split('1708')).toHaveLength(3)
  })
})

describe('a fact of the city is found', () => {
  const { city, matters } = referenceCity()
  const village = city.places.districts[0]?.villages[0]?.name ?? ''

  test.each([
    ['an agency id', `const a = '${matters.roads.agency.id}'`],
    ['an agency id in lower case', `if (id === "${matters.roads.agency.id.toLowerCase()}") go()`],
    ['an agency name', `const a = \`${matters.water.agency.name}\``],
    ['a short name', `say('${matters.water.agency.short}')`],
    ['a category id', `const a = ['${matters.water.category.id}']`],
    ['a category id as a type', `type A = '${matters.garbage.category.id}' | 'x'`],
    ['a category id as a key', `const a = { ${matters.garbage.category.id}: 1 }`],
    ['a category name', `const a = '${matters.lights.category.name.en}'`],
    ['a village', `const a = '${village}'`],
    ['a village in a template', `const a = \`\${b} ${village} \${c}\``],
    ['a prefix', `const a = /x/.test(b) ? '${city.prefixes.ours[0]}' : ''`],
    ['the zone', `const a = '${city.zone}'`],
  ])('%s', (_what, source) => {
    expect(cityFactsIn(source, reference)).toHaveLength(1)
  })

  test('but not in a comment, nor inside a longer text', () => {
    const { id } = matters.water.category
    expect(cityFactsIn(`// ${id}\nconst a = 'un${id}ed and ${id} more'`, reference)).toEqual([])
  })
})

test('literals are read with their escapes resolved', () => {
  expect(literalsIn("const a = '\\x61ir'")).toEqual(['air'])
})
