// Shape of config/city.yaml: the city itself, its zone, hours, numbers and limits.

import { z } from 'zod'
import { dialled, plainText, text, told, wholeNumber, zone } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { problemAt } from './texts.ts'

/** Why a complaint may be archived, as the complaint's own table has it; a test holds the two together. */
export const DOOR_REASONS = [
  'incomplete',
  'unclear',
  'not_public_service',
  'outside_authority',
  'hate_or_slander',
  'abuse_only',
  'spam',
  'in_court',
  'test',
  'withdrawn',
] as const

const hour = wholeNumber(0, 23)
const count = wholeNumber(1, 1_000_000)
/** A hundred years are for ever. */
const days = wholeNumber(1, 36_500)

export const citySchema = z.strictObject({
  name: plainText(40),
  short_name: plainText(20),
  zone: zone(),
  zone_label: plainText(5),
  example: told(70),
  hours: z.strictObject({ opens: hour, closes: hour, quiet_from: hour, quiet_to: hour }),
  emergency: z.strictObject({ general: dialled(), police: dialled() }),
  ombudsman: dialled(),
  next_door: z.partialRecord(z.enum(DOOR_REASONS), told(100)),
  privacy_version: text(),
  limits: z.strictObject({
    complaints_per_day: count,
    messages_per_hour: count,
    segments_per_person_per_day: count,
    segments_per_account_per_day: count,
  }),
  retention: z.strictObject({ identity_days: days, text_days: days }),
})

export type CityFile = z.infer<typeof citySchema>

const hoursOnly = z.object({ hours: z.object({ opens: z.int(), closes: z.int() }) })

export function checkCity(source: Source): readonly Problem[] {
  const read = hoursOnly.safeParse(source.value)
  if (!read.success || read.data.hours.opens < read.data.hours.closes) return []
  const { opens, closes } = read.data.hours
  return [
    problemAt(
      source,
      ['hours', 'closes'],
      `the office closes at ${closes}, not after it opens at ${opens}`,
      'Write both as hours of the same day, the earlier one as opens',
    ),
  ]
}
