// Who is told what, in one place: a move, a turn, an alert become rows for the outbox.
// It looks up the listeners and leaves the words to notices.ts and pings.ts; it sends nothing itself.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { Complaint, HistoryEvent } from '../complaints/complaint.ts'
import type { Effect } from '../conversation/turn.ts'
import type { Address } from '../message.ts'
import type { Conversation, Listener, NewOutbound, Store } from '../store/store.ts'
import { REPLY_LIFE_MS } from './hours.ts'
import type { Move } from './move-phrases.ts'
import { type NoticeFacts, newestState, noticesFor, tellAll } from './notices.ts'
import { noticeRow } from './outbound-row.ts'
import { type Alert, alertOf, pingsFor } from './pings.ts'
import { type Measure, say, sized } from './wording.ts'

export interface HeraldParts {
  readonly store: Store
  readonly city: City
  readonly measure: Measure
  /** Pinged until people are enrolled; a STOP of theirs does not silence pings. */
  readonly coordinators: readonly Address[]
  readonly newId: NewId
}

/** What a turn changed and asked to be told, beside its replies. */
export interface TurnNews {
  readonly changes: readonly {
    readonly before: Complaint | null
    readonly complaint: Complaint
    readonly events: readonly HistoryEvent[]
  }[]
  readonly alerts: readonly Extract<Effect, { type: 'alert' }>[]
  readonly tells: readonly Extract<Effect, { type: 'tell-reporter' }>[]
  /** The person wants notices again. */
  readonly resumed: boolean
}

export interface Herald {
  readonly coordinators: readonly Listener[]
  /** A move made outside a conversation: its listeners and, where it matters, the coordinators. */
  moved(move: Move, now: Date): Promise<readonly NewOutbound[]>
  /** A turn: everybody but the one who wrote, whose reply tells them. */
  turn(news: TurnNews, by: Conversation, now: Date): Promise<readonly NewOutbound[]>
  /** A fixed notice to all who hear of a complaint: a reminder, or that it is late. */
  tell(
    complaint: Complaint,
    kind: string,
    phraseFor: Parameters<typeof tellAll>[2],
    now: Date,
  ): Promise<readonly NewOutbound[]>
  ping(alert: Alert, complaint: Complaint, now: Date): readonly NewOutbound[]
}

export async function createHerald(parts: HeraldParts, now: Date): Promise<Herald> {
  const { store, city, measure, newId } = parts
  const coordinators: Listener[] = []
  for (const address of parts.coordinators) {
    const ids = { personId: newId(), addressId: newId() }
    coordinators.push({ ...(await store.ensureAddress(address, ids, now)), stopped: false })
  }

  const ping: Herald['ping'] = (alert, complaint, at) =>
    pingsFor(alert, complaint, { coordinators, city, measure, now: at, newId })

  const alerts = (move: Move, at: Date) => {
    const alert = alertOf(move)
    return alert === null ? [] : ping(alert, move.after, at)
  }

  const factsFor = (listeners: readonly Listener[], at: Date): NoticeFacts => ({
    listeners,
    city,
    measure,
    now: at,
    newId,
  })

  async function change(
    { before, complaint, events }: TurnNews['changes'][number],
    exceptPersonId: string,
    at: Date,
  ): Promise<readonly NewOutbound[]> {
    const moves = events.map((event) => ({ before, after: complaint, event }))
    const pings = moves.flatMap((move) => alerts(move, at))
    if (before === null) return pings
    const facts = factsFor(await store.listeners(complaint.ticket), at)
    return [...pings, ...moves.flatMap((move) => noticesFor(move, { ...facts, exceptPersonId }))]
  }

  async function toReporter(
    { ticket, phrase }: TurnNews['tells'][number],
    at: Date,
  ): Promise<readonly NewOutbound[]> {
    const reporters = (await store.listeners(ticket)).filter(({ reporter }) => reporter)
    return reporters.map((reader) => {
      const worded = sized(reader, say(reader, phrase.key, phrase.params, { city }), { measure })
      const row = noticeRow(reader, worded, { kind: 'link', ticket, now: at, dueAt: at, newId })
      return { ...row, lane: 'reply', expiresAt: new Date(at.getTime() + REPLY_LIFE_MS) }
    })
  }

  return {
    coordinators,
    ping,
    moved: async (move, at) => {
      const listeners = await store.listeners(move.after.ticket)
      return [...noticesFor(move, factsFor(listeners, at)), ...alerts(move, at)]
    },
    turn: async (news, by, at) => {
      const rows: NewOutbound[] = []
      for (const each of news.changes) rows.push(...(await change(each, by.personId, at)))
      for (const each of news.tells) rows.push(...(await toReporter(each, at)))
      for (const { alert, ticket } of news.alerts) {
        const filed = news.changes.find(({ complaint }) => complaint.ticket === ticket)
        const known = by.mine.find(({ complaint }) => complaint.ticket === ticket)?.complaint
        // What was just filed pings as itself.
        if (known !== undefined && filed?.before !== null) rows.push(...ping(alert, known, at))
      }
      if (news.resumed) {
        rows.push(...newestState(asListener(by), by.mine, { city, measure, now: at, newId }))
      }
      return rows
    },
    tell: async (complaint, kind, phraseFor, at) =>
      tellAll(complaint, kind, phraseFor, factsFor(await store.listeners(complaint.ticket), at)),
  }
}

function asListener(by: Conversation): Listener {
  return { ...by, stopped: false, reporter: true }
}
