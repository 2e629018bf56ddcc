// The words by which a city's people say things: cues, commands, abbreviations. Data from config/vocabulary.yaml.
// The code that reads texts knows no word of its own; whoever teaches it a word edits that file.

import type { z } from 'zod'
import type { vocabularySchema } from './vocabulary-schema.ts'

export type Vocabulary = z.infer<typeof vocabularySchema>
