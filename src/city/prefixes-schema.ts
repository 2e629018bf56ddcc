// Shape of config/prefixes.yaml: the words that name this government, and those that name others.

import { z } from 'zod'
import { plainText, told } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { repeated, textsAt } from './texts.ts'

const word = z
  .string()
  .refine((value) => /^[A-Za-z][A-Za-z0-9. ]{0,29}$/.test(value), {
    error: ({ input }) => `"${String(input)}" is no prefix`,
    params: { cure: 'Use at most 30 letters, digits, dots or spaces, beginning with a letter' },
  })
  .transform((value) => value.toUpperCase())

export const prefixesSchema = z.strictObject({
  ours: z.array(word).min(1),
  required: z.boolean(),
  others: z.array(
    z.strictObject({ words: z.array(word).min(1), name: plainText(60), turn_to: told(100) }),
  ),
})

export type PrefixesFile = z.infer<typeof prefixesSchema>

/** A word names one government, once. */
export function checkPrefixes(source: Source): readonly Problem[] {
  return repeated(
    source,
    [...textsAt(source, 'ours', '*'), ...textsAt(source, 'others', '*', 'words', '*')],
    (word, line) => `the prefix "${word}" is already listed in line ${line}`,
    'Leave it with the one government it names',
  )
}
