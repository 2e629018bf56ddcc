// What a complaint is: its words, states and clocks as plain data. The rules live in moves.ts and clocks.ts.
// Pure: nothing here reads time, chance or a database.

import type { ChannelName, Language } from '../message.ts'

export const STATES = [
  'received',
  'held',
  'assigned',
  'in_progress',
  'answered',
  'closed',
  'archived',
  'merged',
  'cancelled',
] as const
export type State = (typeof STATES)[number]

export const CLASSES = ['complaint', 'aspiration', 'information'] as const
export type ComplaintClass = (typeof CLASSES)[number]

export const ROLES = ['citizen', 'officer', 'head', 'coordinator', 'overseer', 'system'] as const
export type Role = (typeof ROLES)[number]

export const MOVES = [
  'file',
  'assign',
  'hold',
  'complete',
  'accept',
  'update',
  'note',
  'answer',
  'return',
  'transfer',
  'extend',
  'merge',
  'archive',
  'restore',
  'close',
  'reopen',
  'satisfied',
  'dissatisfied',
  'cancel',
  'correct',
  'copy',
  'number',
  'rate',
  'take',
] as const
export type MoveName = (typeof MOVES)[number]

export const ARCHIVE_REASONS = [
  'incomplete',
  'unclear',
  'not_public_service',
  'outside_authority',
  'hate_or_slander',
  'abuse_only',
  'spam',
  'in_court',
  'test',
  'withdrawn',
] as const
export type ArchiveReason = (typeof ARCHIVE_REASONS)[number]

export const CLOCKS = ['verify', 'follow_up', 'finish', 'reply', 'facts', 'reopen'] as const
export type ClockName = (typeof CLOCKS)[number]

/** `ended`: neither met nor missed, no longer listed; `left` says what a restore counts on with. */
type ClockStatus = 'running' | 'paused' | 'met' | 'missed' | 'ended'

/** The latest run of one clock of one complaint; a new start replaces the old run. */
export interface ComplaintClock {
  readonly name: ClockName
  readonly status: ClockStatus
  /** Day 0, a calendar date in the city's zone: `2026-11-25`. */
  readonly dayZero: string
  /** Working days from day 0 to the due date. */
  readonly days: number
  readonly dueAt: Date
  /** True when a year without an official holiday list was counted in. */
  readonly estimate: boolean
  /** Working days left (negative: late) while paused, or ended by a merge; else null. */
  readonly left: number | null
  /** Escalation steps already taken on this run, 0-5; reminders count as 1. */
  readonly step: number
  /** A ping is out and nobody has acted or taken it: it comes again every working day. */
  readonly pinging: boolean
  /** When the schedule must look at it next; null: never. */
  readonly nextAt: Date | null
}

export interface Place {
  readonly kelurahan: string | null
  readonly kecamatan: string | null
  readonly text: string | null
  readonly lat: number | null
  readonly lon: number | null
}

export const NOWHERE: Place = { kelurahan: null, kecamatan: null, text: null, lat: null, lon: null }

/** Working days each clock is given; frozen into the complaint when it is filed. */
export interface ClockRules {
  readonly verify: number
  readonly follow_up: number
  readonly finish: {
    readonly information: number
    readonly complaint: number
    readonly aspiration: number
  }
  /** For categories marked `inspection` in config/categories.yaml. */
  readonly finish_inspection: number
  readonly reply: number
  readonly facts: number
  readonly reopen: number
}

export interface AskedExtension {
  /** Working days. */
  readonly days: number
  /** 16.00 of the next working day; silence until then is a no. */
  readonly until: Date
  /** The officer's random id. */
  readonly by: string
}

export interface Complaint {
  /** Eight digits, the last a Damm check digit. */
  readonly ticket: string
  /** Counts moves, from 1; a move names the version it was decided on. */
  readonly version: number
  readonly state: State
  readonly class: ComplaintClass
  readonly category: string | null
  readonly agency: string | null
  readonly proposedAgency: string | null
  readonly copiedTo: readonly string[]
  readonly place: Place
  /** The citizen's words; null once erased. */
  readonly text: string | null
  readonly channel: ChannelName
  readonly language: Language
  readonly anonymous: boolean
  readonly confidential: boolean
  readonly urgent: boolean
  /** Filed beyond the daily limit: stored, listed to the coordinator. */
  readonly overLimit: boolean
  readonly rating: number | null
  readonly filedAt: Date
  /** When it came to rest: closed, archived, merged or cancelled; null while it is open. */
  readonly closedAt: Date | null
  /** An agency has had it once, even if it was returned since: then the citizen may no longer cancel. */
  readonly everAssigned: boolean
  readonly handOffs: number
  readonly extensions: number
  /**
   * Who of the acting agency has it, by their random id: the first of it to act, or whoever it was handed to. Null:
   * nobody in particular, as after every move that brings it to an agency or takes it from one.
   */
  readonly holder: string | null
  /** An extension an officer asked for and their head has not decided; null: none. */
  readonly asked: AskedExtension | null
  /** When it was first answered, whatever came of it; null: never yet. */
  readonly firstAnsweredAt: Date | null
  /** How often it was taken up again after an answer or its end. */
  readonly reopens: number
  readonly mergedInto: string | null
  readonly archiveReason: ArchiveReason | null
  readonly externalId: string | null
  /** While held (and merged out of held): the state `complete` leads back to. */
  readonly cameFrom: State | null
  /** While merged: the state `restore` leads back to. */
  readonly mergedFrom: State | null
  readonly rules: ClockRules
  readonly clocks: readonly ComplaintClock[]
}

/** One line of the history, never rewritten. `note` holds words and can be erased on its own. */
export interface HistoryEvent {
  readonly at: Date
  readonly move: MoveName
  readonly from: State | null
  readonly to: State
  readonly role: Role
  /** A name for the history: `system`, `citizen`, or who the API said. Never an address. */
  readonly actor: string
  readonly note: string | null
  /** What the move carried beside words: agency, reason, into, days, rating ... */
  readonly detail: Readonly<Record<string, string | number | boolean>>
}
