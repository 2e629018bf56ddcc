// The environment as a list of named values that gathers every problem instead of stopping at the first.
// A problem names the variable, what is wrong and the cure; a secret is never repeated.

import { z } from 'zod'

export type Env = Readonly<Record<string, string | undefined>>

export interface Environment {
  /** The value without spaces around it; null when missing or empty. */
  given(name: string): string | null
  /** The value as the schema reads it, or the fallback when it is missing or wrong. */
  checked<T>(name: string, fallback: T, schema: z.ZodType<T, string>, cure: string): T
  refuse(name: string, wrongAndCure: string): void
  readonly problems: readonly string[]
}

export function openEnvironment(env: Env): Environment {
  const problems: string[] = []
  const given = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const refuse = (name: string, wrongAndCure: string) => {
    problems.push(`${name}: ${wrongAndCure}`)
  }
  return {
    given,
    refuse,
    problems,
    checked: (name, fallback, schema, cure) => {
      const value = given(name)
      if (value === null) return fallback
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      // What may hold `name:password@` is not shown.
      refuse(name, `${value.includes('@') ? 'it' : JSON.stringify(value)} is not valid. ${cure}`)
      return fallback
    },
  }
}

/** An origin and a path: what is joined to it must not end up in a query, nor a password in a log. */
export const webUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#@]/.test(url))
  .transform((url) => url.replace(/\/+$/, '')) as z.ZodType<string, string>

/** A WebSocket endpoint. What may hold a password ends up in a log. */
export const socketUrl = z
  .url({ protocol: /^wss?$/ })
  .refine((url) => !/[?#@]/.test(url)) as z.ZodType<string, string>

export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most))
}
