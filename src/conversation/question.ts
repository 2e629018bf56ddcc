// The one question that is open about something filed, about whom a message belongs to, or about the talk itself.
// Stored in the conversation's state: what is added to it must still read what was stored before.

import { z } from 'zod'

export const mediaSchema = z.object({
  kind: z.enum(['photo', 'voice', 'video', 'document', 'sticker']),
  id: z.string().default(''),
  url: z.string(),
  contentType: z.string().nullable(),
  name: z.string().nullable().default(null),
  bytes: z.number().nullable().default(null),
  sha256: z.string().optional(),
})

const ticket = z.string()

/** The one question open about something already filed, or about whom a message belongs to. */
export const questionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('place'), ticket }),
  z.object({
    type: z.literal('village'),
    ticket,
    villages: z.array(z.string()),
    words: z.string(),
    /** They are names like the one that was typed, which itself is none. */
    guessed: z.boolean().default(false),
  }),
  z.object({
    type: z.literal('category'),
    ticket,
    categories: z.array(z.string()),
    /** How many of the city's categories were leafed past. */
    leafed: z.number().default(0),
  }),
  /** Whether the place is where a picture of it was taken. */
  z.object({ type: z.literal('position'), ticket, lat: z.number(), lon: z.number() }),
  /** `ticket` was filed as new; YA makes it an addition to `into`. */
  z.object({ type: z.literal('join'), ticket, into: ticket, thenPlace: z.boolean() }),
  /** `ticket` was filed; YA cancels it and joins `into`, which is somebody else's. */
  z.object({ type: z.literal('support'), ticket, into: ticket }),
  /** Which complaint `text` belongs to. */
  z.object({
    type: z.literal('which'),
    tickets: z.array(ticket),
    text: z.string(),
    media: z.array(mediaSchema),
    orNew: z.boolean(),
  }),
  z.object({ type: z.literal('rate'), ticket }),
  z.object({ type: z.literal('solved'), ticket }),
  /** Words are awaited: what is still wrong, what to add. */
  z.object({ type: z.literal('words'), ticket }),
  z.object({ type: z.literal('cancel'), ticket }),
  /** The number was silent for long: one ticket number shows it is still the same person. */
  z.object({ type: z.literal('prove'), for: z.literal('data').optional() }),
])
export type Question = z.infer<typeof questionSchema>
