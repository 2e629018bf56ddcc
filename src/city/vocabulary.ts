// The words by which a city's people say things: cues, commands, abbreviations. Data from config/vocabulary.yaml.
// The code that reads texts knows no word of its own; whoever teaches it a word edits that file.

import type { z } from 'zod'
import type { vocabularySchema } from './vocabulary-schema.ts'

export type Vocabulary = z.infer<typeof vocabularySchema>

/** Ids the vocabulary speaks of, so that the loader can refuse those that do not exist. */
export function idsNamedIn(vocabulary: Vocabulary): {
  readonly categories: readonly string[]
  readonly agencies: readonly string[]
} {
  const categories = new Set([
    ...Object.keys(vocabulary.categories),
    ...vocabulary.usual_categories,
    ...vocabulary.agency_cues.flatMap((cue) => cue.categories),
  ])
  const agencies = new Set([
    ...vocabulary.agency_cues.flatMap((cue) => [cue.agency, ...Object.values(cue.by_district)]),
    ...vocabulary.outside.flatMap((place) => (place.agency === null ? [] : [place.agency])),
  ])
  return { categories: [...categories], agencies: [...agencies] }
}
