// Holds a file against its schema and turns what zod finds into problems with line and cure.

import type { z } from 'zod'
import type { Problem } from './problem.ts'
import type { Path, Source } from './source.ts'

type Issue = z.core.$ZodIssue

/** The value in its proper type, or all that is wrong with it. */
export function shapeOf<T>(
  source: Source,
  schema: z.ZodType<T>,
): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(source.value, { reportInput: true })
  if (result.success) return { value: result.data }
  return { problems: result.error.issues.flatMap((issue) => problemsOf(source, issue)) }
}

function problemsOf(source: Source, issue: Issue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      file: source.file,
      line: source.lineOf([...issue.path, key]),
      wrong: `"${key}" is not known here`,
      cure: 'Correct its spelling, or remove it; the comments at the top of the file name what may stand here',
    }))
  return [{ file: source.file, line: source.lineOf(issue.path), ...wordsFor(issue) }]
}

function wordsFor(issue: Issue): { readonly wrong: string; readonly cure: string } {
  const name = nameOf(issue.path)
  switch (issue.code) {
    case 'custom':
      return {
        wrong: `${name}: ${issue.message}`,
        cure: typeof issue.params?.cure === 'string' ? issue.params.cure : 'Correct it',
      }
    case 'invalid_type':
      return issue.input === undefined
        ? { wrong: `${name} is missing`, cure: `Add it, with ${kindOf(issue.expected)}` }
        : {
            wrong: `${name} is ${kindOfValue(issue.input)}, it must be ${kindOf(issue.expected)}`,
            cure: cureFor(issue.expected, issue.input),
          }
    case 'invalid_value':
      return {
        wrong: issue.input === undefined ? `${name} is missing` : `${name} is ${show(issue.input)}`,
        cure: `Write one of: ${issue.values.map(String).join(', ')}`,
      }
    case 'too_small':
      return { wrong: `${name} is too small`, cure: `At least ${issue.minimum} is needed` }
    case 'too_big':
      return { wrong: `${name} is too big`, cure: `At most ${issue.maximum} is allowed` }
    default:
      return {
        wrong: `${name}: ${issue.message}`,
        cure: 'Correct it as the comments in the file say',
      }
  }
}

function nameOf(path: Path): string {
  if (path.length === 0) return 'the file'
  return path
    .map((step) => (typeof step === 'number' ? `entry ${step + 1}` : String(step)))
    .join(' > ')
}

function kindOf(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text'
    case 'number':
    case 'int':
      return 'a whole number'
    case 'boolean':
      return 'true or false'
    case 'array':
      return 'a list'
    case 'object':
    case 'record':
      return 'lines of "key: value"'
    default:
      return expected
  }
}

function kindOfValue(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of keys'
  return typeof value === 'string' ? `the text ${show(value)}` : show(value)
}

function cureFor(expected: string, value: unknown): string {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return `Put it in quotes: "${String(value)}"`
  if (expected === 'array') return 'Write a list: [one, two], or lines that begin with "- "'
  return `Write ${kindOf(expected)}`
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
