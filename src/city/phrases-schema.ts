// Shape of config/phrases/*.yaml, held against what the code asks for: no key missing or unknown,
// no placeholder that nobody fills.

import { z } from 'zod'
import { isGsm7, text } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import { type Found, keysAt, problemAt, textsAt } from './texts.ts'

/** Filled in every phrase from the city itself. */
const ALWAYS = [
  'code',
  'inst',
  'city',
  'zone',
  'emergency',
  'police',
  'ombudsman',
  'example',
] as const

export type PhraseKeys = Readonly<Record<string, readonly string[]>>

const phrase = z.preprocess(
  (value) => (typeof value === 'string' ? { text: value } : value),
  z.strictObject({
    text: text(),
    sms: text().optional(),
    /** Written, but not said before somebody who speaks the language has read it. */
    review: z.literal('needed').optional(),
  }),
)

export const phrasesSchema = z.record(z.string(), phrase)

export type PhrasesFile = z.infer<typeof phrasesSchema>

export function checkPhrases(
  source: Source,
  keys: PhraseKeys,
  complete: boolean,
): readonly Problem[] {
  const present = keysAt(source)
  const given = new Set(present.map(({ text }) => text))
  const absent = complete ? Object.keys(keys).filter((key) => !given.has(key)) : []
  return [
    ...absent.map((key) =>
      problemAt(source, [], `the phrase "${key}" is missing`, cureForMissing(keys[key] ?? [])),
    ),
    ...(complete ? unread(source) : []),
    ...present
      .filter(({ text }) => !Object.hasOwn(keys, text))
      .map(({ text, path }) =>
        problemAt(
          source,
          path,
          `nothing says the phrase "${text}"`,
          'Correct the key, or remove it',
        ),
      ),
    ...wordings(source).flatMap((found) => checkWording(source, found, keys)),
  ]
}

/** In a language that must be complete nothing may wait. */
function unread(source: Source): readonly Problem[] {
  return textsAt(source, '*', 'review').map(({ path }) =>
    problemAt(
      source,
      path,
      `the phrase "${String(path[0])}" waits for a reader and is not said`,
      'Have it read by somebody who speaks the language, then take the mark away',
    ),
  )
}

function cureForMissing(names: readonly string[]): string {
  const list = names.map((name) => `{${name}}`).join(' ')
  return names.length === 0 ? 'Add it' : `Add it; it may use ${list}`
}

function wordings(source: Source): readonly Found[] {
  return [...textsAt(source, '*'), ...textsAt(source, '*', 'text'), ...textsAt(source, '*', 'sms')]
}

function checkWording(source: Source, found: Found, keys: PhraseKeys): readonly Problem[] {
  const key = String(found.path[0])
  if (!Object.hasOwn(keys, key)) return []
  const allowed = [...(keys[key] ?? []), ...ALWAYS]
  const wrongNames = [...found.text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !allowed.includes(name))
    .map((name) =>
      problemAt(
        source,
        found.path,
        `"${key}": nobody fills {${name}}`,
        `Use only ${allowed.map((one) => `{${one}}`).join(' ')}`,
      ),
    )
  const loose = /[{}]/.test(found.text.replace(/\{\w+\}/g, ''))
    ? [
        problemAt(
          source,
          found.path,
          `"${key}" has a brace that belongs to no placeholder`,
          'Write placeholders as {name}, without spaces, and no other braces',
        ),
      ]
    : []
  const heavy =
    found.path[1] === 'sms' && !isGsm7(found.text.replace(/\{\w+\}/g, ''))
      ? [
          problemAt(
            source,
            found.path,
            `"${key}": the sms variant has a character that a plain SMS cannot carry`,
            'Use letters, digits and simple signs only, no curly quotes or long dashes',
          ),
        ]
      : []
  return [...wrongNames, ...loose, ...heavy]
}
