// The conversation's own memory: versioned JSON, parsed by zod, never trusted.
// It holds no fact that the store knows better; what cannot be read is forgotten and the talk starts afresh.

import { z } from 'zod'
import { CLASSES } from '../complaints/complaint.ts'
import { mediaSchema, type Question, questionSchema } from './question.ts'

export type { Question } from './question.ts'

/** What a draft may still lack, in the order in which it is asked. */
const SLOTS = [
  'government',
  'problem',
  'outside',
  'category',
  'place',
  'support',
  'photo',
  'privacy',
  'summary',
] as const
export type Slot = (typeof SLOTS)[number]

const placeSchema = z.object({
  kelurahan: z.string().nullable(),
  kecamatan: z.string().nullable(),
  text: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
})

const draftSchema = z.object({
  /** One entry per message, as written. */
  words: z.array(z.string()),
  media: z.array(mediaSchema),
  class: z.enum(CLASSES),
  /** The three best, best first. */
  categories: z.array(z.string()),
  category: z.string().nullable(),
  agency: z.string().nullable(),
  place: placeSchema,
  /** Codes of the kelurahan it may be, when more than one. */
  villages: z.array(z.string()),
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
  open: z.array(z.enum(SLOTS)),
  touchedMs: z.number(),
})
export type Draft = z.infer<typeof draftSchema>

const ticket = z.string()
const markSchema = z.object({ digest: z.string(), atMs: z.number() })

export const stateSchema = z.object({
  v: z.literal(1),
  draft: draftSchema.nullable(),
  question: questionSchema.nullable(),
  /** Since when it is open. */
  questionMs: z.number().nullable(),
  /** Just filed: what follows until then is added to it. `told`: the one short answer was given. */
  window: z.object({ ticket, untilMs: z.number(), told: z.boolean() }).nullable(),
  /** What was filed in the last 24 hours, by digest of its words. */
  recent: z.array(z.object({ ticket, digest: z.string(), atMs: z.number() })),
  /** Complaints of other people that were offered; `own`: what this person filed with the offer. */
  offers: z
    .array(
      z.object({
        ticket,
        own: ticket.nullable(),
        declined: z.boolean(),
        atMs: z.number(),
      }),
    )
    .default([]),
  /** Messages in a row that were not understood. */
  puzzled: z.array(markSchema),
  /** Greetings and the like of the last hour. */
  chatter: z.array(markSchema),
  /** The last message was STOP. */
  stopSaid: z.boolean(),
  /** Nothing heard for 90 days, and no ticket number named since. */
  unproven: z.boolean(),
  /** When the hourly limit was told, and the local day on which the daily one was. */
  told: z.object({ hourMs: z.number().nullable(), overLimitOn: z.string().nullable() }),
  /** A case being brought here from another channel. `code` is null when there is no such case. */
  linking: z
    .object({ ticket, code: z.string().nullable(), untilMs: z.number(), tries: z.number() })
    .nullable(),
  wrongCodesMs: z.array(z.number()),
  codesAskedMs: z.array(z.number()),
  /** When it was asked which language to answer in; asked beside whatever else is open. */
  languageAskedMs: z.number().nullable().default(null),
  /** Until when HAPUS YA erases; asked beside whatever else is open. */
  eraseUntilMs: z.number().nullable().default(null),
  /** That was the last thing asked: a bare YA or TIDAK is about it, whatever else is open. */
  eraseAsked: z.boolean().default(false),
  /** How far a long answer has been shown. */
  showing: z.object({ ticket, from: z.number() }).nullable(),
})

export type State = z.infer<typeof stateSchema>

export const initialState: State = {
  v: 1,
  draft: null,
  question: null,
  questionMs: null,
  window: null,
  recent: [],
  offers: [],
  puzzled: [],
  chatter: [],
  stopSaid: false,
  unproven: false,
  told: { hourMs: null, overLimitOn: null },
  linking: null,
  wrongCodesMs: [],
  codesAskedMs: [],
  languageAskedMs: null,
  eraseUntilMs: null,
  eraseAsked: false,
  showing: null,
}

/** Reads stored JSON of any age. What cannot be read starts afresh: the next message is answered as a first one. */
export function readState(json: string | null): State {
  if (json === null) return initialState
  try {
    const parsed = stateSchema.safeParse(migrated(JSON.parse(json)))
    return parsed.success ? parsed.data : initialState
  } catch {
    return initialState
  }
}

/** Brings older versions up to date, one step per version. Version 1 is the first. */
function migrated(stored: unknown): unknown {
  return stored
}

/** Every name `dialogueStateOf` can give: what the coverage test multiplies with every kind of input. */
export type DialogueState =
  | 'idle'
  | 'window'
  | 'linking'
  | 'language'
  | 'erase'
  | `draft:${Slot}`
  | Question['type']

/** Where the dialogue stands, in one word. */
export function dialogueStateOf(state: State, nowMs: number): DialogueState {
  if (isChoosingLanguage(state, nowMs)) return 'language'
  const slot = openSlot(state.draft)
  if (slot !== null) return `draft:${slot}`
  if (state.question !== null) return state.question.type
  if (isErasing(state, nowMs)) return 'erase'
  if (state.linking !== null && nowMs < state.linking.untilMs) return 'linking'
  if (state.window !== null && nowMs < state.window.untilMs) return 'window'
  return 'idle'
}

/** How long a figure answers the question which language is wanted. */
const LANGUAGE_LIFE_MS = 3_600_000

export function isChoosingLanguage({ languageAskedMs }: State, nowMs: number): boolean {
  return languageAskedMs !== null && nowMs - languageAskedMs < LANGUAGE_LIFE_MS
}

/** HAPUS DATA was said, and not yet taken back. */
export function isErasing({ eraseUntilMs }: State, nowMs: number): boolean {
  return eraseUntilMs !== null && nowMs < eraseUntilMs
}

/** The first thing a draft still lacks. */
export function openSlot(draft: Draft | null): Slot | null {
  return draft === null ? null : (SLOTS.find((slot) => draft.open.includes(slot)) ?? null)
}
