// Shape of config/agencies.yaml. An id, a short name and an alias each name one agency only.

import { z } from 'zod'
import { id, plainText, text, told } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { type Found, plain, problemAt, recordsAt, repeated, textsAt } from './texts.ts'

export const agenciesSchema = z
  .array(
    z.strictObject({
      id: id(),
      name: text(),
      short: plainText(20),
      aliases: z.array(text()).default([]),
      outside: z.boolean().default(false),
      turn_to: told(100).optional(),
    }),
  )
  .min(1)

export type AgenciesFile = z.infer<typeof agenciesSchema>

export function checkAgencies(source: Source): readonly Problem[] {
  return [
    ...repeated(
      source,
      textsAt(source, '*', 'id'),
      (id, line) => `the agency "${id}" is already there in line ${line}`,
      'Remove one of the two, or give it another id',
    ),
    ...repeated(
      source,
      textsAt(source, '*', 'short'),
      (short, line) => `the short name "${short}" is already used in line ${line}`,
      'Give this agency a short name of its own',
    ),
    ...sharedNames(source),
    ...doors(source),
  ]
}

/** An officer who types a name must mean one agency. */
function sharedNames(source: Source): readonly Problem[] {
  const owners = new Map<string, Found>()
  for (const own of [...textsAt(source, '*', 'id'), ...textsAt(source, '*', 'short')])
    owners.set(plain(own.text), own)
  return textsAt(source, '*', 'aliases', '*').flatMap((alias) => {
    const owner = owners.get(plain(alias.text))
    if (owner === undefined) owners.set(plain(alias.text), alias)
    if (owner === undefined || owner.path[0] === alias.path[0]) return []
    return [
      problemAt(
        source,
        alias.path,
        `the alias "${alias.text}" already names the agency of line ${source.lineOf(owner.path)}`,
        'Leave it with one of them',
      ),
    ]
  })
}

/** Where to turn is told exactly for agencies beyond the city. */
function doors(source: Source): readonly Problem[] {
  return recordsAt(source).flatMap(({ record, at }) => {
    const outside = record.outside === true
    if (outside && record.turn_to === undefined)
      return [
        problemAt(source, [at, 'outside'], 'turn_to is missing', 'Say where the citizen can turn'),
      ]
    if (!outside && record.turn_to !== undefined)
      return [
        problemAt(
          source,
          [at, 'turn_to'],
          'turn_to is only for agencies beyond the city',
          'Add outside: true, or remove turn_to',
        ),
      ]
    return []
  })
}
