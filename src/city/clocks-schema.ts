// Shape of config/clocks.yaml: dated sets of working days. No two sets begin on the same day.

import { z } from 'zod'
import { date, wholeNumber } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { repeated, textsAt } from './texts.ts'

const days = wholeNumber(1, 365)

export const clocksSchema = z
  .array(
    z.strictObject({
      from: date(),
      verify: days,
      follow_up: days,
      finish: z.strictObject({ information: days, complaint: days, aspiration: days }),
      finish_inspection: days,
      reply: days,
      facts: days,
      reopen: days,
    }),
  )
  .min(1)

export type ClocksFile = z.infer<typeof clocksSchema>

export function checkClocks(source: Source): readonly Problem[] {
  return repeated(
    source,
    textsAt(source, '*', 'from'),
    (from, line) => `a set from ${from} is already there in line ${line}`,
    'Give one of the two another date, or remove it',
  )
}
