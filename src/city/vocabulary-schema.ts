// Shape of config/vocabulary.yaml: which lists of words there are. What is in them is the city's business.
// How a cue is written is told at the top of that file.

import { z } from 'zod'
import { LANGUAGES } from '../message.ts'
import { DOOR_REASONS } from './city-schema.ts'

/** A text with commas between its entries, or a list. */
const words = z
  .union([z.array(z.coerce.string()), z.coerce.string()])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value))
  .transform((entries) => entries.map((entry) => entry.trim()).filter((entry) => entry !== ''))
const cues = words.default([])
/** The full word → its other forms. */
const forms = z.record(z.string(), words)

const weighted = z.strictObject({ sure: cues, strong: cues, weak: cues, against: cues })

const category = weighted.extend({
  /** The matter needs no place: nobody is asked where. */
  placeless: z.boolean().default(false),
})

const ambiguousWord = z.strictObject({
  usually: z.string(),
  but: z.array(z.strictObject({ means: z.string(), after: cues, before: cues })),
})

const command = z.strictObject({
  words,
  /** Whole sayings that mean it, wherever they stand. */
  natural: cues,
  /** Words that may stand beside it without a ticket. */
  company: cues,
})

const COMMANDS = [
  'status',
  'add',
  'reply',
  'satisfied',
  'dissatisfied',
  'rate',
  'reopen',
  'cancel',
  'show',
  'link',
  'support',
  'anonymous',
  'confidential',
  'help',
  'stop',
  'start',
  'language',
  'data',
  'erase',
  'erase_yes',
  'file',
] as const

const OFFICER_COMMANDS = [
  'enrol',
  'tasks',
  'show',
  'assign',
  'hold',
  'ask',
  'accept',
  'update',
  'answer',
  'return',
  'extend',
  'agree',
  'refuse',
  'transfer',
  'merge',
  'archive',
  'close',
  'restore',
  'correct',
  'copy',
  'number',
  'take',
  'contact',
  'recap',
  'more',
  'invite',
  'people',
  'remove',
  'hand_over',
  'walk_in',
  'block',
  'unblock',
  'help',
  'practice',
] as const

const agencyCue = z.strictObject({
  agency: z.string(),
  /** District code → agency; used when the district is known, else `agency`. */
  by_district: z.record(z.string(), z.string()).default({}),
  /** Only for these categories; empty: for any. */
  categories: cues,
  when: words,
  unless: cues,
})

const outside = z.strictObject({
  agency: z.string().nullable(),
  name: z.string(),
  /** The words of `prefixes.yaml` that name this government. */
  prefixes: cues,
  places: words,
})

export const vocabularySchema = z.strictObject({
  abbreviations: forms,
  dialect: forms,
  english: forms.default({}),
  ambiguous: z.record(z.string(), ambiguousWord),
  affixes: z.strictObject({ prefixes: words, suffixes: words }),
  whole: words,
  ordinary: words,
  fillers: words,
  splits: z.record(z.string(), words),
  categories: z.record(z.string(), category),
  usual_categories: words,
  problems: z.strictObject({ sure: cues, weak: cues }),
  requests: cues,
  wishes: cues,
  classes: z.strictObject({ information: weighted, aspiration: weighted, complaint: weighted }),
  commands: z.record(z.enum(COMMANDS), command),
  /** First words of officers' commands, also of two words; each with an added -kan too. */
  officer_commands: z.record(z.enum(OFFICER_COMMANDS), words),
  /** What may stand behind them, beside the names of agencies and categories. The ids themselves are understood too. */
  officer_words: z.strictObject({
    archive_reasons: z.record(z.enum(DOOR_REASONS), words),
    correct_fields: z.record(z.enum(['category', 'class', 'place', 'confidential']), words),
    complaint_classes: z.record(z.enum(['complaint', 'aspiration', 'information']), words),
    /** What one may be on the desk: single words, the first as it is told. */
    staff_roles: z.strictObject({
      officer: words,
      head: words,
      coordinator: words,
      overseer: words,
    }),
    /** SERAHKAN SEMUA. */
    all: words,
    /** Before a name: "ALIH 12345674 ke DLH". */
    lead_ins: words,
  }),
  /** Sayings that answer nothing: an officer's final answer with one of them is offered as an update. */
  canned_answers: cues,
  command_company: words,
  /** How each language is called, by its code. */
  languages: z.partialRecord(z.enum(LANGUAGES), words),
  yes: words,
  no: words,
  skips: words,
  skip_company: words,
  /** Words before the number of a choice: "nomor 2". */
  number_leads: cues,
  greetings: words,
  salam: words,
  empty_words: words,
  thanks: cues,
  content: cues,
  discontent: cues,
  but_still: cues,
  spam: weighted,
  auto_responders: cues,
  anonymous_wishes: cues,
  confidential_wishes: cues,
  urgent: z.strictObject({ events: cues, now: cues, calm: cues }),
  sensitive: cues,
  agency_cues: z.array(agencyCue),
  outside: z.array(outside),
  prefix_leads: words,
  not_prefixes: words,
  places: z.strictObject({
    spellings: forms,
    markers: words,
    streets: words,
    numbered: words,
    relations: words,
    directions: words,
    areas: words,
    stops: words,
    not_villages: words,
    loose_words: words,
  }),
})
