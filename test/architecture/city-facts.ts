// Finds facts of a city in source code: whole string literals, template chunks, literal types and property keys.
// A comment may name a city for an example; code that compares or says a name may not.

import { parseSync } from '@swc/core'
import type { City } from '../../src/city/city.ts'

export interface CityFacts {
  /** Found in any case: ids and prefixes. */
  readonly words: ReadonlySet<string>
  /** Found as written: names. */
  readonly names: ReadonlySet<string>
}

export function factsOf(city: City): CityFacts {
  const villages = city.places.districts.flatMap((district) => district.villages)
  return {
    words: new Set(
      [
        ...city.agencies.map(({ id }) => id),
        ...city.categories.map(({ id }) => id),
        ...city.prefixes.ours,
        ...city.prefixes.others.flatMap(({ words }) => words),
        city.shortName,
        city.zone,
      ].map((word) => word.toLowerCase()),
    ),
    names: new Set([
      city.name,
      ...city.agencies.flatMap(({ name, short }) => [name, short]),
      ...city.categories.flatMap(({ name, short }) => [name.id, name.en, short]),
      ...city.places.districts.flatMap(({ code, name }) => [code, name]),
      ...villages.flatMap(({ code, name, aliases }) => [code, name, ...aliases]),
      ...city.places.landmarks.flatMap(({ name, aliases }) => [name, ...aliases]),
      ...city.prefixes.others.map(({ name }) => name),
    ]),
  }
}

/** The facts that stand in `source`, as they are written there. */
export function cityFactsIn(source: string, facts: CityFacts): readonly string[] {
  return literalsIn(source).filter((literal) => {
    const text = literal.trim()
    return facts.words.has(text.toLowerCase()) || facts.names.has(text)
  })
}

/** Every string literal, template chunk and property key of a TypeScript file. */
export function literalsIn(source: string): readonly string[] {
  const found: string[] = []
  visit(parseSync(source, { syntax: 'typescript', target: 'es2022' }), found)
  return found
}

function visit(node: unknown, found: string[]): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const fields: Readonly<Record<string, unknown>> = { ...node }
  if (fields.type === 'StringLiteral') note(fields.value, found)
  if (fields.type === 'TemplateElement') note(fields.cooked ?? fields.raw, found)
  if (fields.type === 'KeyValueProperty') noteKey(fields.key, found)
  for (const child of Object.values(fields)) visit(child, found)
}

function noteKey(key: unknown, found: string[]): void {
  if (typeof key === 'object' && key !== null && 'type' in key && 'value' in key)
    if (key.type === 'Identifier') note(key.value, found)
}

function note(value: unknown, found: string[]): void {
  if (typeof value === 'string') found.push(value)
}
