// A notice or ping as a row of the outbox: one person, one message, its hour and its end.

import type { NewId } from '../clock.ts'
import type { Listener, NewOutbound } from '../store/store.ts'
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

/** Who is written to: nobody who said STOP, and each person once, where they were heard of last. */
export function readersOf(listeners: readonly Listener[]): readonly Listener[] {
  const byPerson = new Map<string, Listener>()
  for (const listener of listeners) {
    if (listener.stopped) continue
    const other = byPerson.get(listener.personId)
    if (other === undefined || heard(listener) > heard(other)) {
      byPerson.set(listener.personId, listener)
    }
  }
  return [...byPerson.values()]
}

function heard({ lastHeardAt }: Listener): number {
  return lastHeardAt?.getTime() ?? 0
}
