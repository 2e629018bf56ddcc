// Who hears what because of a turn or a move: gathers the listeners and coordinators, then words it all.
// It only reads; whoever asks writes the messages in the same transaction as their cause.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { Complaint, HistoryEvent } from '../complaints/complaint.ts'
import type { PhraseParams } from '../conversation/phrases.ts'
import type { Address } from '../message.ts'
import { CODE_KIND, type NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import type { Conversation } from '../store/turn-port.ts'
import { REPLY_LIFE_MS } from './hours.ts'
import { isTold, type Move } from './move-phrases.ts'
import { newestState } from './newest-state.ts'
import { noticesFor } from './notices.ts'
import { noticeRow } from './outbound-row.ts'
import { type Alert, alertOf, pingsFor } from './pings.ts'
import { type Measure, say, sized } from './wording.ts'

const DAY_MS = 24 * 3_600_000
/** Whoever knows a ticket can ask for codes from any number of chats: they neither flood its citizen nor use up the budget. */
const CODES_PER_DAY = 10

/** What a turn did that others may have to hear of. */
export interface TurnNews {
  readonly changes: readonly {
    readonly before: Complaint | null
    readonly complaint: Complaint
    readonly events: readonly HistoryEvent[]
  }[]
  readonly alerts: readonly {
    readonly alert: 'cancel-wish' | 'over-limit'
    readonly ticket: string
  }[]
  readonly tells: readonly { readonly ticket: string; readonly phrase: PhraseParams }[]
  /** The person wants notices again. */
  readonly resumed: boolean
}

export interface HeraldParts {
  readonly store: Pick<Store, 'listeners' | 'ensureAddress' | 'caseFile'>
  readonly city: City
  readonly measure: Measure
  readonly coordinators: readonly Address[]
  readonly newId: NewId
}

export interface Herald {
  /** What others hear because of somebody's own turn; the one who wrote is told by the reply. */
  turn(news: TurnNews, conversation: Conversation, now: Date): Promise<readonly NewOutbound[]>
  /** What all hear because of a move made elsewhere. */
  moved(move: Move, now: Date): Promise<readonly NewOutbound[]>
  /** For the schedule: who is pinged, and how it is worded. */
  coordinators(): Promise<readonly Listener[]>
  /** Addresses that the operator has set: theirs stay when they erase what they said as citizens. */
  readonly onDuty: readonly Address[]
  readonly wording: Pick<HeraldParts, 'city' | 'measure' | 'newId'>
}

/** Makes sure that the coordinators have rows to be written to, so that a wrong address shows at the start. */
export async function createHerald(parts: HeraldParts, now: Date): Promise<Herald> {
  const { store, city, measure, newId } = parts
  const wording = { city, measure, newId }
  let known: readonly Listener[] | null = null

  async function coordinators(at: Date): Promise<readonly Listener[]> {
    if (known !== null) return known
    const rows: Listener[] = []
    for (const address of parts.coordinators) {
      const ids = { personId: newId(), addressId: newId() }
      // Whoever is set as a coordinator is on duty: their own STOP and BAHASA are for what they filed as a citizen.
      rows.push({
        ...(await store.ensureAddress(address, ids, at)),
        stopped: false,
        language: 'id',
      })
    }
    known = rows
    return rows
  }

  async function ping(alert: Alert, complaint: Complaint, at: Date) {
    return pingsFor(alert, complaint, { ...wording, coordinators: await coordinators(at), now: at })
  }

  /** A coordinator who writes may use another account from now on: look again next time. */
  function forget({ addressId }: Conversation): void {
    if (known?.some((one) => one.addressId === addressId)) known = null
  }

  async function pingAll(news: TurnNews, mine: Conversation['mine'], at: Date) {
    const rows: NewOutbound[] = []
    for (const [complaint, alert] of alertsOf(news, mine)) {
      rows.push(...(await ping(alert, complaint, at)))
    }
    return rows
  }

  async function tellOthers(news: TurnNews, exceptPersonId: string, at: Date) {
    const rows: NewOutbound[] = []
    for (const { before, complaint: after, events } of news.changes) {
      const told = events.filter(isTold)
      if (before === null || told.length === 0) continue
      const listeners = await store.listeners(after.ticket)
      const facts = { ...wording, listeners, now: at, exceptPersonId }
      for (const event of told) rows.push(...noticesFor({ before, after, event }, facts))
    }
    return rows
  }

  /**
   * At once and by the reply's lane: these codes live for minutes only. STOP holds up a code, but not the word that
   * one was used: whoever filed it must hear of that.
   */
  async function tellReporter({ ticket, phrase }: TurnNews['tells'][number], at: Date) {
    if (phrase.key === 'link_code' && (await codesToday(ticket, at)) >= CODES_PER_DAY) return []
    const listeners = await store.listeners(ticket)
    const row = { kind: CODE_KIND, ticket, now: at, dueAt: at, newId }
    return listeners
      .filter(({ reporter, stopped }) => reporter && !(stopped && phrase.key === 'link_code'))
      .map((to): NewOutbound => {
        const text = sized(to, say(to, phrase.key, phrase.params, wording), wording)
        const expiresAt = new Date(at.getTime() + REPLY_LIFE_MS)
        return { ...noticeRow(to, text, row), lane: 'reply', expiresAt }
      })
  }

  async function codesToday(ticket: string, at: Date): Promise<number> {
    const { messages } = (await store.caseFile(ticket)) ?? { messages: [] }
    const since = at.getTime() - DAY_MS
    return messages.filter((one) => one.kind === CODE_KIND && one.at.getTime() > since).length
  }

  await coordinators(now)
  return {
    wording,
    coordinators: () => coordinators(now),
    onDuty: parts.coordinators,
    async turn(news, conversation, at) {
      const rows = await tellOthers(news, conversation.personId, at)
      rows.push(...(await pingAll(news, conversation.mine, at)))
      for (const tell of news.tells) rows.push(...(await tellReporter(tell, at)))
      if (news.resumed) {
        const reader = listenerOf(conversation)
        const cases = [...conversation.mine, ...conversation.supported]
        const joined = new Set(conversation.supported)
        rows.push(...newestState(reader, cases, joined, { ...wording, now: at }))
      }
      forget(conversation)
      return rows
    },
    async moved(move, at) {
      const { after, event } = move
      const listeners = isTold(event) ? await store.listeners(after.ticket) : []
      const notices = noticesFor(move, { ...wording, listeners, now: at })
      const alert = event.role === 'coordinator' ? null : alertOf(move)
      return alert === null ? notices : [...notices, ...(await ping(alert, after, at))]
    },
  }
}

/** One ping for each complaint of a turn: the first reason is the weightiest. */
function alertsOf(news: TurnNews, mine: Conversation['mine']): ReadonlyMap<Complaint, Alert> {
  const complaints = new Map(mine.map(({ complaint }) => [complaint.ticket, complaint]))
  const alerts = new Map<string, Alert>()
  for (const { before, complaint, events } of news.changes) {
    complaints.set(complaint.ticket, complaint)
    for (const event of events) {
      const alert = alertOf({ before, after: complaint, event })
      if (alert !== null && !alerts.has(complaint.ticket)) alerts.set(complaint.ticket, alert)
    }
  }
  for (const { alert, ticket } of news.alerts) if (!alerts.has(ticket)) alerts.set(ticket, alert)
  return new Map(
    [...alerts].flatMap(([ticket, alert]) => {
      const complaint = complaints.get(ticket)
      return complaint === undefined ? [] : [[complaint, alert] as const]
    }),
  )
}

function listenerOf(conversation: Conversation): Listener {
  const { personId, addressId, address, account, language, lastHeardAt } = conversation
  return {
    ...{ personId, addressId, address, account, language, lastHeardAt },
    stopped: false,
    reporter: true,
    supporter: false,
    citizen: personId,
    lastWordAt: null,
    closed: false,
  }
}
