// A complaint being put together, as it is stored: what was said, what the citizen picked, what is still open.
// What is added here has a default: a draft of an earlier release is still read whole.

import { z } from 'zod'
import { CLASSES, NOWHERE } from '../complaints/complaint.ts'
import { mediaSchema } from './question.ts'

/** What a draft may still lack, in the order in which it is asked. */
const SLOTS = [
  'government',
  'problem',
  'outside',
  'category',
  'position',
  'place',
  'support',
  'photo',
  'privacy',
  'summary',
] as const
export type Slot = (typeof SLOTS)[number]

/** What the citizen may have picked, and what no later words change then. */
const PICKED = ['category', 'place'] as const

const positionSchema = z.object({ lat: z.number(), lon: z.number() })

const placeSchema = z.object({
  kelurahan: z.string().nullable(),
  kecamatan: z.string().nullable(),
  text: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
})

export const draftSchema = z.object({
  /** One entry per message, as written. */
  words: z.array(z.string()),
  /** Provider ids of the messages that `words` came in, one for each; fewer in a draft that was begun before this. */
  from: z.array(z.string()).default([]),
  /** Provider ids of all messages that had a part in it. */
  parts: z.array(z.string()).default([]),
  media: z.array(mediaSchema),
  class: z.enum(CLASSES),
  /** The three best, best first. */
  categories: z.array(z.string()),
  category: z.string().nullable(),
  /** How many of the city's categories were leafed past. */
  leafed: z.number().default(0),
  agency: z.string().nullable(),
  place: placeSchema,
  /** Provider id of the message that answered where it is. */
  placeFrom: z.string().nullable().default(null),
  /** Where one of the pictures says it was taken, while it is asked whether that is the place. */
  photoAt: positionSchema.nullable().default(null),
  /** Codes of the kelurahan it may be, when more than one. */
  villages: z.array(z.string()),
  /** `villages` are names like the one that was typed, which itself is none. */
  guessed: z.boolean().default(false),
  /** Somewhere beyond the city that was named. */
  outside: z.string().nullable(),
  anonymous: z.boolean(),
  confidential: z.boolean(),
  /** Confidential because of what it is about, not because it was asked for. */
  sensitive: z.boolean(),
  urgent: z.boolean(),
  /** A complaint this may be an addition to. */
  near: z.string().nullable(),
  /** With which matter and place it was looked whether somebody else has filed the same; null: not yet. */
  lookedFor: z.string().nullable().default(null),
  /** The complaint of somebody else that is offered instead. */
  support: z.string().nullable().default(null),
  picked: z.array(z.enum(PICKED)).default([]),
  /** What the item held that is being corrected: filed after all if nothing takes its place. */
  before: z
    .object({
      words: z.array(z.string()),
      from: z.array(z.string()),
      category: z.string().nullable(),
      agency: z.string().nullable(),
      place: placeSchema,
      media: z.array(mediaSchema),
    })
    .nullable()
    .default(null),
  open: z.array(z.enum(SLOTS)),
  touchedMs: z.number(),
})
export type Draft = z.infer<typeof draftSchema>

/** More than anybody sends for one complaint. */
export const MOST_PARTS = 40

export const EMPTY_DRAFT: Draft = {
  words: [],
  from: [],
  parts: [],
  media: [],
  class: 'complaint',
  categories: [],
  category: null,
  leafed: 0,
  agency: null,
  place: NOWHERE,
  placeFrom: null,
  photoAt: null,
  villages: [],
  guessed: false,
  outside: null,
  anonymous: false,
  confidential: false,
  sensitive: false,
  urgent: false,
  near: null,
  lookedFor: null,
  support: null,
  picked: [],
  before: null,
  open: [],
  touchedMs: 0,
}

/** The first thing a draft still lacks. */
export function openSlot(draft: Draft | null): Slot | null {
  return draft === null ? null : (SLOTS.find((slot) => draft.open.includes(slot)) ?? null)
}
