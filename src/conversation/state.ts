// The conversation's own memory: versioned JSON, parsed by zod, never trusted.
// It holds no fact that the store knows better; what cannot be read is forgotten and the talk starts afresh.

import { z } from 'zod'
import { deskSchema } from './desk-state.ts'
import { draftSchema, openSlot, type Slot } from './draft-state.ts'
import { type Question, questionSchema } from './question.ts'

export { type Draft, openSlot, type Slot } from './draft-state.ts'
export type { Question } from './question.ts'

const ticket = z.string()
const markSchema = z.object({ digest: z.string(), atMs: z.number() })

export const stateSchema = z.object({
  v: z.literal(1),
  draft: draftSchema.nullable(),
  question: questionSchema.nullable(),
  /** Since when it is open. */
  questionMs: z.number().nullable(),
  /** What else is to be asked about what was filed, once the open question is answered. */
  later: z.array(questionSchema).default([]),
  /** Counts what was asked: a choice names the count it was offered at, and holds only while that is the last. */
  step: z.number().default(0),
  /** Just filed: what follows until then is added to it. `told`: the one short answer was given. */
  window: z.object({ ticket, untilMs: z.number(), told: z.boolean() }).nullable(),
  /** The last album, and what it was added to; null: to the draft. */
  album: z
    .object({
      id: z.string(),
      ticket: ticket.nullable(),
      /** It came with an officer's answer or update. */
      passes: z.boolean().optional(),
    })
    .nullable()
    .default(null),
  /** Which messages a complaint was put together from, for the one who edits them; `ids` are the provider's. */
  sources: z.array(z.object({ ticket, ids: z.array(z.string()), atMs: z.number() })).default([]),
  /** What a poster's link says of the complaint that follows. */
  poster: z
    .object({
      category: z.string().nullable(),
      village: z.string().nullable(),
      untilMs: z.number(),
    })
    .nullable()
    .default(null),
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
  /** Since when: what was filed later shows nothing of who had the number before. */
  unprovenMs: z.number().nullable().default(null),
  /** Since when the provider knows the number as somebody else's, whether or not anything was filed from it before. */
  doubtedMs: z.number().nullable().default(null),
  /** Cases brought here by HUBUNGKAN meanwhile: they show nothing of who had the number before. */
  broughtInDoubt: z.array(z.string()).default([]),
  /** When the hourly limit was told, and the local day on which the daily one was. */
  told: z.object({ hourMs: z.number().nullable(), overLimitOn: z.string().nullable() }),
  /** A case being brought here from another channel. `code` is null when there is no such case. */
  linking: z
    .object({ ticket, code: z.string().nullable(), untilMs: z.number(), tries: z.number() })
    .nullable(),
  wrongCodesMs: z.array(z.number()),
  codesAskedMs: z.array(z.number()),
  /** When this person, who acts on complaints, made invitations. */
  invitedMs: z.array(z.number()).default([]),
  /** When it was asked which language to answer in; asked beside whatever else is open. */
  languageAskedMs: z.number().nullable().default(null),
  /** Until when HAPUS YA erases; asked beside whatever else is open. */
  eraseUntilMs: z.number().nullable().default(null),
  /** That was the last thing asked: a bare YA or TIDAK is about it, whatever else is open. */
  eraseAsked: z.boolean().default(false),
  /** The officers' dialogue; null: none was held, or nothing of it waits. */
  desk: deskSchema.nullable().default(null),
  /** How far a long answer has been shown. */
  showing: z.object({ ticket, from: z.number() }).nullable(),
})

export type State = z.infer<typeof stateSchema>

export const initialState: State = {
  v: 1,
  draft: null,
  question: null,
  questionMs: null,
  later: [],
  step: 0,
  window: null,
  album: null,
  sources: [],
  poster: null,
  recent: [],
  offers: [],
  puzzled: [],
  chatter: [],
  stopSaid: false,
  unproven: false,
  unprovenMs: null,
  doubtedMs: null,
  broughtInDoubt: [],
  told: { hourMs: null, overLimitOn: null },
  linking: null,
  wrongCodesMs: [],
  codesAskedMs: [],
  invitedMs: [],
  languageAskedMs: null,
  eraseUntilMs: null,
  eraseAsked: false,
  desk: null,
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
