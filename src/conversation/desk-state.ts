// What the officers' dialogue remembers between two messages: what waits for a yes, for a missing fact, or for a choice.
// Stored in the conversation's state: what is added to it must still read what was stored before.

import { z } from 'zod'
import { CLASSES, MOVES } from '../complaints/complaint.ts'
import { mediaSchema } from './question.ts'

/** A move as it waits for its yes. */
const requestSchema = z.object({
  move: z.enum(MOVES),
  agency: z.string().optional(),
  note: z.string().optional(),
  reason: z.string().optional(),
  days: z.number().optional(),
  into: z.string().optional(),
  category: z.string().optional(),
  class: z.enum(CLASSES).optional(),
  confidential: z.boolean().optional(),
  holder: z.string().optional(),
})

const confirmedSchema = z.discriminatedUnion('type', [
  /** `version`: of the case, when it was asked; what happened since is told instead. */
  z.object({
    type: z.literal('move'),
    ticket: z.string(),
    version: z.number(),
    request: requestSchema,
    /** What came with the words: it belongs to the case once that is confirmed. */
    media: z.array(mediaSchema).optional(),
    /** The album it is one of, whose other pictures follow by themselves. */
    album: z.string().nullable().optional(),
  }),
  z.object({
    type: z.literal('invite'),
    role: z.enum(['officer', 'head', 'coordinator', 'overseer']),
    agency: z.string().nullable(),
    name: z.string(),
  }),
  z.object({ type: z.literal('remove'), staffId: z.string() }),
  z.object({ type: z.literal('hand-over'), tickets: z.array(z.string()), to: z.string() }),
  z.object({ type: z.literal('block'), ticket: z.string(), reason: z.string() }),
])
export type Confirmed = z.infer<typeof confirmedSchema>

export const deskSchema = z.object({
  /** Waits for a yes; by SMS for `pin`, which was sent to this very address. */
  confirm: z
    .object({
      what: confirmedSchema,
      pin: z.string().nullable(),
      untilMs: z.number(),
      tries: z.number(),
    })
    .nullable(),
  /** A command that lacks something: asked for, and what is said next is taken for it. */
  asking: z
    .object({
      command: z.string(),
      ticket: z.string().nullable(),
      /** What is missing: `agency`, `reason`, `words`, `days`, `field`, `value` ... */
      lacks: z.string(),
      /** What was given already. */
      given: z.record(z.string(), z.string()).default({}),
      /** Values of the numbered choices, in the order shown. */
      choices: z.array(z.string()).default([]),
      untilMs: z.number(),
    })
    .nullable()
    .default(null),
  /** Free words in reply to a card: answer, update or question? */
  words: z
    .object({
      ticket: z.string(),
      text: z.string(),
      media: z.array(mediaSchema).default([]),
      album: z.string().nullable().default(null),
      /** Of the case, when it was asked. */
      version: z.number().default(0),
      /** Meant as an answer, but it answers nothing: an update instead? */
      canned: z.boolean().default(false),
      /** What each choice is, in the order shown. */
      ways: z.array(z.enum(['answer', 'update', 'ask', 'drop'])).default([]),
      untilMs: z.number(),
    })
    .nullable()
    .default(null),
  /** Where LANJUT goes on in TUGAS; null: that was not what was shown last. */
  tasksFrom: z.number().nullable().default(null),
  /** Where LANJUT goes on in LIHAT. `version`: of the case as it was shown. */
  reading: z
    .object({ ticket: z.string(), version: z.number(), from: z.number() })
    .nullable()
    .default(null),
  /** Where the practice case stands; null: not led through it just now. */
  practice: z.string().nullable().default(null),
})
export type DeskState = z.infer<typeof deskSchema>

export const initialDesk: DeskState = {
  confirm: null,
  asking: null,
  words: null,
  tasksFrom: null,
  reading: null,
  practice: null,
}
