// Shape of config/whatsapp-templates.yaml, held against what the code tells and against Meta's rules of registration.
// What Meta would refuse after days of review is refused here at the start.
// [https://developers.facebook.com/docs/whatsapp/message-templates/guidelines]

import { z } from 'zod'
import { text } from './fields.ts'
import type { Problem } from './problem.ts'
import type { Path, Source } from './source.ts'
import { type Found, problemAt, repeated, textsAt } from './texts.ts'

const TEMPLATE_FACTS = ['ticket', 'state', 'agency', 'date'] as const
export type TemplateFact = (typeof TEMPLATE_FACTS)[number]

/** What may be told by a template, each with the facts that may fill it. */
export type TemplateKeys = Readonly<Record<string, readonly TemplateFact[]>>

/** Characters of the text with its placeholders filled. */
const LONGEST_BODY = 1_024
/** A channel may cut what fills a placeholder to this. */
const LONGEST_PARAMETER = 100
const MOST_PARAMETERS = 8

const entrySchema = z.strictObject({
  name: z.string().refine((name) => /^[a-z0-9_]{1,512}$/.test(name), {
    error: ({ input }) => `"${String(input)}" is no name of a template`,
    params: { cure: 'Use at most 512 small letters, digits and _' },
  }),
  for: z.array(z.string()).min(1),
  category: z.enum(['UTILITY']),
  parameters: z.array(z.enum(TEMPLATE_FACTS)).max(MOST_PARAMETERS),
  text: z.strictObject({ id: text(), en: text().optional() }),
})

export const templatesSchema = z.array(entrySchema)

export type TemplatesFile = z.infer<typeof templatesSchema>

export function checkTemplates(source: Source, keys: TemplateKeys): readonly Problem[] {
  return [
    ...repeated(
      source,
      textsAt(source, '*', 'name'),
      (name, line) => `the name "${name}" is already there in line ${line}`,
      'Give one of the two another name',
    ),
    ...repeated(
      source,
      textsAt(source, '*', 'for', '*'),
      (key, line) => `"${key}" is already told by the template in line ${line}`,
      'Keep it in one of the two',
    ),
    ...textsAt(source, '*', 'for', '*').flatMap((found) => checkKey(source, found, keys)),
    ...textsAt(source, '*', 'text', '*').flatMap((found) => checkText(source, found)),
  ]
}

function checkKey(source: Source, { text: key, path }: Found, keys: TemplateKeys) {
  const allowed = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (allowed === undefined)
    return [
      problemAt(
        source,
        path,
        `nothing tells "${key}"`,
        `Correct it to one of: ${Object.keys(keys).join(', ')}; or remove it`,
      ),
    ]
  return TEMPLATE_FACTS.filter((fact) => parametersAt(source, path).includes(fact))
    .filter((fact) => !allowed.includes(fact))
    .map((fact) =>
      problemAt(
        source,
        path,
        `"${key}" has no ${fact} to fill the template with`,
        `Use only ${allowed.join(', ')}, or give "${key}" a template of its own`,
      ),
    )
}

/** Of the entry that this path lies in. */
function parametersAt(source: Source, [at]: Path): readonly string[] {
  const found = textsAt(source, '*', 'parameters', '*').filter(({ path }) => path[0] === at)
  return found.map(({ text: fact }) => fact)
}

function checkText(source: Source, { text: body, path }: Found): readonly Problem[] {
  const count = parametersAt(source, path).length
  return RULES.filter(({ broken }) => broken(body, count)).map(({ wrong, cure }) =>
    problemAt(source, path, `the text ${wrong}`, cure),
  )
}

const PLACEHOLDER = /\{\{\d+\}\}/g

interface TextRule {
  /** `count`: how many parameters its entry has. */
  readonly broken: (body: string, count: number) => boolean
  readonly wrong: string
  readonly cure: string
}

const RULES: readonly TextRule[] = [
  {
    broken: (body, count) => numbersIn(body).join() !== numbersTo(count).join(),
    wrong: 'does not have each of its parameters once, in their order',
    cure: 'Write {{1}}, {{2}} ... once each, as many as parameters are listed; what is told twice is listed twice',
  },
  {
    broken: (body) => /[{}]/.test(body.replace(PLACEHOLDER, '')),
    wrong: 'has a brace that belongs to no placeholder',
    cure: 'Write placeholders as {{1}}, without spaces, and no other braces',
  },
  {
    broken: (body) => /^[\p{P}\s]*\{\{\d|\d\}\}[\p{P}\s]*$/u.test(body.trim()),
    wrong: 'begins or ends with a placeholder',
    cure: 'Put words before the first and after the last one',
  },
  {
    broken: (body) => /\}\}[\p{P}\s]*\{\{/u.test(body),
    wrong: 'has two placeholders with no word between them',
    cure: 'Put a word between them',
  },
  {
    broken: (body, count) => count > 0 && wordsIn(body) < 2 * count + 1,
    wrong: 'has too few words for its placeholders',
    cure: 'Write at least two words and one more for each placeholder, or use fewer of them',
  },
  {
    broken: (body) => /\t| {4}|\n{3}/.test(body),
    wrong: 'has a tab, four spaces or three line ends in a row',
    cure: 'Use single spaces, and at most one empty line',
  },
  {
    broken: (body, count) =>
      body.replace(PLACEHOLDER, '').length + count * LONGEST_PARAMETER > LONGEST_BODY,
    wrong: `is longer than ${LONGEST_BODY} characters once it is filled (${LONGEST_PARAMETER} for each placeholder)`,
    cure: 'Shorten it',
  },
]

function numbersIn(body: string): readonly number[] {
  return [...body.matchAll(PLACEHOLDER)].map(([found]) => Number(found.slice(2, -2)))
}

function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 1)
}

function wordsIn(body: string): number {
  return body.replace(PLACEHOLDER, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}
