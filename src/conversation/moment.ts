// What a step may look at, and what it hands back. A step answers; what is asked next, reduce.ts decides.

import type { State as CaseState, Complaint } from '../complaints/complaint.ts'
import { factsOf } from '../complaints/move-facts.ts'
import { applyMove, type MoveRequest, type MoveResult } from '../complaints/moves.ts'
import type { InboundMessage } from '../message.ts'
import type { Effect, SilenceReason } from './effect.ts'
import type { Line } from './lines.ts'
import type { State } from './state.ts'
import type { Context, MyComplaint } from './turn.ts'
import type { Understanding } from './understand/understanding.ts'

/** What there is at a timeout too. */
export interface Facts {
  readonly state: State
  readonly context: Context
}

export interface Moment extends Facts {
  readonly message: InboundMessage
  readonly reading: Understanding
  /** This person's complaints, newest first; none while it is unproven that it is still the same person. */
  readonly mine: readonly MyComplaint[]
  /** Chosen from a list just now: the ticket this is about, or that it is a new matter. */
  readonly settled: { readonly ticket: string } | 'new' | null
}

export interface Outcome {
  readonly state: State
  /** Joined into one message. None: the open question is asked instead. */
  readonly lines: readonly Line[]
  /** A second message: the privacy notice on SMS. */
  readonly further?: Line
  readonly effects?: readonly Effect[]
  /**
   * Towards the end of the talk with a machine counts what is `unclear`; `chatter` and an `addition` that nothing could
   * be read in only when they are repeated word for word.
   */
  readonly heard?: 'clear' | 'unclear' | 'chatter' | 'addition'
  /** True: ask the open question after the lines, though it is not new. False: the lines have asked it already. */
  readonly ask?: boolean
  readonly silent?: SilenceReason
}

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

const OPEN: readonly CaseState[] = ['received', 'held', 'assigned', 'in_progress', 'answered']

export function isOpen({ complaint }: Pick<MyComplaint, 'complaint'>): boolean {
  return OPEN.includes(complaint.state)
}

/** The case of this ticket, if it is this person's. */
export function findCase(context: Context, ticket: string): MyComplaint | null {
  const found = [...context.named, ...context.mine].find((one) => one.complaint.ticket === ticket)
  return found ?? null
}

/** The citizen's move held against the table, without making it. */
export function tryMove(context: Context, complaint: Complaint, request: MoveRequest): MoveResult {
  const { now, city } = context
  return applyMove(complaint, request, { role: 'citizen', actor: 'citizen' }, factsOf(city, now))
}

export function moveEffect(ticket: string, request: MoveRequest): Effect {
  return { type: 'move', ticket, request }
}
