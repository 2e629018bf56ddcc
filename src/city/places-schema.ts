// Shape of config/places.yaml: districts with their villages, and known spots. Codes and village names are unique.

import { z } from 'zod'
import { text } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { repeated, textsAt, unknown } from './texts.ts'

const code = z.string().refine((value) => /^[0-9A-Za-z][0-9A-Za-z.-]{0,29}$/.test(value), {
  error: ({ input }) => `"${String(input)}" is no code`,
  params: { cure: 'Use digits, letters and dots' },
})
const names = z.array(text()).default([])

export const placesSchema = z.strictObject({
  districts: z.array(
    z.strictObject({
      code,
      name: text(),
      villages: z.array(
        z.strictObject({
          code,
          name: text(),
          aliases: names,
          needs_marker: z.boolean().default(false),
        }),
      ),
    }),
  ),
  landmarks: z.array(
    z.strictObject({ name: text(), aliases: names, village: text().nullable().default(null) }),
  ),
})

export type PlacesFile = z.infer<typeof placesSchema>

export function checkPlaces(source: Source): readonly Problem[] {
  const villages = textsAt(source, 'districts', '*', 'villages', '*', 'name')
  const codes = [
    ...textsAt(source, 'districts', '*', 'code'),
    ...textsAt(source, 'districts', '*', 'villages', '*', 'code'),
  ]
  const spots = [
    ...textsAt(source, 'landmarks', '*', 'name'),
    ...textsAt(source, 'landmarks', '*', 'aliases', '*'),
  ]
  return [
    ...repeated(
      source,
      codes,
      (code, line) => `the code ${code} is already used in line ${line}`,
      'Give each district and village its own official code',
    ),
    ...repeated(
      source,
      textsAt(source, 'districts', '*', 'name'),
      (name, line) => `the district "${name}" is already there in line ${line}`,
      'Remove one of the two',
    ),
    ...repeated(
      source,
      [...villages, ...textsAt(source, 'districts', '*', 'villages', '*', 'aliases', '*')],
      (name, line) => `"${name}" already names the village of line ${line}`,
      'Leave the name with one village; tell the other apart by a longer name',
    ),
    ...repeated(
      source,
      spots,
      (name, line) => `"${name}" already names the landmark of line ${line}`,
      'Leave the name with one landmark',
    ),
    ...unknown(
      source,
      textsAt(source, 'landmarks', '*', 'village'),
      villages,
      (name) => `there is no village "${name}"`,
      'Write the name of a village above as it stands there, or null',
    ),
  ]
}
