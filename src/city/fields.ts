// The kinds of fields the city's files are made of, each with what is wrong and the cure when it is not so.
// The cure rides in the issue's `params`, where shape.ts picks it up.

import { z } from 'zod'

/** The GSM 03.38 basic set without the escape; a text of these alone is 7-bit, one septet each. */
const GSM7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/

export function isGsm7(text: string): boolean {
  return GSM7.test(text)
}

export function text(): z.ZodType<string> {
  return z.string().refine((value) => value.trim() !== '' && value === value.trim(), {
    error: 'the text is empty, or begins or ends with a space',
    params: { cure: 'Write the text without spaces around it' },
  })
}

/** Text that goes out by SMS: plain characters, at most `most` of them. */
export function plainText(most: number): z.ZodType<string> {
  return text()
    .refine(isGsm7, {
      error: ({ input }) => `"${String(input)}" has a character that a plain SMS cannot carry`,
      params: { cure: 'Use letters, digits and simple signs only, no curly quotes or long dashes' },
    })
    .refine((value) => value.length <= most, {
      error: ({ input }) => `"${String(input)}" has ${String(input).length} characters`,
      params: { cure: `Shorten it to at most ${most}` },
    })
}

/** What citizens are told: text, or `{ id, en, bjn }` where it differs by language. Each at most `most` plain characters. */
export function told(most: number) {
  const inOneLanguage = plainText(most)
  return z.preprocess(
    (value) => (typeof value === 'object' && value !== null ? value : { id: value }),
    z.strictObject({
      id: inOneLanguage,
      en: inOneLanguage.optional(),
      bjn: inOneLanguage.optional(),
    }),
  )
}

export function id(): z.ZodType<string> {
  return z.string().refine((value) => /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(value), {
    error: ({ input }) => `"${String(input)}" is no id`,
    params: { cure: 'Use at most 40 letters, digits, _ or -, beginning with a letter' },
  })
}

/** A number that people dial. */
export function dialled(): z.ZodType<string> {
  return z.string().refine((value) => /^\+?[0-9]{2,15}$/.test(value), {
    error: ({ input }) => `"${String(input)}" is no telephone number`,
    params: { cure: 'Write digits only, in quotes' },
  })
}

export function wholeNumber(least: number, most: number): z.ZodType<number> {
  return z.int().min(least).max(most)
}

/** A calendar date, `2026-01-31`. */
export function date(): z.ZodType<string> {
  return z.string().refine(isDate, {
    error: ({ input }) => `"${String(input)}" is no date of the calendar`,
    params: { cure: DATE_CURE },
  })
}

export const DATE_CURE = 'Write year-month-day, such as 2026-01-31, and check that the day exists'

export function isDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (parts === null) return false
  const at = new Date(`${value}T00:00:00.000Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

/** An entry of the world's zone list. */
export function zone(): z.ZodType<string> {
  return z.string().refine(isZone, {
    error: ({ input }) => `"${String(input)}" is no time zone`,
    params: { cure: 'Write it as the IANA list does: Area/City, with capital letters' },
  })
}

function isZone(value: string): boolean {
  if (!value.includes('/')) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
