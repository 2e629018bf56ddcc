// Shape of config/holidays.yaml: by year, whether the list is official, and its days with their names.

import { z } from 'zod'
import { DATE_CURE, isDate, text } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { keysAt, problemAt } from './texts.ts'

export const holidaysSchema = z.record(
  z.string(),
  z.strictObject({ status: z.enum(['official', 'estimate']), days: z.record(z.string(), text()) }),
)

export type HolidaysFile = z.infer<typeof holidaysSchema>

function isYear(text: string): boolean {
  return /^\d{4}$/.test(text)
}

export function checkHolidays(source: Source): readonly Problem[] {
  const wrongYears = keysAt(source)
    .filter(({ text }) => !isYear(text))
    .map(({ text, path }) =>
      problemAt(source, path, `"${text}" is no year`, 'Write the year with four digits'),
    )
  const wrongDays = keysAt(source, '*', 'days').flatMap(({ text, path }) => {
    const year = String(path[0])
    if (!isYear(year)) return []
    if (!isDate(text))
      return [problemAt(source, path, `"${text}" is no date of the calendar`, DATE_CURE)]
    if (text.startsWith(`${year}-`)) return []
    return [
      problemAt(
        source,
        path,
        `${text} is not in ${year}`,
        'Move it to its own year, or correct it',
      ),
    ]
  })
  return [...wrongYears, ...wrongDays]
}
