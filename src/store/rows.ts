// Rows into the words of the port and back. What is stored is read, not trusted: unknown words throw.

import { z } from 'zod'
import type { Choice, Enclosure, MediaRef, Position } from '../message.ts'

export const CHANNELS = ['sms', 'telegram', 'whatsapp'] as const
export const LANES = ['reply', 'notice'] as const
export const OUTBOUND = ['pending', 'sent', 'delivered', 'read', 'failed', 'expired'] as const

export const MEDIA_KINDS = ['photo', 'voice', 'video', 'document', 'sticker'] as const
const mediaRef: z.ZodType<MediaRef> = z.object({
  kind: z.enum(MEDIA_KINDS),
  id: z.string().default(''),
  url: z.string(),
  contentType: z.string().nullable(),
  name: z.string().nullable().default(null),
  bytes: z.number().nullable().default(null),
  sha256: z.string().optional(),
})
const media: z.ZodType<readonly MediaRef[]> = z.array(mediaRef)
const position: z.ZodType<Position> = z.object({ lat: z.number(), lon: z.number() })
const choices: z.ZodType<readonly Choice[]> = z.array(
  z.object({ value: z.string(), label: z.string() }),
)
const enclosures: z.ZodType<readonly Enclosure[]> = z.array(
  z.object({
    kind: z.enum(MEDIA_KINDS),
    digest: z.string(),
    contentType: z.string(),
    gone: z.string(),
  }),
)
/** `value` as one of the known words; throws when the file holds another. */
export function oneOf<T extends string>(known: readonly T[], value: string): T {
  const found = known.find((word) => word === value)
  if (found === undefined)
    throw new Error(`the store holds "${value}" where only ${known.join(', ')} are known`)
  return found
}

export const dateOf = (ms: number): Date => new Date(ms)
export const dateOrNull = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))
export const msOrNull = (at: Date | null): number | null => (at === null ? null : at.getTime())
export const flag = (yes: boolean): number => (yes ? 1 : 0)
export const choicesOf = (json: string): readonly Choice[] => read(choices, json)
export const enclosuresOf = (json: string): readonly Enclosure[] => read(enclosures, json)
export const mediaOf = (json: string): readonly MediaRef[] => read(media, json)
export const mediaRefOf = (json: string): MediaRef => mediaRef.parse(JSON.parse(json))
export const positionOf = (json: string | null): Position | null =>
  json === null ? null : read(position, json)

export function read<T>(shape: z.ZodType<T>, json: string): T {
  return json === '[]' ? ([] as T) : shape.parse(JSON.parse(json))
}
