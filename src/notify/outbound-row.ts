// A notice or ping as a row of the outbox: one person, one message, its hour and its end.

import type { NewId } from '../clock.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { NOTICE_LIFE_MS } from './hours.ts'
import type { Worded } from './wording.ts'

export interface RowFacts {
  /** The name of the move (of an answer: `answered`), `remind`, `overdue`, `newest` or `ping…`: the label in metrics and the list of messages. */
  readonly kind: string
  readonly ticket: string | null
  readonly now: Date
  readonly dueAt: Date
  readonly newId: NewId
}

export function noticeRow(
  to: Pick<Listener, 'addressId' | 'account'>,
  worded: Worded,
  { kind, ticket, now, dueAt, newId }: RowFacts,
): NewOutbound {
  return {
    id: newId(),
    addressId: to.addressId,
    account: to.account,
    lane: 'notice',
    kind,
    ticket,
    text: worded.text,
    choices: [],
    segments: worded.segments,
    createdAt: now,
    dueAt,
    expiresAt: new Date(now.getTime() + NOTICE_LIFE_MS),
  }
}

/** Who is written to: nobody where they said STOP, and each citizen once, where they last spoke about it. */
export function readersOf(listeners: readonly Listener[]): readonly Listener[] {
  const byCitizen = new Map<string, Listener>()
  for (const listener of listeners) {
    if (listener.stopped) continue
    const other = byCitizen.get(listener.citizen)
    if (other === undefined || isBefore(listener, other)) byCitizen.set(listener.citizen, listener)
  }
  return [...byCitizen.values()]
}

/**
 * An address that the person closed comes last; else the one that spoke of it, or was heard at all, last comes first.
 * Of two in the same moment the later one on the list: it was linked later.
 */
function isBefore(one: Listener, other: Listener): boolean {
  if (one.closed !== other.closed) return other.closed
  const words = ms(one.lastWordAt) - ms(other.lastWordAt)
  return words === 0 ? ms(one.lastHeardAt) >= ms(other.lastHeardAt) : words > 0
}

function ms(at: Date | null): number {
  return at?.getTime() ?? 0
}
