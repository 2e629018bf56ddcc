// Finds texts in a raw YAML value by a path with stars, and says which come twice.
// Cross-checks look at the raw value, so that a mistake in one entry never hides a mistake in another.

import type { Problem } from './problem.ts'
import type { Path, Source } from './source.ts'

export interface Found {
  readonly text: string
  readonly path: Path
}

/** All texts at a path; `*` stands for every entry of a list or every key of a map. */
export function textsAt(source: Source, ...pattern: readonly string[]): readonly Found[] {
  return walk(source.value, pattern, [])
}

/** All keys of the map at a path. */
export function keysAt(source: Source, ...pattern: readonly string[]): readonly Found[] {
  return walk(source.value, [...pattern, KEYS], [])
}

const KEYS = Symbol('keys')

function walk(value: unknown, pattern: readonly (string | symbol)[], path: Path): readonly Found[] {
  const [step, ...rest] = pattern
  if (step === undefined) return typeof value === 'string' ? [{ text: value, path }] : []
  if (typeof value !== 'object' || value === null) return []
  if (step === KEYS) return Object.keys(value).map((key) => ({ text: key, path: [...path, key] }))
  const below = value as Readonly<Record<string | symbol, unknown>>
  const at = Array.isArray(value) ? Number : String
  const keys = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [String(step)] : []
  return keys.flatMap((key) => walk(below[key], rest, [...path, at(key)]))
}

/** The entries of a top-level list that are groups of keys, with their place in it. */
export function recordsAt(
  source: Source,
): readonly { readonly record: Readonly<Record<string, unknown>>; readonly at: number }[] {
  if (!Array.isArray(source.value)) return []
  return source.value.flatMap((record: unknown, at) => (isRecord(record) ? [{ record, at }] : []))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function problemAt(source: Source, path: Path, wrong: string, cure: string): Problem {
  return { file: source.file, line: source.lineOf(path), wrong, cure }
}

/** Every text that came before, compared without regard to case and surplus spaces. */
export function repeated(
  source: Source,
  found: readonly Found[],
  wrong: (text: string, firstLine: number) => string,
  cure: string,
): readonly Problem[] {
  const first = new Map<string, Path>()
  return found.flatMap(({ text, path }) => {
    const key = plain(text)
    const before = first.get(key)
    if (before !== undefined)
      return [problemAt(source, path, wrong(text, source.lineOf(before)), cure)]
    first.set(key, path)
    return []
  })
}

/** Every text that is not among the known ones. */
export function unknown(
  source: Source,
  found: readonly Found[],
  known: readonly Found[],
  wrong: (text: string) => string,
  cure: string,
): readonly Problem[] {
  const names = new Set(known.map(({ text }) => text))
  return found
    .filter(({ text }) => !names.has(text))
    .map(({ text, path }) => problemAt(source, path, wrong(text), cure))
}

export function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}
