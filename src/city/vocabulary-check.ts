// What config/vocabulary.yaml names of other files must exist there: categories, agencies, districts, prefixes.

import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { type Found, keysAt, problemAt, textsAt } from './texts.ts'

/** The files it refers to; null where one could not be read. */
export interface Referred {
  readonly categories: Source | null
  readonly agencies: Source | null
  readonly places: Source | null
  readonly prefixes: Source | null
}

export function checkVocabulary(source: Source, referred: Referred): readonly Problem[] {
  const { categories, agencies, places, prefixes } = referred
  return [
    ...missing(
      source,
      'category',
      categories,
      ['categories', '*', 'id'],
      [
        ...keysAt(source, 'categories'),
        ...textsAt(source, 'usual_categories', '*'),
        ...textsAt(source, 'agency_cues', '*', 'categories', '*'),
      ],
    ),
    ...missing(
      source,
      'agency',
      agencies,
      ['*', 'id'],
      [
        ...textsAt(source, 'agency_cues', '*', 'agency'),
        ...textsAt(source, 'agency_cues', '*', 'by_district', '*'),
        ...textsAt(source, 'outside', '*', 'agency'),
      ],
    ),
    ...missing(
      source,
      'district',
      places,
      ['districts', '*', 'code'],
      [...keysAt(source, 'agency_cues', '*', 'by_district')],
    ),
    ...missing(
      source,
      'prefix',
      prefixes,
      ['others', '*', 'words', '*'],
      [...textsAt(source, 'outside', '*', 'prefixes', '*')],
    ),
  ]
}

function missing(
  source: Source,
  kind: string,
  other: Source | null,
  pattern: readonly string[],
  found: readonly Found[],
): readonly Problem[] {
  if (other === null) return []
  const known = new Set(textsAt(other, ...pattern).map(({ text }) => text.toUpperCase()))
  return found
    .filter(({ text }) => !known.has(text.toUpperCase()))
    .map(({ text, path }) =>
      problemAt(
        source,
        path,
        `there is no ${kind} "${text}"`,
        `Use one of ${other.file}, or add it there`,
      ),
    )
}
