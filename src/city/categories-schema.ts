// Shape of config/categories.yaml. Every category has a usual agency, and one category takes what no word gives away.

import { z } from 'zod'
import { id, plainText, text } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { repeated, textsAt, unknown } from './texts.ts'

export const categoriesSchema = z.strictObject({
  other: id(),
  categories: z
    .array(
      z.strictObject({
        id: id(),
        name: z.strictObject({ id: text(), en: text() }),
        short: plainText(20),
        agency: id(),
        inspection: z.boolean().default(false),
        confidential: z.boolean().default(false),
      }),
    )
    .min(1),
})

export type CategoriesFile = z.infer<typeof categoriesSchema>

/** `agencies` is null when that file could not be read; its ids are then taken on trust. */
export function checkCategories(source: Source, agencies: Source | null): readonly Problem[] {
  const ids = textsAt(source, 'categories', '*', 'id')
  return [
    ...repeated(
      source,
      ids,
      (id, line) => `the category "${id}" is already there in line ${line}`,
      'Remove one of the two, or give it another id',
    ),
    ...repeated(
      source,
      textsAt(source, 'categories', '*', 'short'),
      (short, line) => `the short name "${short}" is already used in line ${line}`,
      'Give this category a short name of its own',
    ),
    ...unknown(
      source,
      textsAt(source, 'other'),
      ids,
      (id) => `other: there is no category "${id}"`,
      'Name the id of a category below',
    ),
    ...(agencies === null ? [] : unknownAgencies(source, agencies)),
  ]
}

function unknownAgencies(source: Source, agencies: Source): readonly Problem[] {
  return unknown(
    source,
    textsAt(source, 'categories', '*', 'agency'),
    textsAt(agencies, '*', 'id'),
    (agency) => `there is no agency "${agency}"`,
    `Use an id of ${agencies.file}, or add the agency there`,
  )
}
