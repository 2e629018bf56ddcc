// An inbound event as it is written to disk and read again: JSON, versioned, parsed and not trusted.
// Dates and secrets are no part of it; a newer shape gets a new version and a reader for the old one.

import { z } from 'zod'
import type { ChannelEvent } from '../channels/channel.ts'
import type { Address } from '../message.ts'

const channel = z.enum(['sms', 'telegram', 'whatsapp'])

const address = z.string().regex(/^(sms|telegram|whatsapp):/) as unknown as z.ZodType<Address>

const message = z.object({
  channel,
  account: z.string(),
  providerId: z.string(),
  from: address,
  alsoKnownAs: z.array(address).optional(),
  text: z.string(),
  media: z.array(
    z.object({
      kind: z.enum(['photo', 'voice', 'video', 'document', 'sticker']),
      id: z.string().default(''),
      url: z.string(),
      contentType: z.string().nullable(),
      name: z.string().nullable().default(null),
      bytes: z.number().nullable().default(null),
      sha256: z.string().optional(),
    }),
  ),
  position: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  quotedId: z.string().nullable(),
  // What an earlier release wrote knows none of these.
  album: z.string().nullable().default(null),
  edits: z.string().nullable().default(null),
  start: z.string().nullable().default(null),
  choice: z.string().nullable(),
  answerable: z.boolean(),
  group: z.boolean().optional(),
  consent: z.enum(['stop', 'start', 'help']).nullable(),
})

const receipt = z.object({
  channel,
  account: z.string(),
  providerId: z.string(),
  messageId: z.string().nullable(),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  code: z.string().nullable(),
  failure: z.enum(['transient', 'permanent', 'opted-out', 'suspended', 'window']).nullable(),
  afterMs: z.number().optional(),
})

const reach = { from: address, account: z.string() }

const group = z.object({
  type: z.literal('group'),
  account: z.string(),
  address,
  title: z.string().nullable(),
  state: z.enum(['member', 'left']),
  movedTo: address.nullable(),
})

const moved = z.object({
  type: z.literal('moved'),
  account: z.string(),
  providerId: z.string(),
  from: address,
  to: address,
  alsoKnownAs: z.array(address),
})

const written = z.object({
  v: z.literal(1),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('message'), message }),
    z.object({ type: z.literal('receipt'), receipt }),
    z.object({ type: z.literal('opt-out'), ...reach }),
    z.object({ type: z.literal('opt-in'), ...reach }),
    group,
    moved,
  ]),
})

export function eventToJson(event: ChannelEvent): string {
  return JSON.stringify({ v: 1, event })
}

/** Null: not an event of this program. */
export function eventFromJson(json: string): ChannelEvent | null {
  try {
    return written.parse(JSON.parse(json)).event
  } catch {
    return null
  }
}
